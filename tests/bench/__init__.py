"""Measurements behind decisions: `make bench` prints them as ratios taken in one run.

Nothing here fails when something is slow: machines differ, and what a part is compared with is
measured beside it. What each part means is in docs/benchmarks.md.
"""
