"""What the page of a city's innovation cases shows, ready to be placed by its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.rating.innovation import leaves_window_on, window
from analysis.rating.outlook import KindOutlook, Outlook, outlook
from backend.ratings.forms.views import ChoiceGroup
from backend.ratings.paths import RATINGS
from backend.ratings.registers import innovation_wording as wording
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.form_views import area_groups
from backend.ratings.registers.innovation_case import CaseState, RegisteredCase
from backend.ratings.registers.innovation_effects import Effect, effects
from backend.ratings.wording import number_text
from backend.results.reader import Reader

INNOVATION = f"{RATINGS}/innovation"
# How far ahead cases that leave the window are named.
WARNED_DAYS = 180


@dataclass(frozen=True)
class CaseRow:
    """One case. `effect` is what it adds or why it adds nothing; empty for a rejected one."""

    path: str
    kind: str
    dated_on: date
    title: str
    issuer: str
    department: str
    state_word: str
    state_tone: str
    leaves_on: date | None
    effect: str


@dataclass(frozen=True)
class KindRow:
    """The state of one kind's cap, in points."""

    name: str
    text: str
    each: str
    points: str
    cap: str
    over_cap: str
    next_case_adds: str


@dataclass(frozen=True)
class LeavingRow:
    """A counted case that leaves the window soon."""

    title: str
    leaves_on: date


@dataclass(frozen=True)
class InnovationPage:
    """The register of one area as of a day.

    Attributes
    ----------
    total, cap, over_row_cap
        Points of the row; the last None where its cap cuts nothing off.
    total_then, then_on
        What the row has left on that day if no case is added.
    """

    area_groups: tuple[ChoiceGroup, ...]
    area_code: str
    area_name: str
    as_of: str
    as_of_error: str | None
    rows: tuple[CaseRow, ...]
    kinds: tuple[KindRow, ...]
    first: date
    last: date
    total: str
    cap: str
    over_row_cap: str | None
    leaving: tuple[LeavingRow, ...]
    total_then: str
    then_on: date
    new_path: str | None


def innovation_page(
    areas: Iterable[RegisterArea],
    area: RegisterArea,
    cases: tuple[RegisteredCase, ...],
    as_of: date,
    reader: Reader,
    *,
    may_propose: bool,
    typed_as_of: str = "",
    as_of_error: str | None = None,
) -> InnovationPage:
    """Prepare the page; only accepted cases count."""
    row = area.innovation_row
    accepted = [each.case for each in cases if each.state is CaseState.ACCEPTED]
    ahead = outlook(row, accepted, as_of, WARNED_DAYS)
    first, last = window(row, as_of)
    return InnovationPage(
        area_groups=area_groups(areas, area.code, reader),
        area_code=area.code,
        area_name=area.name,
        as_of=typed_as_of or as_of.isoformat(),
        as_of_error=as_of_error,
        rows=_rows(area, cases, as_of, reader),
        kinds=tuple(_kind_row(each, reader) for each in ahead.kinds),
        first=first,
        last=last,
        total=number_text(ahead.bonus.total),
        cap=number_text(row.cap),
        over_row_cap=number_text(ahead.over_row_cap) if ahead.over_row_cap else None,
        leaving=_leaving(ahead),
        total_then=number_text(ahead.total_then),
        then_on=as_of + timedelta(days=WARNED_DAYS),
        new_path=f"{INNOVATION}/new?area={area.code}" if may_propose else None,
    )


def effect_words(effect: Effect | None, case: RegisteredCase, full: float, reader: Reader) -> str:
    """Say what a case adds; `full` are the points that its kind gives."""
    if effect is None:
        return ""
    if effect.reason is not None:
        return reader.translate(wording.COUNTS_NOT[effect.reason])
    sentence = wording.COUNTS if effect.points >= full else wording.COUNTS_IN_PART
    if case.state is CaseState.PROPOSED:
        sentence = wording.WOULD_COUNT
    return reader.translate(sentence).format(points=number_text(effect.points))


def _rows(
    area: RegisterArea, cases: tuple[RegisteredCase, ...], as_of: date, reader: Reader
) -> tuple[CaseRow, ...]:
    found = effects(area.innovation_row, cases, as_of)
    newest_first = sorted(cases, key=lambda case: (case.dated_on, case.id), reverse=True)
    return tuple(_row(area, case, found, reader) for case in newest_first)


def _row(
    area: RegisterArea, case: RegisteredCase, found: Mapping[int, Effect], reader: Reader
) -> CaseRow:
    row = area.innovation_row
    kind = row.kinds[case.kind]
    is_rejected = case.state is CaseState.REJECTED
    return CaseRow(
        path=f"{INNOVATION}/{case.public_id}",
        kind=kind.name,
        dated_on=case.dated_on,
        title=case.title,
        issuer=case.issuer,
        department=case.department,
        state_word=wording.STATE_WORDS[case.state],
        state_tone=wording.STATE_TONES[case.state],
        leaves_on=None if is_rejected else leaves_window_on(row, case.dated_on),
        effect=effect_words(found.get(case.id), case, kind.points, reader),
    )


def _kind_row(ahead: KindOutlook, reader: Reader) -> KindRow:
    cap = ahead.kind.cap
    return KindRow(
        name=ahead.kind.name,
        text=ahead.kind.text,
        each=number_text(ahead.kind.points),
        points=number_text(ahead.points),
        cap=reader.translate(wording.NO_CAP) if cap is None else number_text(cap),
        over_cap=number_text(ahead.over_cap),
        next_case_adds=number_text(ahead.next_case_adds),
    )


def _leaving(ahead: Outlook) -> tuple[LeavingRow, ...]:
    return tuple(LeavingRow(each.case.title, each.leaves_on) for each in ahead.leaving)
