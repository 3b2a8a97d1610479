"""What the pages of one network-security incident show: the form of a new one, and a known one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.ratings.forms.views import Choice, FormView
from backend.ratings.registers import security_wording as wording
from backend.ratings.registers.areas import RegisterArea
from backend.ratings.registers.events import EntryEvent
from backend.ratings.registers.form_views import HistoryRow, history
from backend.ratings.registers.incident import IncidentState, RegisteredIncident
from backend.ratings.registers.security_views import SECURITY
from backend.ratings.wording import number_text
from backend.results.reader import Reader


@dataclass(frozen=True)
class IncidentForm:
    """The form of an incident, with the states that may be set."""

    action: str
    form: FormView
    states: tuple[Choice, ...]


@dataclass(frozen=True)
class NewIncidentPage:
    """The form of a new incident."""

    area_name: str
    list_path: str
    form: IncidentForm


@dataclass(frozen=True)
class IncidentPage:
    """A registered incident.

    Attributes
    ----------
    conflict
        Both versions, where somebody else changed it while it was being changed here.
    form
        To change it; None for who may not.
    """

    list_path: str
    area_name: str
    dated_on: date
    points: str
    is_major: bool
    notice: str
    handling: str
    state_word: str
    state_tone: str
    changed: str
    changed_by: str
    done: str | None
    history: tuple[HistoryRow, ...]
    conflict: FormView | None
    form: IncidentForm | None


def incident_form(action: str, form: FormView, states: Sequence[IncidentState]) -> IncidentForm:
    """Prepare the form of an incident, new or registered."""
    chosen = form.typed.get("state", states[0].value)
    return IncidentForm(
        action=action,
        form=form,
        states=tuple(
            Choice(each.value, wording.STATE_WORDS[each], each.value == chosen) for each in states
        ),
    )


def typed_of(incident: RegisteredIncident) -> Mapping[str, str]:
    """Return what the form of a registered incident holds at first."""
    return {
        "dated_on": incident.dated_on.isoformat(),
        "points": number_text(incident.points),
        "notice": incident.notice,
        "handling": incident.handling,
        "state": incident.state.value,
        "revision": str(incident.revision),
        **({"is_major": "yes"} if incident.is_major else {}),
    }


def incident_page(
    area: RegisterArea,
    incident: RegisteredIncident,
    events: tuple[EntryEvent, ...],
    reader: Reader,
    *,
    form: IncidentForm,
    may_change: bool,
    done: str | None = None,
) -> IncidentPage:
    """Prepare the page of an incident."""
    return IncidentPage(
        list_path=f"{SECURITY}?area={area.code}",
        area_name=area.name,
        dated_on=incident.dated_on,
        points=number_text(incident.points),
        is_major=incident.is_major,
        notice=incident.notice,
        handling=incident.handling,
        state_word=wording.STATE_WORDS[incident.state],
        state_tone=wording.STATE_TONES[incident.state],
        changed=reader.time(incident.changed_at),
        changed_by=incident.changed_by,
        done=wording.DONE.get(done or ""),
        history=history(events, wording.field_words(reader), reader),
        conflict=form.form if form.form.compared else None,
        form=form if may_change else None,
    )
