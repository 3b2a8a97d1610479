"""The two standards of 2023 against the tables of the document, word for word."""

import re

import pytest

from analysis import shipped
from analysis.rating.standard import Criterion, LeveledIndicator, LevelName, Measure, Standard
from tests.analysis.rating.jining_tables import TableRow, star_notes, table_rows
from tests.analysis.rating.thresholds import thresholds

LEVELS: tuple[LevelName, ...] = ("three", "four", "five")
# Formulas of which the requirements name several, one for each class of institution.
SPLIT_FORMULAS = {
    "电子病历系统应用水平达到相应级别的医疗机构占比",
    "诊间结算覆盖率",
    "床旁结算覆盖率",
    "医保电子凭证全流程就医服务覆盖率",
    "定点医疗机构医保移动支付覆盖率",
}

both_tables = pytest.mark.parametrize("unit", ["city", "county"])


def standard_of(unit: str) -> Standard:
    return shipped.standard(f"shandong-2023-{unit}")


def leveled_rows(unit: str) -> list[tuple[TableRow, LeveledIndicator]]:
    rows = {row.number: row for row in table_rows(unit)}
    return [(rows[each.number], each) for each in standard_of(unit).leveled]


def requirements(unit: str) -> list[tuple[str, LeveledIndicator, str, Criterion]]:
    """Where it stands, whose it is, its text in the document, and our criteria."""
    return [
        (f"{row.number} {level}", indicator, cell, indicator.requirements[level].criteria)
        for row, indicator in leveled_rows(unit)
        for level, cell in zip(LEVELS, (_without_points(cell) for cell in row.cells), strict=True)
        if cell != "/"
    ]


def _without_points(cell: str) -> str:
    return re.sub(r"\([\d.]+分\)$", "", cell)


def _bare(text: str) -> str:
    return re.sub(r"[\s;:,。]", "", text)


@both_tables
def test_every_row_has_the_headings_and_departments_of_the_table(unit: str) -> None:
    rows = table_rows(unit)

    ours = [
        (each.number, each.first, each.second, each.name, each.departments)
        for each in standard_of(unit).indicators
    ]

    assert ours == [(row.number, row.first, row.second, row.name, row.departments) for row in rows]
    assert len(ours) == {"city": 45, "county": 38}[unit]


@both_tables
def test_definition_formulas_and_notes_are_the_explanation_cut_in_pieces(unit: str) -> None:
    rows = table_rows(unit)

    for row, each in zip(rows, standard_of(unit).indicators, strict=True):
        pieces = [each.definition, *each.formulas, *each.notes]
        if each.formulas and row.explanation.startswith(each.formulas[0]):
            assert pieces.pop(0) == each.formulas[0].partition("=")[0]
        assert _bare("".join(pieces)) == _bare(row.explanation.replace("注:", "", 1)), row.number


@both_tables
def test_each_formula_is_one_division(unit: str) -> None:
    formulas = [formula for each in standard_of(unit).indicators for formula in each.formulas]

    shapes = {(formula.count("="), formula.count("/")) for formula in formulas}

    assert shapes == {(1, 1)}


@both_tables
def test_every_level_has_the_text_and_points_of_its_cell(unit: str) -> None:
    for row, indicator in leveled_rows(unit):
        asked = [indicator.requirements.get(level) for level in LEVELS]

        ours = tuple(f"{each.text}({each.points:g}分)" if each else "/" for each in asked)

        assert ours == row.cells, row.number


@both_tables
def test_the_bounds_of_a_requirement_are_the_numbers_in_its_text_in_their_order(unit: str) -> None:
    for where, _, text, criteria in requirements(unit):
        asked = thresholds(text)

        ours = [_bound(leaf) for leaf in criteria.leaves() if leaf.measure]

        assert [operator for operator, _ in ours] == [operator for operator, _, _ in asked], where
        assert [bound for _, bound in ours] == pytest.approx([at for _, at, _ in asked]), where


@both_tables
def test_every_bounded_measure_has_the_unit_that_stands_behind_the_number(unit: str) -> None:
    for where, indicator, text, criteria in requirements(unit):
        asked = [name for _, _, name in thresholds(text)]

        measured = [leaf.measure for leaf in criteria.leaves() if leaf.measure]

        units = [_unit_written(indicator.measures[name]) for name in measured]
        assert units == asked, where


@both_tables
def test_alternatives_are_where_the_text_says_or(unit: str) -> None:
    texts = {where: text for where, _, text, _ in requirements(unit)}

    alternatives = {where for where, _, _, criteria in requirements(unit) if _has_any(criteria)}

    assert alternatives == {where for where, text in texts.items() if "或" in text}


@both_tables
def test_conditions_are_named_in_the_words_of_every_requirement_that_asks_them(unit: str) -> None:
    for where, indicator, text, criteria in requirements(unit):
        names = _conditions(indicator, criteria)

        strange = [name for name in names if not re.search(_pattern(name), text)]

        assert strange == [], where


