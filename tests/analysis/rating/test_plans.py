"""The plans that ship against their documents: each target's words, figure, date and department."""

import re
from pathlib import Path

import pytest

from analysis import shipped
from analysis.errors import AnalysisError
from analysis.rating.plan import Plan, Target

DOCUMENTS = Path(__file__).parent / "documents"
PLANS = [shipped.plan(plan_id) for plan_id in shipped.plan_ids()]
PAIRS = [(plan, target) for plan in PLANS for target in plan.targets]
TARGETS = [pytest.param(*pair, id=f"{pair[0].id}-{pair[1].key}") for pair in PAIRS]
DATED_ONCE = [pair for pair in PAIRS if "每年" not in pair[1].text]
NUMBER = re.compile(r"\d+(?=%|个|项|家|处|所|大基础|Mbit/s|Mbps|平米|亿元)")
# Numbers with a unit that promise nothing, and why not.
NOT_PROMISED = {
    "jining-2023": {},
    "laixi-2021": {
        "51": "the upper end of a rank's range, whose lower end is the target",
        "200": "200Mbit/s names a kind of subscriber",
        "100": "the size of an investment, without a day",
    },
    "weihai-2020-2022": {"13": "the outline of the plan: 13 projects"},
    "weihai-2021": {},
}


def document(plan: Plan) -> str:
    """The plan's document without white space, one line a paragraph or row of a table."""
    text = (DOCUMENTS / f"{plan.id}.txt").read_text(encoding="utf-8")
    return "\n".join(re.sub(r"\s+", "", line) for line in text.splitlines())


def written(target: Target) -> str:
    """The promised figure as the documents write it."""
    is_percent = target.kind in ("share", "ratio", "change")
    return f"{target.figure * 100:g}%" if is_percent else f"{target.figure:g}"


@pytest.mark.parametrize(("plan", "target"), TARGETS)
def test_a_target_stands_in_the_document_word_for_word(plan: Plan, target: Target) -> None:
    assert re.sub(r"\s+", "", target.text) in document(plan)
    assert re.sub(r"\s+", "", target.heading) in document(plan)


@pytest.mark.parametrize(("plan", "target"), TARGETS)
def test_the_figure_of_a_target_stands_in_its_clause(plan: Plan, target: Target) -> None:
    assert re.search(rf"(?<!\d){written(target)}(?!\d)", target.text)


@pytest.mark.parametrize(("plan", "target"), TARGETS)
def test_the_unit_of_a_count_follows_its_figure(plan: Plan, target: Target) -> None:
    unit = target.unit or ""

    # 6大基础数据库 is counted in 个.
    assert re.search(rf"(?<!\d){written(target)}({unit}|大)", target.text)


@pytest.mark.parametrize(("plan", "target"), TARGETS)
def test_the_departments_of_a_target_follow_its_clause(plan: Plan, target: Target) -> None:
    departments = "、".join(target.departments)
    after = [
        line.partition(re.sub(r"\s+", "", target.text))[2].replace(",", "、")
        for line in document(plan).splitlines()
    ]

    assert any(departments in rest for rest in after)


@pytest.mark.parametrize(("plan", "target"), DATED_ONCE)
def test_a_target_is_due_at_the_end_of_the_year_that_was_named_last(
    plan: Plan, target: Target
) -> None:
    clause = re.sub(r"\s+", "", target.text)
    line = next(line for line in document(plan).splitlines() if clause in line)
    up_to_here = plan.title + line[: line.index(clause) + len(clause)]

    years = re.findall(r"(20\d\d)(?=年|行动)", up_to_here)

    assert target.due_on.isoformat() == f"{years[-1]}-12-31"


def test_what_is_promised_for_each_year_is_due_in_each_year_of_the_plan() -> None:
    yearly = [each for each in shipped.plan("weihai-2020-2022").targets if "每年" in each.text]

    assert [each.due_on.isoformat() for each in yearly] == [
        "2020-12-31",
        "2021-12-31",
        "2022-12-31",
    ]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_percentage_of_the_document_is_a_target(plan: Plan) -> None:
    percentages = set(re.findall(r"\d+%", document(plan)))
    targets = {written(target) for target in plan.targets}

    assert percentages - {"51%"} == {each for each in targets if each.endswith("%")}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_number_with_a_unit_is_a_target_or_accounted_for(plan: Plan) -> None:
    numbers = set(NUMBER.findall(document(plan)))
    targets = {written(target).rstrip("%") for target in plan.targets}

    assert numbers - targets == NOT_PROMISED[plan.id].keys()


@pytest.mark.parametrize(
    ("plan_id", "count"),
    [("jining-2023", 3), ("laixi-2021", 28), ("weihai-2021", 17), ("weihai-2020-2022", 30)],
)
def test_no_target_was_lost(plan_id: str, count: int) -> None:
    assert len(shipped.plan(plan_id).targets) == count


@pytest.mark.parametrize(("plan", "target"), TARGETS)
def test_a_target_names_a_row_of_its_standard(plan: Plan, target: Target) -> None:
    standard = shipped.standard(plan.standard) if plan.standard else None

    assert target.indicator is None or (standard and standard.indicator(target.indicator))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_a_plan_has_the_number_and_day_of_its_document(plan: Plan) -> None:
    issued = plan.document.issued_on

    assert f"{issued.year}年{issued.month}月{issued.day}日" in document(plan)
    assert (plan.document.number or "") in document(plan)


def test_a_target_says_where_it_is_written() -> None:
    plan = shipped.plan("laixi-2021")

    source = plan.source(plan.targets[0])

    assert source == "西政办发〔2021〕40号《数字莱西2021年行动方案》2.全域感知体系"


def test_a_target_is_found_by_its_key() -> None:
    plan = shipped.plan("weihai-2021")

    assert plan.target("charging_points") == plan.targets[4]
    assert plan.target("no_such_target") is None


def test_an_unknown_plan_is_named_beside_those_that_ship() -> None:
    with pytest.raises(AnalysisError) as error:
        shipped.plan("weihai-2035")

    assert error.value.code == "unknown_plan"
    assert "weihai-2021" in str(error.value.arguments["known"])
