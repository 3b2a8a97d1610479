"""The libraries that Minsheng's estimation is measured against: a script and pinned versions each.

The scripts run in environments of their own (`make bench-peers`), so nothing here is imported but
`harness`, which needs none of them.
"""