@both_tables
def test_no_clause_of_a_requirement_is_left_without_a_measure_or_condition(unit: str) -> None:
    for where, indicator, text, criteria in requirements(unit):
        parts = [part for name in _conditions(indicator, criteria) for part in name.split("…")]
        words = [part for part in parts if len(part) > len("建成全域")]

        left = [
            clause
            for clause in re.split("[;,、]|以及", text)
            if not thresholds(clause)
            and not any(word in clause or clause in word for word in words)
        ]

        assert left == [], where


@both_tables
def test_a_measure_divides_what_its_formula_divides(unit: str) -> None:
    for row, indicator in leveled_rows(unit):
        by_name = {each.name: each for each in indicator.measures.values()}
        for formula in indicator.formulas:
            name, _, division = formula.partition("=")
            if name in SPLIT_FORMULAS:
                continue

            measure = by_name[name]

            assert measure.numerator is not None
            assert measure.denominator is not None
            divided = f"{measure.numerator.name}/{measure.denominator.name}"
            assert divided == re.sub(r"\((?:万人|km²|AI分析.*)\)", "", division), row.number


@both_tables
def test_the_star_levels_are_those_below_the_table(unit: str) -> None:
    stars = standard_of(unit).stars

    assert [star.text for star in stars] == star_notes(unit)
    assert [star.points for star in stars] == [40, 70, 80, 90]
    assert [star.star for star in stars if star.needs_benchmark] == ["five"]
    for star in stars:
        name = star.name.replace("（", "(").replace("）", ")")
        assert star.text.startswith(f"{name}:指标整体得分不低于{star.points:g}分")


@pytest.mark.parametrize(("unit", "base", "bonus"), [("city", 90, 10), ("county", 85, 15)])
def test_the_points_add_up_to_a_hundred(unit: str, base: float, bonus: float) -> None:
    standard = standard_of(unit)

    assert sum(each.maximum for each in standard.leveled) == base
    assert standard.innovation is not None
    assert standard.innovation.cap == bonus
    assert standard.maximum == 100


@both_tables
def test_the_security_row_has_the_limit_of_its_sentence(unit: str) -> None:
    row, security = table_rows(unit)[-3], standard_of(unit).security

    assert security is not None
    assert (security.number, security.text) == (row.number, row.cells[0])
    assert security.void_on_major_incident
    limit = f"累计扣分超过{security.void_above:g}分或出现重大网络安全事件,整体不得分"
    assert security.text.endswith(limit)


@both_tables
def test_the_innovation_row_has_the_points_and_caps_of_its_sentences(unit: str) -> None:
    row, innovation = table_rows(unit)[-2], standard_of(unit).innovation

    assert innovation is not None
    assert (innovation.number, innovation.text) == (row.number, row.cells[0])
    texts = [kind.text for kind in innovation.kinds.values()]
    assert "; ".join([*texts, f"本项最高得{innovation.cap:g}分"]) == innovation.text
    for kind in innovation.kinds.values():
        cap = f",最高得{kind.cap:g}分" if kind.cap else ""
        assert kind.text.endswith(f"的,每项得{kind.points:g}分{cap}")
    assert list(innovation.kinds) == ["award", "provincial_media", "central_media"]
    assert f"近{'零一两三'[innovation.window_years]}年" in row.explanation


@both_tables
def test_the_survey_row_has_the_lines_of_its_sentence(unit: str) -> None:
    row, survey = table_rows(unit)[-1], standard_of(unit).survey

    assert survey is not None
    assert (survey.number, survey.text) == (row.number, row.cells[0])
    deduction = f"公众满意度低于{survey.deduct_below:.0%}的,减{survey.deduct_points:g}分"
    assert survey.text == f"{deduction};公众满意度低于{survey.void_below:.0%}的,整体不得分"


def test_a_key_means_the_same_in_both_tables() -> None:
    city, county = (
        {
            key: measure
            for each in standard_of(unit).leveled
            for key, measure in each.measures.items()
        }
        for unit in ("city", "county")
    )

    shared = city.keys() & county.keys()

    assert {key: city[key] for key in shared} == {key: county[key] for key in shared}
    assert "online_rate" in shared


def _bound(leaf: Criterion) -> tuple[str, float]:
    operators = ("at_least", "above", "below", "at_most")
    return next((name, bound) for name in operators if (bound := getattr(leaf, name)) is not None)


def _unit_written(measure: Measure) -> str:
    """The unit as a requirement writes it: per cent for shares, 个 for 个/万人."""
    return "%" if measure.kind == "share" else (measure.unit or "").removesuffix("/万人")


def _has_any(criterion: Criterion) -> bool:
    return criterion.any is not None or any(_has_any(part) for part in criterion.all or ())


def _conditions(indicator: LeveledIndicator, criteria: Criterion) -> list[str]:
    return [
        indicator.conditions[leaf.condition].name for leaf in criteria.leaves() if leaf.condition
    ]


def _pattern(name: str) -> str:
    """A condition's words, with anything in place of "…"."""
    return ".*".join(re.escape(part) for part in name.split("…"))
