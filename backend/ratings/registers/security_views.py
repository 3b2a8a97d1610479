"""What the page of an area's network-security incidents shows, ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from analysis.rating.security import judge_security
from analysis.rating.standard import SecurityIndicator
from backend.ratings.forms.views import ChoiceGroup
from backend.ratings.paths import RATINGS
from backend.ratings.registers import security_wording as wording
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.form_views import area_groups
from backend.ratings.registers.incident import RegisteredIncident
from backend.ratings.registers.security_service import record_of
from backend.ratings.wording import number_text
from backend.results.figures import percent
from backend.results.reader import Reader

SECURITY = f"{RATINGS}/security"


@dataclass(frozen=True)
class Period:
    """The days that are added up; as typed, with what is wrong by field."""

    first: date
    last: date
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    is_of_round: bool


@dataclass(frozen=True)
class IncidentRow:
    """One incident; `running` is the sum of points up to it."""

    path: str
    dated_on: date
    notice: str
    is_major: bool
    points: str
    running: str
    state_word: str
    state_tone: str
    counts: bool


@dataclass(frozen=True)
class SecurityPage:
    """The register of one area over a period.

    Attributes
    ----------
    used
        For a meter: the accumulated points, at most the limit; None where the standard has none.
    verdicts
        What follows: why the whole scores nothing, or how far that is; words are ready.
    """

    area_groups: tuple[ChoiceGroup, ...]
    area_code: str
    area_name: str
    period: Period
    period_note: str
    rule: str
    total: str
    used: float | None
    limit: float | None
    is_void: bool
    verdicts: tuple[str, ...]
    rows: tuple[IncidentRow, ...]
    new_path: str | None


def security_page(
    areas: Iterable[RegisterArea],
    area: RegisterArea,
    incidents: tuple[RegisteredIncident, ...],
    period: Period,
    reader: Reader,
    *,
    may_register: bool,
) -> SecurityPage:
    """Prepare the page of the incidents of a period, given by date."""
    row = area.security_row
    outcome = judge_security(row, record_of(incidents))
    total = sum(each.points for each in incidents if each.counts)
    note = wording.PERIOD_FROM_ROUND if period.is_of_round else wording.PERIOD_OF_YEAR
    return SecurityPage(
        area_groups=area_groups(areas, area.code, reader),
        area_code=area.code,
        area_name=area.name,
        period=period,
        period_note=note,
        rule=row.text,
        total=number_text(total),
        used=None if row.void_above is None else min(total, row.void_above),
        limit=row.void_above,
        is_void=bool(outcome.vetoes),
        verdicts=tuple(_verdicts(row, incidents, reader)),
        rows=_rows(incidents),
        new_path=f"{SECURITY}/new?area={area.code}" if may_register else None,
    )


def _verdicts(
    row: SecurityIndicator, incidents: tuple[RegisteredIncident, ...], reader: Reader
) -> Iterable[str]:
    outcome = judge_security(row, record_of(incidents))
    if row.deduct_share_each is not None:
        each, share = percent(row.deduct_share_each, 0), percent(outcome.share, 0)
        yield reader.translate(wording.SHARE_OF_TOTAL).format(each=each, share=share)
    if "major_incident" in outcome.vetoes:
        yield reader.translate(wording.VOIDED_BY_MAJOR)
    if row.void_above is None:
        return
    limit = number_text(row.void_above)
    if "security_points" in outcome.vetoes:
        yield reader.translate(wording.VOIDED_BY_POINTS).format(limit=limit)
    else:
        left = number_text(max(0.0, row.void_above - outcome.points))
        yield reader.translate(wording.LEFT).format(points=left, limit=limit)


def _rows(incidents: tuple[RegisteredIncident, ...]) -> tuple[IncidentRow, ...]:
    running = accumulate(each.points if each.counts else 0.0 for each in incidents)
    rows = tuple(
        IncidentRow(
            path=f"{SECURITY}/{each.public_id}",
            dated_on=each.dated_on,
            notice=each.notice,
            is_major=each.is_major,
            points=number_text(each.points),
            running=number_text(so_far),
            state_word=wording.STATE_WORDS[each.state],
            state_tone=wording.STATE_TONES[each.state],
            counts=each.counts,
        )
        for each, so_far in zip(incidents, running, strict=True)
    )
    return rows[::-1]
