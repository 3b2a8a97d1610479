"""Each kind of item: which raw values are answers, and which faults others are."""

import math
from typing import Any

import pytest

from survey_forms.faults import FAULT_CODES, Fault, Faults
from survey_forms.items import KINDS, Item
from tests.builders import a_choice, a_questionnaire, an_item

CHOICES = [a_choice("a"), a_choice("b"), a_choice("c"), a_choice("none", exclusive=True)]
AGE = {"minimum": 18, "maximum": 120, "integer": True}
TERM = {"earliest": "2023-01-01", "latest": "2024-12-31"}


def the_item(kind: str, **fields: Any) -> Item:
    (item,) = a_questionnaire(items=[an_item(kind, **fields)]).items
    return item


@pytest.mark.parametrize(
    ("kind", "fields", "raw", "value"),
    [
        ("single", {}, "a", "a"),
        ("multiple", {}, ["c", "a", "c"], ("a", "c")),
        ("multiple", {"choices": CHOICES, "min_selected": 2}, ["none"], ("none",)),
        ("scale", {}, 1, 1),
        ("scale", {}, 5.0, 5),
        ("scale", {"not_applicable": True}, "na", "na"),
        ("matrix", {}, {"second": 2, "first": 5}, {"first": 5, "second": 2}),
        ("matrix", {}, {"first": 5, "second": None}, {"first": 5}),
        ("matrix", {"required": True}, {"first": None, "second": ""}, None),
        ("nps", {}, 0, 0),
        ("nps", {}, 10, 10),
        ("number", {}, 2.5, 2.5),
        ("number", {}, 2.0, 2),
        ("number", AGE, 18, 18),
        ("number", AGE, 120, 120),
        ("date", {}, "2024-02-29", "2024-02-29"),
        ("date", TERM, "2023-01-01", "2023-01-01"),
        ("date", TERM, "2024-12-31", "2024-12-31"),
        ("text", {}, " 好 ", "好"),
        ("text", {"max_length": 2}, "好" * 2, "好好"),
        ("text", {}, "\x00", None),
        ("longtext", {}, "一\r\n二", "一\n二"),
        ("longtext", {}, "\x00", None),
        ("division", {}, "370871", "370871"),
        ("division", {"level": "township"}, "370883114", "370883114"),
    ],
)
def test_an_answer_is_taken(kind: str, fields: dict[str, Any], raw: object, value: object) -> None:
    read = the_item(kind, **fields).parse(raw)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "fields", "raw", "faults"),
    [
        ("single", {}, "z", [("asked", "unknown_choice", {"value": "z"})]),
        ("single", {}, ["a"], [("asked", "wrong_type", {"expected": "code"})]),
        ("single", {}, 1, [("asked", "wrong_type", {"expected": "code"})]),
        ("multiple", {}, "a", [("asked", "wrong_type", {"expected": "codes"})]),
        ("multiple", {}, ["a", 1], [("asked", "wrong_type", {"expected": "codes"})]),
        (
            "multiple",
            {},
            ["x", "a", "y"],
            [
                ("asked", "unknown_choice", {"value": "x"}),
                ("asked", "unknown_choice", {"value": "y"}),
            ],
        ),
        ("multiple", {"max_selected": 1}, ["a", "b"], [("asked", "too_many", {"maximum": 1})]),
        ("multiple", {"min_selected": 2}, ["a"], [("asked", "too_few", {"minimum": 2})]),
        (
            "multiple",
            {"choices": CHOICES},
            ["a", "none"],
            [("asked", "exclusive", {"choice": "none"})],
        ),
        ("scale", {}, 0, [("asked", "out_of_range", {"minimum": 1, "maximum": 5})]),
        ("scale", {}, 6, [("asked", "out_of_range", {"minimum": 1, "maximum": 5})]),
        ("scale", {}, True, [("asked", "wrong_type", {"expected": "level"})]),
        ("scale", {}, "5", [("asked", "wrong_type", {"expected": "level"})]),
        ("scale", {}, 4.5, [("asked", "wrong_type", {"expected": "level"})]),
        ("scale", {}, "na", [("asked", "unknown_choice", {"value": "na"})]),
        ("matrix", {}, [5, 5], [("asked", "wrong_type", {"expected": "rows"})]),
        ("matrix", {"required": True}, {"first": 5}, [("asked.second", "row_required", {})]),
        (
            "matrix",
            {},
            {"first": "na", "third": 1},
            [
                ("asked.first", "unknown_choice", {"value": "na"}),
                ("asked.third", "unknown_row", {}),
            ],
        ),
        ("nps", {}, 11, [("asked", "out_of_range", {"minimum": 0, "maximum": 10})]),
        ("nps", {}, -1, [("asked", "out_of_range", {"minimum": 0, "maximum": 10})]),
        ("nps", {}, False, [("asked", "wrong_type", {"expected": "whole_number"})]),
        ("number", {}, "5", [("asked", "wrong_type", {"expected": "number"})]),
        ("number", {}, True, [("asked", "wrong_type", {"expected": "number"})]),
        ("number", {}, math.nan, [("asked", "wrong_type", {"expected": "number"})]),
        ("number", {}, math.inf, [("asked", "wrong_type", {"expected": "number"})]),
        ("number", {}, 10**400, [("asked", "out_of_range", {"minimum": "", "maximum": ""})]),
        ("number", AGE, 17, [("asked", "out_of_range", {"minimum": 18, "maximum": 120})]),
        ("number", AGE, 121, [("asked", "out_of_range", {"minimum": 18, "maximum": 120})]),
        ("number", AGE, 30.5, [("asked", "wrong_type", {"expected": "whole_number"})]),
        ("date", {}, "2023-02-29", [("asked", "not_a_date", {})]),
        ("date", {}, "20230401", [("asked", "not_a_date", {})]),
        ("date", {}, 20230401, [("asked", "wrong_type", {"expected": "date"})]),
        (
            "date",
            TERM,
            "2022-12-31",
            [("asked", "out_of_range", {"minimum": "2023-01-01", "maximum": "2024-12-31"})],
        ),
        (
            "date",
            TERM,
            "2025-01-01",
            [("asked", "out_of_range", {"minimum": "2023-01-01", "maximum": "2024-12-31"})],
        ),
        ("text", {"max_length": 2}, "三个字", [("asked", "too_long", {"maximum": 2})]),
        ("text", {}, ["a"], [("asked", "wrong_type", {"expected": "text"})]),
        ("longtext", {"max_length": 2}, "三个字", [("asked", "too_long", {"maximum": 2})]),
        ("longtext", {}, 5, [("asked", "wrong_type", {"expected": "text"})]),
        ("division", {}, "371002", [("asked", "unknown_division", {"value": "371002"})]),
        ("division", {}, "370811002", [("asked", "unknown_division", {"value": "370811002"})]),
        ("division", {}, 370811, [("asked", "wrong_type", {"expected": "code"})]),
    ],
)
def test_what_is_no_answer_is_a_fault(
    kind: str, fields: dict[str, Any], raw: object, faults: list[tuple[str, str, dict[str, Any]]]
) -> None:
    read = the_item(kind, **fields).parse(raw)

    assert isinstance(read, Faults)
    assert [(fault.field, fault.code, dict(fault.arguments)) for fault in read] == faults
    assert all(set(fault.arguments) == FAULT_CODES[fault.code] for fault in read)


