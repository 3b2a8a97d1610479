"""What happened to an entry of a register: recorded with every change, and read back as changes of
single fields.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from backend.ratings.registers import repository
from backend.ratings.registers.models import RegisterEvent

Register = Literal["innovation", "security"]
FieldValue = str | float | bool | None
EntryFields = Mapping[str, FieldValue | date]


@dataclass(frozen=True)
class FieldChange:
    """A field of an entry before and after a change; `before` is None for a new entry."""

    name: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True)
class EntryEvent:
    """One change of an entry; the first is its registration."""

    done_by: str
    done_at: datetime
    is_registration: bool
    changes: tuple[FieldChange, ...]


def record_event(
    session: Session,
    register: Register,
    entry_id: int,
    before: EntryFields | None,
    after: EntryFields,
    done_by: str,
    now: datetime,
) -> None:
    """Keep what an entry held before and after a change; `before` is None for a new one."""
    session.add(
        RegisterEvent(
            register=register,
            entry_id=entry_id,
            before="" if before is None else _written(before),
            after=_written(after),
            done_by=done_by,
            done_at=now,
        )
    )
    session.flush()


def list_events(session: Session, register: Register, entry_id: int) -> tuple[EntryEvent, ...]:
    """Return what happened to an entry, the first change first."""
    return tuple(_event(each) for each in repository.fetch_events(session, register, entry_id))


def _event(stored: RegisterEvent) -> EntryEvent:
    before: dict[str, FieldValue] = json.loads(stored.before) if stored.before else {}
    after: dict[str, FieldValue] = json.loads(stored.after)
    return EntryEvent(
        done_by=stored.done_by,
        done_at=stored.done_at,
        is_registration=not stored.before,
        changes=tuple(
            FieldChange(name, before.get(name), value)
            for name, value in after.items()
            if before.get(name) != value
        ),
    )


def _written(fields: EntryFields) -> str:
    return json.dumps(fields, ensure_ascii=False, default=date.isoformat)
