"""What a report says of a snapshot."""

from dataclasses import replace

import pytest

from backend.ratings.live.snapshot import FigurePart
from backend.ratings.report.figures import figure_text, share_beside
from backend.ratings.report.freezing import canonical, read_frozen
from backend.ratings.report.views import Fact
from tests.backend.ratings.report.readers import a_page, row_of
from tests.backend.ratings.report.snapshots import DEDUCTIONS, a_snapshot, jining


def test_the_parts_add_up_to_the_total() -> None:
    page = a_page(jining())

    points = [float(line.points) for line in page.sums]
    assert sum(points[:-1]) == points[-1] == float(page.total)


def test_a_preview_says_so_and_a_closed_round_says_when() -> None:
    preview, closed = a_page(a_snapshot(is_closed=False)), a_page(jining())

    assert (preview.preview is None, preview.closed is None) == (False, True)
    assert closed.preview is None
    assert closed.closed == "本轮评价已于 2024-11-06 10:00 结束，数据已冻结。"


def test_a_veto_is_told_and_leaves_nothing() -> None:
    page = a_page(a_snapshot(satisfaction=0.59))

    assert page.verdicts == ("公众满意度低于 60%，整体不得分",)
    assert (page.total, page.star) == ("0", "未达到三星级")


def test_a_major_incident_is_told() -> None:
    page = a_page(a_snapshot(major_incident=True))

    assert page.verdicts == ("出现重大网络安全事件，整体不得分",)
    assert page.incidents[0].is_major


def test_a_verdict_that_could_flip_is_shown_as_such() -> None:
    satisfaction = a_page(a_snapshot(satisfaction=0.69)).satisfaction

    assert satisfaction is not None
    assert not satisfaction.is_settled
    assert [line.deduction for line in satisfaction.bounds] == ["-10", "-10", "0"]


def test_a_rating_without_survey_says_so() -> None:
    page = a_page(a_snapshot(satisfaction=None))

    assert page.satisfaction is None
    assert "尚未调查公众满意度" in page.notes[0]
    assert page.no_satisfaction


@pytest.mark.parametrize(
    ("share", "text"), [(0.7, "70.00%"), (0.69998, "69.998%"), (0.6999999, "69.99999%")]
)
def test_a_share_is_not_rounded_onto_a_line_that_it_misses(share: float, text: str) -> None:
    assert share_beside(share, (0.7, 0.6)) == text


@pytest.mark.parametrize("kind", ["share", "ratio", "change"])
def test_what_is_entered_in_per_cent_is_printed_so(kind: str) -> None:
    figure = FigurePart(
        key="growth",
        name="增长",
        kind=kind,
        unit=None,
        value=1.2,
        numerator=None,
        denominator=None,
        numerator_name=None,
        denominator_name=None,
    )

    assert figure_text(figure, str) == "120%"


def test_a_row_shows_the_requirement_of_the_level_held() -> None:
    row = row_of(a_page(a_snapshot(levels={1: "four"})), 1)

    assert (row.level, row.points, row.maximum) == ("四星级", "1", "1.5")
    assert row.requirement == "四星级：政务服务事项在线率达到90%"
    assert row.figures[0].value == "90%"


def test_a_row_without_a_level_shows_what_the_lowest_asks_for_and_what_is_missing() -> None:
    row = row_of(a_page(a_snapshot(levels={})), 1)

    assert row.requirement == "未达到三星级：政务服务事项在线率达到80%"
    assert row.missing == "缺少：政务服务事项在线率"


def test_a_case_that_adds_nothing_says_why() -> None:
    cases = {case.title: case for case in a_page(jining()).cases}

    assert cases["早先的奖项"].outcome == "早于计分期（2022-11-01 至 2024-10-31）"
    assert not cases["早先的奖项"].is_counted


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    snapshot = jining()
    row = snapshot.rows[1]
    bad = row.evidence[0].model_copy(update={"url": "javascript:alert(1)"})
    rows = [*snapshot.rows]
    rows[1] = row.model_copy(update={"evidence": [bad]})

    line = row_of(a_page(snapshot.model_copy(update={"rows": rows})), 2)

    assert line.evidence[0].url is None


def test_a_standard_without_points_reports_levels_by_table() -> None:
    page = a_page(a_snapshot(standard_id="shandong-2020-city"))

    assert (page.has_points, page.sums, page.headings) == (False, (), ())
    assert page.tables[0].name == "表一 数字惠民建设指标"
    assert page.tables[0].reached == (Fact("四星级", "10"), Fact("五星级", "3"))


@pytest.mark.parametrize(
    "standard_id", ["shandong-2023-city", "shandong-2023-county", "shandong-2020-city"]
)
def test_a_frozen_document_says_what_the_rating_said(standard_id: str) -> None:
    snapshot = a_snapshot(standard_id=standard_id)

    assert a_page(read_frozen(canonical(snapshot))) == a_page(snapshot)


def test_the_frozen_text_is_the_same_for_the_same_snapshot() -> None:
    first, second = canonical(jining()), canonical(jining())

    assert first == second
    assert canonical(read_frozen(first)) == first


def test_the_method_quotes_the_document_and_its_place() -> None:
    survey = next(each for each in a_page(jining()).methodology if each.name == "市民体验调查")

    assert survey.quotes == ("公众满意度低于70%的,减10分;公众满意度低于60%的,整体不得分",)
    assert survey.source.endswith("第45项")


def test_security_incidents_are_written_as_deductions() -> None:
    deductions = (*DEDUCTIONS, replace(DEDUCTIONS[0], points=3.0))

    page = a_page(a_snapshot(deductions=deductions))

    assert [line.points for line in page.incidents] == ["-2", "-3"]
    assert next(line.points for line in page.sums if line.name == "网络安全扣分") == "-5"
