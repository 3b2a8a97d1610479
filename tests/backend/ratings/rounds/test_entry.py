"""What a department types about one indicator: what is kept, and what is said of each field."""

import pytest

from backend.errors import Invalid
from backend.ratings.rounds.entry import (
    Entry,
    read_entry,
    require_possible,
    typed_entry,
)
from backend.ratings.rounds.figures import to_figures
from tests.backend.ratings.rounds.people import PROOF_FREE, SHANDONG_TONG, indicator

ROW = indicator(PROOF_FREE)


def messages(form: dict[str, str], number: int = PROOF_FREE) -> dict[str, str]:
    """Every message of a form, by field, with its placeholders filled in."""
    errors = read_entry(indicator(number), form).errors
    return {error.field: error.message.format(**error.arguments) for error in errors}


def test_counts_shares_and_ratios_of_two_sides_are_read() -> None:
    form = {
        "figure.proof_free_items": "340",
        "figure.proof_free_share": "71.5%",
        "numerator.certificate_sync_rate": "48",
        "denominator.certificate_sync_rate": "60种",
        "note": " 来自平台 ",
    }

    read = read_entry(ROW, form)

    assert read.errors == ()
    assert read.entry.note == "来自平台"
    assert to_figures(read.entry.figures) == {
        "proof_free_items": 340,
        "proof_free_share": 0.715,
        "certificate_sync_rate": 0.8,
    }


def test_what_is_left_empty_is_unknown() -> None:
    form = {"figure.proof_free_items": " ", "numerator.certificate_sync_rate": ""}

    assert read_entry(ROW, form).entry.figures == {}


def test_conditions_are_attested_denied_or_left_open() -> None:
    keys = list(indicator(SHANDONG_TONG).conditions)
    form = {f"condition.{keys[0]}": "yes", f"condition.{keys[1]}": "no", f"condition.{keys[2]}": ""}

    figures = read_entry(indicator(SHANDONG_TONG), form).entry.figures

    assert figures == {keys[0]: True, keys[1]: False}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("figure.proof_free_share", "100.1", "比例应在 0% 至 100% 之间。"),
        ("figure.proof_free_share", "-1", "比例应在 0% 至 100% 之间。"),
        ("figure.proof_free_items", "-1", "数量应为不小于 0 的整数。"),
        ("figure.proof_free_items", "1.5", "数量应为不小于 0 的整数。"),
        ("figure.proof_free_items", "93%", "这里不能填写百分数，请按单位（项）填写数字。"),
        (
            "figure.proof_free_items",
            "三百",
            "“三百”不是数字，请填写如 93.5 或 1,200 这样的数字。",
        ),
        ("figure.proof_free_items", "9" * 20, "请填写数字，不超过 1,000 万亿。"),
        ("figure.no_such", "1", "本项指标没有“no_such”这项数据。"),
        ("condition.no_such", "yes", "本项指标没有“no_such”这项数据。"),
        ("else.proof_free_items", "1", "本项指标没有“proof_free_items”这项数据。"),
        ("note", "字" * 2001, "最多 2000 个字，请删减。"),
        ("note", "a\0b", "含有不允许的字符。"),
    ],
)
def test_each_bad_field_gets_its_own_message(field: str, typed: str, message: str) -> None:
    assert messages({field: typed}) == {field: message}


@pytest.mark.parametrize(
    ("numerator", "denominator", "field", "message"),
    [
        ("61", "60", "numerator", "分子不能大于分母：这项比例最高为 100%。"),
        ("1", "0", "denominator", "分母不能为 0。"),
        ("-1", "60", "numerator", "不能小于 0。"),
        ("48", "", "denominator", "请同时填写“应同步制发的电子证照证明种类总数量”。"),
        ("", "60", "numerator", "请同时填写“已同步制发的电子证照证明种类数量”。"),
        ("80%", "60", "numerator", "“80%”不是数字，请填写如 93.5 或 1,200 这样的数字。"),
    ],
)
def test_the_sides_of_a_ratio_are_judged_each_by_itself(
    numerator: str, denominator: str, field: str, message: str
) -> None:
    form = {
        "numerator.certificate_sync_rate": numerator,
        "denominator.certificate_sync_rate": denominator,
    }

    assert messages(form) == {f"{field}.certificate_sync_rate": message}


def test_a_ratio_is_entered_in_one_way_only() -> None:
    form = {"figure.certificate_sync_rate": "80", "numerator.certificate_sync_rate": "48"}

    assert messages(form) == {
        "figure.certificate_sync_rate": "请只用一种方式填写：直接填写结果，或填写分子和分母。"
    }


def test_a_weighted_average_is_not_entered_but_follows_from_its_parts() -> None:
    weighted = next(
        (row.number, key)
        for row in (indicator(11, "shandong-2020-city"),)
        for key, measure in row.measures.items()
        if measure.weights
    )

    read = read_entry(indicator(11, "shandong-2020-city"), {f"figure.{weighted[1]}": "80"})

    assert [error.field for error in read.errors] == [f"figure.{weighted[1]}"]


def test_every_fault_is_told_at_once_and_the_rest_is_read() -> None:
    form = {"figure.proof_free_items": "x", "figure.proof_free_share": "101", "note": "说明"}

    read = read_entry(ROW, form)

    assert {error.field for error in read.errors} == {
        "figure.proof_free_items",
        "figure.proof_free_share",
    }
    assert read.entry.note == "说明"


def test_a_form_holds_again_what_was_stored() -> None:
    form = {
        "figure.proof_free_items": "340",
        "figure.proof_free_share": "71.5",
        "numerator.certificate_sync_rate": "48",
        "denominator.certificate_sync_rate": "60",
        "note": "来自平台",
    }
    entry = read_entry(ROW, form).entry

    assert typed_entry(ROW, entry.figures, entry.note) == form


def test_figures_that_come_by_another_way_are_judged_too() -> None:
    with pytest.raises(Invalid) as refused:
        require_possible(ROW, Entry({"proof_free_share": 1.2, "no_such": 1.0}))

    assert {error.field for error in refused.value.errors} == {
        "figure.proof_free_share",
        "figure.no_such",
    }
