"""The page of one row: what is asked, what was entered, evidence, review, progress, history."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.evidence.sniff import ENDINGS
from backend.ratings.forms.views import FormView
from backend.ratings.paths import row_path
from backend.ratings.rounds import rights
from backend.ratings.rounds.departments import JOINED_BY
from backend.ratings.rounds.entry import typed_entry
from backend.ratings.rounds.round import Round, Row, RowState
from backend.ratings.rounds.service import Event, Progress
from backend.ratings.rounds.views.criteria import (
    LevelView,
    ReachedView,
    level_views,
    reached_view,
)
from backend.ratings.rounds.views.evidence import (
    EvidenceView,
    RemovedView,
    evidence_view,
    removed_view,
)
from backend.ratings.rounds.views.fields import (
    ConditionField,
    MeasureField,
    compared_entry,
    condition_fields,
    measure_fields,
)
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.rounds.views.history import (
    EventView,
    ProgressView,
    event_views,
    progress_views,
)
from backend.ratings.rounds.wording import DONE_WORDS, STATE_TONES, STATE_WORDS
from backend.ratings.wording import Translate
from backend.results.reader import local_time
from backend.staff.service import Staff

FORMS = ("entry", "review", "assign", "evidence", "progress")


@dataclass(frozen=True)
class Attempt:
    """What was just sent to the page: which form, as typed, and what is wrong (translated).

    Attributes
    ----------
    form
        One of FORMS; empty when the page was only opened.
    conflicts
        Whether somebody else changed the row meanwhile.
    """

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    conflicts: bool = False


@dataclass(frozen=True)
class StoredRow:
    """What the page is made of; `evidence` has the removed too."""

    round: Round
    row: Row
    evidence: tuple[KeptEvidence, ...]
    progress: tuple[Progress, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class MeasureChoice:
    """A measure or condition that evidence or progress can be about."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Rights:
    """What the reader may do with the row now."""

    enter: bool
    remove: bool
    report: bool
    judge: bool
    reopen: bool
    assign: bool


@dataclass(frozen=True)
class RowPage:
    """One row; the documents' words are `name`, `definition`, `formulas`, `notes`, `levels`."""

    head: RoundHead
    path: str
    number: int
    name: str
    first: str
    second: str
    definition: str
    formulas: tuple[str, ...]
    notes: tuple[str, ...]
    source: str
    departments: tuple[str, ...]
    due_on: str
    state: str
    tone: str
    is_submitted: bool
    reason: str
    changed_by: str | None
    changed_at: str | None
    reached: ReachedView
    levels: tuple[LevelView, ...]
    measures: tuple[MeasureField, ...]
    conditions: tuple[ConditionField, ...]
    note: str
    evidence: tuple[EvidenceView, ...]
    removed: tuple[RemovedView, ...]
    endings: str
    choices: tuple[MeasureChoice, ...]
    measure_choices: tuple[MeasureChoice, ...]
    progress: tuple[ProgressView, ...]
    history: tuple[EventView, ...]
    may: Rights
    forms: Mapping[str, FormView]
    failed_form: str
    shows_both_versions: bool
    message: str | None


def row_page(
    stored: StoredRow,
    staff: Staff,
    attempt: Attempt,
    zone: ZoneInfo,
    translate: Translate,
    done: str = "",
) -> RowPage:
    """Prepare the page of a row, with what was just typed where it could not be stored."""
    row, indicator = stored.row, stored.row.indicator
    forms = _forms(row, attempt)
    typed = forms["entry"].typed
    may = _rights(stored.round, row, staff)
    measures = measure_fields(indicator, typed, row.figures, translate)
    conditions = condition_fields(indicator, typed, row.figures, translate)
    measure_choices = tuple(
        MeasureChoice(each.key, each.name, each.unit) for each in measures if each.field
    )
    condition_choices = tuple(MeasureChoice(each.key, each.name, "") for each in conditions)
    compared = compared_entry(row, measures, conditions, typed, translate)
    return RowPage(
        head=round_head(stored.round),
        path=row_path(stored.round.slug, row.number),
        number=row.number,
        name=indicator.name,
        first=indicator.first,
        second=indicator.second,
        definition=indicator.definition,
        formulas=tuple(each for each in indicator.formulas if each != indicator.definition),
        notes=indicator.notes,
        source=stored.round.standard.source(row.number),
        departments=row.departments,
        due_on=row.due_on.isoformat(),
        state=STATE_WORDS[row.state],
        tone=STATE_TONES[row.state],
        is_submitted=row.state is RowState.SUBMITTED,
        reason=row.reason,
        changed_by=row.changed_by,
        changed_at=local_time(row.changed_at, zone) if row.changed_at else None,
        reached=reached_view(indicator, row.figures),
        levels=level_views(stored.round.standard, indicator, row.figures, translate),
        measures=measures,
        conditions=conditions,
        note=row.note,
        evidence=tuple(
            evidence_view(each, indicator, zone, is_removable=may.remove)
            for each in stored.evidence
            if each.removed_at is None
        ),
        removed=tuple(
            removed_view(each, zone) for each in stored.evidence if each.removed_at is not None
        ),
        endings=ENDINGS,
        choices=(*measure_choices, *condition_choices),
        measure_choices=measure_choices,
        progress=progress_views(indicator, stored.progress, zone),
        history=event_views(indicator, stored.events, zone, translate),
        may=may,
        forms={**forms, "entry": replace(forms["entry"], compared=compared)},
        failed_form=attempt.form,
        # Also where there is no form any more to hold what was typed.
        shows_both_versions=attempt.form == "entry"
        and bool(compared)
        and (attempt.conflicts or not may.enter),
        message=DONE_WORDS.get(done),
    )


def _forms(row: Row, attempt: Attempt) -> dict[str, FormView]:
    """Return the forms as they begin, and the one that was sent as it was typed.

    Each keeps the revision that its reader saw: the current one only after both were shown.
    """
    current = {"revision": str(row.revision)}
    forms = {name: FormView(current) for name in FORMS}
    entered = typed_entry(row.indicator, row.figures, row.note)
    forms["entry"] = FormView({**entered, **current})
    assigned = {"departments": JOINED_BY.join(row.departments), "due_on": row.due_on.isoformat()}
    forms["assign"] = FormView({**assigned, **current})
    if attempt.form:
        typed = {**attempt.typed, **(current if attempt.conflicts else {})}
        forms[attempt.form] = FormView(typed, attempt.errors, attempt.problem)
    return forms


def _rights(found: Round, row: Row, staff: Staff) -> Rights:
    may_review = rights.may_review(staff) and not found.is_closed
    is_locked = found.is_closed or row.state is RowState.ACCEPTED
    may_enter = rights.may_enter(staff, row) and not is_locked
    return Rights(
        enter=may_enter,
        remove=may_enter and row.state is not RowState.SUBMITTED,
        report=rights.may_enter(staff, row),
        judge=may_review and row.state is RowState.SUBMITTED,
        reopen=may_review and row.state is RowState.ACCEPTED,
        assign=may_review,
    )
