"""What the pages of one innovation case show: the form of a new one, and a registered one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.rating.innovation import leaves_window_on
from analysis.rating.standard import InnovationIndicator
from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.forms.views import Choice, FormView
from backend.ratings.paths import evidence_path
from backend.ratings.registers import innovation_wording as wording
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.events import EntryEvent
from backend.ratings.registers.form_views import HistoryRow, history
from backend.ratings.registers.innovation_case import (
    CaseState,
    RegisteredCase,
    is_of_another,
    may_edit,
    may_review,
)
from backend.ratings.registers.innovation_views import INNOVATION
from backend.ratings.rounds.views.evidence import size_text
from backend.results.reader import Reader
from backend.staff.service import Staff


@dataclass(frozen=True)
class Twin:
    """An entry that may be the same case."""

    path: str
    title: str
    dated_on: date
    department: str
    state_word: str


@dataclass(frozen=True)
class CaseForm:
    """The form of a case.

    Attributes
    ----------
    department
        Of staff that enter only their own; None where it is typed.
    departments
        Suggestions for it.
    twins
        Entries that may be the same case, so that saving has to be confirmed.
    """

    action: str
    form: FormView
    kinds: tuple[Choice, ...]
    department: str | None
    departments: tuple[str, ...]
    twins: tuple[Twin, ...]


@dataclass(frozen=True)
class NewCasePage:
    """The form of a new case."""

    area_name: str
    list_path: str
    form: CaseForm


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence.

    Attributes
    ----------
    path
        None where it was removed, or is another department's file.
    removed
        When and by whom; None where it was not.
    remove_path
        Where the reader may remove it.
    """

    title: str
    path: str | None
    size: str
    added: str
    removed: str | None
    remove_path: str | None


@dataclass(frozen=True)
class CasePage:
    """A registered case.

    Attributes
    ----------
    conflict
        Both versions, where somebody else changed the case while it was being changed here.
    form
        To change it; None for who may not.
    review
        To accept or reject it; None for who may not.
    evidence_form
        To add evidence; None for who may not.
    """

    path: str
    list_path: str
    area_name: str
    title: str
    kind: str
    kind_text: str
    dated_on: date
    leaves_on: date
    issuer: str
    department: str
    evidence_url: str
    state_word: str
    state_tone: str
    is_accepted: bool
    is_rejected: bool
    reason: str
    changed: str
    changed_by: str
    revision: int
    done: str | None
    evidence: tuple[EvidenceRow, ...]
    history: tuple[HistoryRow, ...]
    conflict: FormView | None
    form: CaseForm | None
    review: FormView | None
    evidence_form: FormView | None


def case_form(
    action: str,
    form: FormView,
    row: InnovationIndicator,
    staff: Staff,
    departments: tuple[str, ...],
    twins: tuple[RegisteredCase, ...] = (),
) -> CaseForm:
    """Prepare the form of a case, new or registered."""
    chosen = form.typed.get("kind")
    return CaseForm(
        action=action,
        form=form,
        kinds=tuple(
            Choice(key, kind.name, key == chosen, kind.text) for key, kind in row.kinds.items()
        ),
        department=staff.department,
        departments=departments,
        twins=tuple(_twin(each) for each in twins),
    )


def typed_of(case: RegisteredCase) -> Mapping[str, str]:
    """Return what the form of a registered case holds at first."""
    return {
        "kind": case.kind,
        "dated_on": case.dated_on.isoformat(),
        "title": case.title,
        "issuer": case.issuer,
        "evidence_url": case.evidence_url,
        "department": case.department,
        "revision": str(case.revision),
    }


def case_page(
    area: RegisterArea,
    case: RegisteredCase,
    evidence: tuple[KeptEvidence, ...],
    events: tuple[EntryEvent, ...],
    staff: Staff,
    reader: Reader,
    *,
    form: CaseForm,
    review: FormView,
    evidence_form: FormView,
    done: str | None = None,
) -> CasePage:
    """Prepare the page of a case for somebody, with the forms for what they may do."""
    row = area.innovation_row
    kind = row.kinds[case.kind]
    is_editable = may_edit(staff, case)
    return CasePage(
        path=f"{INNOVATION}/{case.public_id}",
        list_path=f"{INNOVATION}?area={area.code}",
        area_name=area.name,
        title=case.title,
        kind=kind.name,
        kind_text=kind.text,
        dated_on=case.dated_on,
        leaves_on=leaves_window_on(row, case.dated_on),
        issuer=case.issuer,
        department=case.department,
        evidence_url=case.evidence_url,
        state_word=wording.STATE_WORDS[case.state],
        state_tone=wording.STATE_TONES[case.state],
        is_accepted=case.state is CaseState.ACCEPTED,
        is_rejected=case.state is CaseState.REJECTED,
        reason=case.reason,
        changed=reader.time(case.changed_at),
        changed_by=case.changed_by,
        revision=case.revision,
        done=wording.DONE.get(done or ""),
        evidence=tuple(_evidence_row(each, case, staff, reader) for each in evidence),
        history=history(events, wording.field_words(row, reader), reader),
        conflict=form.form if form.form.compared else None,
        form=form if is_editable else None,
        review=review if may_review(staff) else None,
        evidence_form=evidence_form if is_editable else None,
    )


def _evidence_row(
    evidence: KeptEvidence, case: RegisteredCase, staff: Staff, reader: Reader
) -> EvidenceRow:
    path = evidence_path(evidence.public_id)
    is_kept = evidence.removed_at is None
    return EvidenceRow(
        title=evidence.title,
        path=evidence.url or path if is_kept and not is_of_another(staff, case) else None,
        size=size_text(evidence.size) if evidence.size else "",
        added=f"{reader.time(evidence.added_at)} · {evidence.added_by}",
        removed=None if is_kept else f"{reader.time(evidence.removed_at)} · {evidence.removed_by}",
        remove_path=f"{path}/remove" if is_kept and may_edit(staff, case) else None,
    )


def _twin(case: RegisteredCase) -> Twin:
    return Twin(
        path=f"{INNOVATION}/{case.public_id}",
        title=case.title,
        dated_on=case.dated_on,
        department=case.department,
        state_word=wording.STATE_WORDS[case.state],
    )
