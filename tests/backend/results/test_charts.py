import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from backend.results.charts import Chart, Row, draw, shortened

SVG = "{http://www.w3.org/2000/svg}"
EMPTY = "还没有可以计算满意度的答卷。"


def a_row(label: str = "任城区", value: float = 0.72, half_width: float = 0.03) -> Row:
    return Row(label, f"{value:.1%}", value, (value - half_width, value + half_width))


def texts(chart: Chart) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(draw(chart)).iter(f"{SVG}text"))  # noqa: S314


def words(chart: Chart) -> list[str]:
    return [element.text or "" for element in texts(chart)]


def test_labels_and_figures_stay_text() -> None:
    chart = Chart((a_row("任城区"), a_row("济宁高新技术产业开发区", 0.683)), EMPTY)

    shown = words(chart)

    assert {"任城区", "72.0%", "济宁高新技术产业开发区", "68.3%"} <= set(shown)


def test_the_same_chart_is_the_same_bytes() -> None:
    chart = Chart((a_row(),), EMPTY, lines=(0.6, 0.7), whole=a_row("", 0.71))

    assert draw(chart) == draw(chart)


def test_the_lines_of_the_rule_are_named_on_top() -> None:
    chart = Chart((a_row(),), EMPTY, lines=(0.6, 0.7))

    assert {"60%", "70%"} <= set(words(chart))


def test_a_district_kept_back_has_its_reason_and_no_mark() -> None:
    shown = Chart((a_row(), a_row("兖州区")), EMPTY)
    kept_back = Chart((a_row(), Row("兖州区", "样本太少")), EMPTY)

    assert "样本太少" in words(kept_back)
    assert draw(kept_back).count("<use ") == draw(shown).count("<use ") - 1


@pytest.mark.parametrize("rows", [(), (Row("任城区", "样本太少"),)], ids=["none", "all kept back"])
def test_without_a_value_it_says_so(rows: tuple[Row, ...]) -> None:
    chart = Chart(rows, EMPTY, lines=(0.6, 0.7))

    assert words(chart) == [EMPTY]


@pytest.mark.parametrize("count", [1, 12, 30])
def test_no_two_rows_write_on_the_same_line(count: int) -> None:
    chart = Chart(tuple(a_row(f"县{number}") for number in range(count)), EMPTY)

    heights = sorted(float(e.attrib["y"]) for e in texts(chart) if (e.text or "").startswith("县"))

    assert len(heights) == count
    assert all(after - before >= 20 for before, after in pairwise(heights))


@pytest.mark.parametrize("value", [0.0, 0.004, 0.5, 0.996, 1.0])
def test_the_axis_holds_every_share(value: float) -> None:
    row = Row("任城区", f"{value:.1%}", value, (max(value - 0.01, 0), min(value + 0.01, 1)))

    written = texts(Chart((row,), EMPTY))

    bottom = max(float(element.attrib["y"]) for element in written)
    scale = [
        float((element.text or "").rstrip("%")) / 100
        for element in written
        if float(element.attrib["y"]) == bottom
    ]
    assert min(scale) <= value <= max(scale)


def test_a_label_that_is_too_long_ends_in_an_ellipsis() -> None:
    long = "对本市网上和大厅办理各类政务服务事项的便利程度的总体评价情况"

    short = shortened(long)

    assert short.endswith("…")
    assert long.startswith(short[:-1])
    assert len(short) <= 23


def test_a_label_with_signs_of_markup_stays_a_label() -> None:
    chart = Chart((a_row("<甲> & $乙$"),), EMPTY)

    assert "<甲> & $乙$" in words(chart)


def test_nothing_is_fetched_and_no_script_runs() -> None:
    svg = draw(Chart((a_row(),), EMPTY, lines=(0.7,)))

    assert "<script" not in svg
    assert not re.search(r'href="(?!#)', svg.split("</metadata>")[1])
