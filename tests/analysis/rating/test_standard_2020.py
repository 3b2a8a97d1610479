"""The standard of 2020 against the tables of its document, which are read here once more."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import shipped
from analysis.rating.levels import reach
from analysis.rating.standard import (
    Criterion,
    LeveledIndicator,
    LevelName,
    Measure,
    Requirement,
)

DOCUMENT = Path(__file__).parent / "documents" / "weihai-2020.txt"
STANDARD = shipped.standard("shandong-2020-city")
REQUIREMENTS = [
    pytest.param(row, requirement, id=f"{row.number}-{level}")
    for row in STANDARD.leveled
    for level, requirement in row.requirements.items()
]
# Numbers that say what is measured, not how much of it is asked for.
NAMES_WITH_NUMBERS = re.compile(r"200Mbit/s以上|1:1000或1:2000|[34]级以上|5G|IPv6")
THRESHOLD = re.compile(
    r"(超过|小于|排名前|排\d+至)?(\d+)(?:—\d+)?(%|种|项|个|家|名|万|公里|Mbit/s)"
)
OPERATORS = {"超过": "above", "小于": "below", "排名前": "at_most", "排4至": "at_most"}
LEFT_OF_CONDITIONS = re.compile(r"[,;、或]|并|及|以及|(当年度.*?\d+万)")


@dataclass(frozen=True)
class DocumentRow:
    table: str
    name: str
    definition: str
    texts: dict[LevelName, str]
    departments: tuple[str, ...]


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read_document() -> Iterator[DocumentRow]:
    table = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if re.match("表[一二三四五六] ", line):
            table = line
        cells = [without_spaces(cell) for cell in line.split("|")[:-1]]
        if not cells or cells[0] in ("一级指标", "四星(2021年10月前完成)"):
            continue
        if cells[0] == table.split()[1]:
            del cells[0]
        while not cells[-1]:
            cells.pop()
        name, definition, *texts, departments = cells
        yield DocumentRow(
            table=table,
            name=name,
            definition=definition,
            texts={
                level: text
                for level, text in zip(("four", "five"), texts, strict=bool(texts))
                if text != "/"
            },
            departments=tuple(departments.split("、")),
        )


ROWS = tuple(read_document())


def thresholds(text: str) -> set[tuple[str, float]]:
    """What a requirement's sentence compares with, as operator and bound."""
    asked = NAMES_WITH_NUMBERS.sub("", text)
    assert not re.search(r"\d", THRESHOLD.sub("", asked))
    return {
        (OPERATORS.get(word, "at_least"), float(number) / (100 if unit == "%" else 1))
        for word, number, unit in THRESHOLD.findall(asked)
    }


def bounds(requirement: Requirement) -> set[tuple[str, float]]:
    return {
        (operator, bound)
        for leaf in requirement.criteria.leaves()
        for operator in ("at_least", "above", "below", "at_most")
        if (bound := getattr(leaf, operator)) is not None
    }


def indicator(number: int) -> LeveledIndicator:
    row = STANDARD.indicator(number)
    assert isinstance(row, LeveledIndicator)
    return row


def shares_of(number: int) -> list[tuple[str, float]]:
    """The parts of a row's weighted average, and how much of it each makes."""
    weights = next(each.weights for each in indicator(number).measures.values() if each.weights)
    return [(part, weight / sum(weights.values())) for part, weight in weights.items()]


def test_each_table_has_its_rows() -> None:
    counts = Counter(row.table for row in STANDARD.indicators)

    assert counts == Counter(row.table for row in ROWS)
    assert list(counts.values()) == [11, 9, 8, 11, 6, 4]


@pytest.mark.parametrize("number", range(1, len(ROWS) + 1))
def test_a_row_has_the_words_of_the_document(number: int) -> None:
    row = STANDARD.indicators[number - 1]
    requirements = row.requirements if isinstance(row, LeveledIndicator) else {}

    held = DocumentRow(
        table=row.table or "",
        name=without_spaces(row.name),
        definition=without_spaces(row.definition),
        texts={level: without_spaces(each.text) for level, each in requirements.items()},
        departments=row.departments,
    )

    assert held == ROWS[number - 1]
    assert (row.first, row.second) == (held.table.split()[1], row.name)


@pytest.mark.parametrize(("row", "requirement"), REQUIREMENTS)
def test_thresholds_are_those_of_the_sentence(
    row: LeveledIndicator, requirement: Requirement
) -> None:
    assert bounds(requirement) == thresholds(requirement.text)