@pytest.mark.parametrize(
    ("kind", "typed", "raw"),
    [
        ("single", {"asked": ["a"]}, "a"),
        ("single", {"asked": ["", "a"]}, "a"),
        ("multiple", {"asked": ["a", "b"]}, ["a", "b"]),
        ("multiple", {"asked": [""]}, None),
        ("scale", {"asked": ["4"]}, 4),
        ("scale", {"asked": ["na"]}, "na"),
        ("scale", {"asked": ["9"]}, "9"),
        ("matrix", {"asked.first": ["4"], "asked.third": ["1"]}, {"first": 4}),
        ("matrix", {}, None),
        ("nps", {"asked": ["10"]}, 10),
        ("nps", {"asked": ["11"]}, "11"),
        ("number", {"asked": ["１８"]}, 18),
        ("number", {"asked": ["-2.50"]}, -2.5),
        ("number", {"asked": ["十八"]}, "十八"),
        ("number", {"asked": ["1_8"]}, "1_8"),
        ("date", {"asked": ["2023年4月10日"]}, "2023-04-10"),
        ("date", {"asked": ["2023/4/10"]}, "2023-04-10"),
        ("date", {"asked": ["四月"]}, "四月"),
        ("text", {"asked": [" 好 "]}, "好"),
        ("longtext", {"asked": ["一\r\n二"]}, "一\r\n二"),
        ("division", {"asked": ["370811"]}, "370811"),
        ("division", {}, None),
    ],
)
def test_form_fields_become_what_the_json_interface_has(
    kind: str, typed: dict[str, list[str]], raw: object
) -> None:
    read = the_item(kind).raw_from_form(typed)

    assert read == raw
    assert type(read) is type(raw)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_defined(kind: str) -> None:
    assert the_item(kind).kind == kind


def test_a_fault_of_a_row_stands_at_its_form_field() -> None:
    assert Fault("fields", "row_required", "health").field == "fields.health"
    assert Fault("overall", "required").field == "overall"


def test_a_scale_offers_the_best_level_first_and_not_applicable_last() -> None:
    item = the_item("scale", not_applicable=True, labels={"3": {"zh-CN": "一般", "en": "Fair"}})

    assert [option.value for option in item.options()] == ["5", "4", "3", "2", "1", "na"]  # type: ignore[union-attr]
    assert [option.label.zh_cn for option in item.options()] == [  # type: ignore[union-attr]
        "非常满意",
        "满意",
        "一般",
        "不满意",
        "非常不满意",
        "不了解/未使用",
    ]


def test_choices_in_fixed_order_stay_as_written() -> None:
    item = the_item("multiple", choices=CHOICES)

    assert item.choices_in_order(seed=7) == item.choices  # type: ignore[union-attr]


def test_different_seeds_give_different_orders() -> None:
    item = the_item("matrix", rows=[a_row_of(number) for number in range(10)], order="shuffled")

    orders = {item.rows_in_order(seed) for seed in range(20)}  # type: ignore[union-attr]

    assert len(orders) == 20


def a_row_of(number: int) -> dict[str, Any]:
    return {"key": f"row{number}", "label": {"zh-CN": "行", "en": "Row"}}
