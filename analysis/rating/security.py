"""Deductions for network-security incidents (网络安全事件), and their veto.

2023: points accumulate; more than 20 of them, or a major incident, void the whole. 2020: each
leak of secrets (失泄密事件) costs a share of the total.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.rating.assessment import SecurityRecord
from analysis.rating.standard import SecurityIndicator

# Sums of points are exact to this much.
ROUNDING = 1e-9

Veto = Literal["security_points", "major_incident"]


@dataclass(frozen=True)
class SecurityOutcome:
    """What the row costs.

    Attributes
    ----------
    points
        Points deducted.
    share
        Share of the total that is deducted, from 0 to 1.
    vetoes
        Why the whole scores nothing, if it does.
    """

    points: float = 0.0
    share: float = 0.0
    vetoes: tuple[Veto, ...] = ()


def judge_security(row: SecurityIndicator, record: SecurityRecord) -> SecurityOutcome:
    """Apply the row: "超过20分" is strictly above."""
    if row.deduct_share_each is not None:
        return SecurityOutcome(share=min(1.0, row.deduct_share_each * len(record.deductions)))
    # The exact sum, rounded once: twenty times 0.1 is 2, in whatever order.
    points = math.fsum(deduction.points for deduction in record.deductions)
    return SecurityOutcome(points=points, vetoes=tuple(_vetoes(row, points, record)))


def _vetoes(row: SecurityIndicator, points: float, record: SecurityRecord) -> Iterable[Veto]:
    if row.void_above is not None and points > row.void_above + ROUNDING:
        yield "security_points"
    if row.void_on_major_incident and record.major_incident:
        yield "major_incident"