@pytest.mark.parametrize(("row", "requirement"), REQUIREMENTS)
def test_conditions_are_clauses_of_the_sentence_and_leave_none_out(
    row: LeveledIndicator, requirement: Requirement
) -> None:
    names = [row.conditions[leaf.condition].name for leaf in _conditions(requirement)]
    left = requirement.text
    for name in sorted(names, key=len, reverse=True):
        assert name in left
        left = left.replace(name, "", 1)

    assert not names or not LEFT_OF_CONDITIONS.sub("", left)


@pytest.mark.parametrize("row", STANDARD.leveled, ids=lambda row: str(row.number))
def test_formulas_are_those_inside_the_definition(row: LeveledIndicator) -> None:
    assert all(formula in row.definition for formula in row.formulas)
    assert sum(formula.count("=") for formula in row.formulas) == row.definition.count("=")


@pytest.mark.parametrize("row", STANDARD.leveled, ids=lambda row: str(row.number))
def test_a_ratio_divides_what_its_formula_divides(row: LeveledIndicator) -> None:
    parts = {part for each in row.measures.values() for part in each.weights or {}}
    whole = {name: each for name, each in row.measures.items() if name not in parts}

    for measure in filter(_has_formula, whole.values()):
        assert measure.numerator is not None
        assert measure.denominator is not None
        formula = f"{measure.numerator.name}/{measure.denominator.name}"
        assert any(
            each.replace("(", "")
            .replace(")", "")
            .endswith("=" + formula.replace("(", "").replace(")", ""))
            for each in row.formulas
        )


@pytest.mark.parametrize("row", STANDARD.leveled, ids=lambda row: str(row.number))
def test_every_share_names_what_it_divides_or_is_an_average_of_such(row: LeveledIndicator) -> None:
    divided = [each for each in row.measures.values() if each.kind in ("share", "ratio", "change")]

    assert all((each.numerator is None) is (each.weights is not None) for each in divided)


def test_the_environment_is_monitored_to_40_40_and_20_parts() -> None:
    assert shares_of(12) == [
        ("air_monitoring_rate", pytest.approx(0.4)),
        ("water_monitoring_rate", pytest.approx(0.4)),
        ("noise_monitoring_rate", pytest.approx(0.2)),
    ]


@pytest.mark.parametrize("number", [11, 16])
def test_water_electricity_and_gas_weigh_a_third_each(number: int) -> None:
    assert "三项考核内容权重各占1/3" in indicator(number).definition
    assert [share for _, share in shares_of(number)] == [pytest.approx(1 / 3)] * 3


@pytest.mark.parametrize(
    ("noise", "level"), [(0.4, None), (0.41, "four"), (0.9, "four"), (0.91, "five")]
)
def test_an_average_on_the_bound_does_not_exceed_it(noise: float, level: LevelName | None) -> None:
    figures = {
        "air_monitoring_rate": 0.9,
        "water_monitoring_rate": 0.9,
        "noise_monitoring_rate": noise,
    }

    reached = reach(indicator(12), figures)

    assert (reached.level, reached.status) == (level, "derived")


@pytest.mark.parametrize(("rank", "level"), [(1, "five"), (3, "five"), (4, "four"), (6, "four")])
def test_the_first_three_cities_hold_five_stars_and_the_next_three_hold_four(
    rank: int, level: LevelName
) -> None:
    assert reach(indicator(3), {"app_rank": rank}).level == level
    assert reach(indicator(3), {"app_rank": 7}).level is None


def test_each_leak_of_secrets_costs_the_share_of_the_total_that_its_sentence_says() -> None:
    security = STANDARD.security
    assert security is not None
    percent = re.search(r"扣除指标总分值的(\d+)%", ROWS[44].definition)

    assert percent is not None
    assert security.deduct_share_each == pytest.approx(int(percent[1]) / 100)
    assert security.text == security.definition
    assert (security.number, security.void_above, security.void_on_major_incident) == (
        45,
        None,
        False,
    )


def test_the_document_gives_no_points() -> None:
    points = [each.points for row in STANDARD.leveled for each in row.requirements.values()]

    assert set(points) == {None}
    assert not STANDARD.gives_points
    assert "分值" not in DOCUMENT.read_text(encoding="utf-8").replace("指标总分值", "")


def _conditions(requirement: Requirement) -> Iterator[Criterion]:
    return (leaf for leaf in requirement.criteria.leaves() if leaf.condition is not None)


def _has_formula(measure: Measure) -> bool:
    return measure.numerator is not None and "未列公式" not in (measure.note or "")
