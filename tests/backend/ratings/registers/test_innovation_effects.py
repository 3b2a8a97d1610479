"""What each case gives, or would give once it is accepted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backend.ratings.registers.innovation_case import CaseState, RegisteredCase
from backend.ratings.registers.innovation_effects import Effect, effects
from tests.backend.ratings.registers.entries import JINING, NOW, TODAY, case_fields

ROW = JINING.innovation_row


def registered(entry_id: int, state: CaseState, **changes: Any) -> RegisteredCase:
    fields = case_fields(**{"title": f"案例 {entry_id}", **changes})
    return RegisteredCase(
        **vars(fields),
        id=entry_id,
        public_id=f"{entry_id:016x}",
        division_code=JINING.code,
        evidence=fields.evidence_url,
        state=state,
        reason="",
        revision=1,
        changed_by="reviewer@jining.example",
        changed_at=NOW,
    )


def accepted(count: int, **changes: Any) -> list[RegisteredCase]:
    return [registered(each, CaseState.ACCEPTED, **changes) for each in range(1, count + 1)]


@pytest.mark.parametrize(
    ("before", "proposed", "effect"),
    [
        ([], {}, Effect(0.5)),
        (accepted(6), {}, Effect(0.0, "kind_cap")),
        (accepted(6), {"title": "一", "dated_on": date(2023, 1, 1)}, Effect(0.0, "kind_cap")),
        (accepted(5, kind="central_media"), {}, Effect(0.0, "row_cap")),
        (accepted(1), {"title": "案例 1"}, Effect(0.0, "duplicate")),
        (accepted(1), {"title": "案例 1", "dated_on": date(2023, 1, 1)}, Effect(0.0, "duplicate")),
        ([], {"dated_on": date(2022, 10, 31)}, Effect(0.0, "before_the_window")),
        ([], {"dated_on": date(2024, 11, 1)}, Effect(0.0, "after_the_window")),
    ],
    ids=[
        "counts",
        "its kind is full",
        "its kind is full of later ones",
        "the row is full",
        "a duplicate",
        "a duplicate of a later date",
        "too old",
        "not yet",
    ],
)
def test_a_proposed_case_is_told_what_accepting_it_would_add(
    before: list[RegisteredCase], proposed: dict[str, Any], effect: Effect
) -> None:
    case = registered(99, CaseState.PROPOSED, **proposed)

    assert effects(ROW, [*before, case], TODAY)[99] == effect


def test_of_two_entries_of_one_case_one_counts() -> None:
    first, second = registered(1, CaseState.ACCEPTED), registered(2, CaseState.ACCEPTED)
    twin = replace(second, title=first.title)

    found = effects(ROW, [first, twin], TODAY)

    assert sorted(each.points for each in found.values()) == [0.0, 0.5]
    assert {each.reason for each in found.values()} == {None, "duplicate"}


def test_a_rejected_case_has_no_effect() -> None:
    assert effects(ROW, [registered(1, CaseState.REJECTED)], TODAY) == {}
