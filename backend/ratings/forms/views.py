"""What a form shows, ready for its template: fields as typed, choices, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING = "—"


@dataclass(frozen=True)
class Choice:
    """One entry of a select; `hint` explains it."""

    value: str
    label: str
    is_chosen: bool = False
    hint: str = ""


@dataclass(frozen=True)
class ChoiceGroup:
    """Entries of a select under one heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ComparedField:
    """A field of two versions: what somebody else saved, and what was typed here."""

    label: str
    saved: str
    typed: str


@dataclass(frozen=True)
class FormView:
    """A form.

    Attributes
    ----------
    typed
        What its fields hold.
    errors
        What is wrong, by field.
    problem
        What is wrong with the whole.
    compared
        The fields that somebody else changed meanwhile, with both versions.
    """

    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    compared: tuple[ComparedField, ...] = ()
