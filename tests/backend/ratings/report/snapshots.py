"""Snapshots to report: Jining by the standard that ships, every level held, rated by the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import analysis.shipped
from analysis.rating.assessment import (
    Assessment,
    Figures,
    InnovationCase,
    SecurityDeduction,
    SecurityRecord,
)
from analysis.rating.rate import Line, Rating, rate
from analysis.rating.standard import Criterion, LeveledIndicator
from backend.ratings.live.rules import rules_part
from backend.ratings.live.snapshot import (
    BoundPart,
    BoundsPart,
    EvidencePart,
    IncidentPart,
    InnovationPart,
    RequirementPart,
    RoundPart,
    RowPart,
    Snapshot,
    StandardPart,
)
from backend.ratings.live.snapshot_rows import figure_parts
from backend.ratings.live.snapshotting import headings
from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.shape import level_of, shape_rating

AS_OF = date(2024, 10, 31)
MADE_AT = datetime(2024, 11, 5, 1, 30, tzinfo=UTC)
CLOSED_AT = datetime(2024, 11, 6, 2, 0, tzinfo=UTC)
NOTES: Mapping[int, str] = {2: "贯通率按省标准化事项清单（2024 年版）核对。"}
CASES = (
    InnovationCase(date(2024, 5, 8), "“数字孪生太白湖”入选省级优秀应用场景", "award", "link:1"),
    InnovationCase(date(2023, 9, 1), "智慧城市大赛二等奖", "award", "link:2"),
    InnovationCase(date(2021, 3, 1), "早先的奖项", "award", "link:3"),
    InnovationCase(date(2024, 6, 1), "大众日报报道“一码通行”", "provincial_media", "link:4"),
    InnovationCase(date(2024, 7, 1), "人民日报报道“无证明城市”", "central_media", "link:5"),
)
DEDUCTIONS = (SecurityDeduction(date(2024, 3, 1), 2.0, "弱口令未按期整改"),)


def good_figures(indicator: LeveledIndicator, level: str) -> dict[str, float | bool]:
    """Figures that meet the requirement of a level, each standing on its line."""
    figures: dict[str, float | bool] = {}
    for leaf in indicator.requirements[level].criteria.leaves():  # type: ignore[index]
        for name in _entered(indicator, leaf):
            figures[name] = True if leaf.condition else _meeting(indicator, leaf)
    return figures


def a_snapshot(
    *,
    standard_id: str = "shandong-2023-city",
    satisfaction: float | None = 0.684,
    is_closed: bool = True,
    cases: Sequence[InnovationCase] = CASES,
    deductions: Sequence[SecurityDeduction] = DEDUCTIONS,
    major_incident: bool = False,
    levels: Mapping[int, str] | None = None,
    notes: Mapping[int, str] = NOTES,
    **of_round: Any,
) -> Snapshot:
    """A snapshot; `levels` are those held by indicator number, by default most are at four."""
    standard = analysis.shipped.standard(standard_id)
    figures = {
        row.number: good_figures(row, level)
        for row in standard.leveled
        if (level := _level_of(row, levels)) is not None
    }
    assessment = Assessment(
        standard=standard,
        as_of=AS_OF,
        satisfaction=satisfaction if standard.survey else None,
        figures=figures,
        security=SecurityRecord(tuple(deductions), major_incident)
        if standard.security
        else SecurityRecord(),
        innovations=tuple(cases) if standard.innovation else (),
    )
    rating = rate(assessment)
    return Snapshot(
        software="0.1.0",
        made_at=MADE_AT,
        standard=StandardPart(
            id=standard.id,
            title=standard.title,
            document=f"{standard.document.number}《{standard.document.title}》",
            unit=standard.unit,
            sha256="ab" * 32,
            notes=[star.text for star in standard.stars],
        ),
        rules=rules_part(standard, AS_OF),
        round=_round(is_closed, of_round),
        rating=shape_rating(assessment, rating, str),
        vetoes=list(rating.vetoes),
        bounds=_bounds(assessment, satisfaction),
        headings=headings(rating),
        rows=[
            _row(line, figures.get(line.indicator.number), notes.get(line.indicator.number, ""))
            for line in rating.lines
        ],
        innovations=_innovations(rating, cases),
        incidents=_incidents(deductions, major_incident),
        satisfaction=a_satisfaction(satisfaction) if satisfaction is not None else None,
        tabulation=None,
    )


@cache
def jining() -> Snapshot:
    """The snapshot as it comes, made once."""
    return a_snapshot()


def a_satisfaction(share: float) -> dict[str, Any]:
    """What the API says of a satisfaction, as far as a report shows it."""
    return {
        "item": "composite",
        "survey": "citizen-experience-2023",
        "n": 1180,
        "estimate": share,
        "se": 0.0125,
        "ci": [share - 0.025, share + 0.025],
        "n_effective": 902.5,
        "as_of": "2024-11-05T09:30:00+08:00",
        "responses": 1203,
        "excluded": {"duplicate": 23},
        "simulated": 0,
        "methodology": {
            "method": "top_two_box",
            "name": "各项满意率的加权平均",
            "weighting": {
                "method": "rake",
                "description": "按人口结构逐一比例调整（rake）",
                "variables": ["district", "sex"],
                "margins": "jining-adults-2020",
                "source": "第七次全国人口普查，18 岁及以上",
            },
            "variance": "泰勒线性化，计入校准",
            "interval": {"name": "模型精度区间", "kind": "logit", "confidence_level": 0.95},
            "item_nonresponse": "不了解/未使用不进入分母",
            "participation": "公开链接，自愿参加",
            "small_domains": "少于 30 份答卷的地方不显示",
            "disclosure": {
                "statements": [
                    {
                        "item": "sponsor",
                        "name": "发起单位",
                        "code": "stated",
                        "text": "济宁市大数据中心",
                    }
                ],
                "unknown": [],
                "questions": [],
            },
        },
    }


def _level_of(row: LeveledIndicator, levels: Mapping[int, str] | None) -> str | None:
    if levels is not None:
        return levels.get(row.number)
    wanted = "five" if row.number % 3 == 0 else "four" if row.number % 7 else None
    if wanted is None or wanted in row.requirements:
        return wanted
    return next(iter(row.requirements))


def _entered(indicator: LeveledIndicator, leaf: Criterion) -> list[str]:
    name = leaf.measure or leaf.condition or ""
    measure = indicator.measures.get(name)
    return list((measure.weights if measure else None) or [name])


def _meeting(indicator: LeveledIndicator, leaf: Criterion) -> float:
    bounds = (leaf.at_least, leaf.at_most)
    exact = next((bound for bound in bounds if bound is not None), None)
    if exact is not None:
        return exact
    measure = indicator.measures[leaf.measure or ""]
    step = 1.0 if measure.kind in ("count", "rank") else 0.01
    return leaf.above + step if leaf.above is not None else max(0.0, (leaf.below or 0.0) - step)


def _round(is_closed: bool, of_round: Mapping[str, Any]) -> RoundPart:
    part = RoundPart(
        slug="jining-2024",
        title="济宁市 2024 年新型智慧城市评价",
        area_name="济宁市",
        division_code="370800",
        opens_on=date(2024, 9, 1),
        due_on=date(2024, 10, 15),
        as_of=AS_OF,
        security_from=date(2024, 1, 1),
        national_benchmark=False,
        is_demonstration=False,
        closed_by="evaluator@jining.example" if is_closed else None,
        closed_at=CLOSED_AT if is_closed else None,
    )
    return part.model_copy(update=dict(of_round))


def _bounds(assessment: Assessment, satisfaction: float | None) -> BoundsPart | None:
    if satisfaction is None or assessment.satisfaction is None:
        return None
    lower, estimate, upper = (
        _bound(assessment, share)
        for share in (satisfaction - 0.025, satisfaction, satisfaction + 0.025)
    )
    settled = (
        len({(each.star, each.vetoed, each.survey_deduction) for each in (lower, estimate, upper)})
        == 1
    )
    return BoundsPart(lower=lower, estimate=estimate, upper=upper, is_settled=settled)


def _bound(assessment: Assessment, share: float) -> BoundPart:
    rating = rate(replace(assessment, satisfaction=share))
    star = rating.standing.star if rating.standing else None
    return BoundPart(
        satisfaction=share,
        total=rating.total,
        star=star.star if star else "none",
        vetoed=bool(rating.vetoes),
        survey_deduction=rating.survey_deduction,
    )


def _row(line: Line, figures: Figures | None, note: str) -> RowPart:
    indicator = line.indicator
    leveled = indicator if isinstance(indicator, LeveledIndicator) else None
    has_points = line.maximum > 0 or leveled is None
    return RowPart(
        number=indicator.number,
        table=indicator.table,
        first=indicator.first,
        second=indicator.second,
        name=indicator.name,
        definition=indicator.definition,
        departments=list(indicator.departments),
        requirements=[
            RequirementPart(level=level, text=each.text, points=each.points)
            for level, each in (leveled.requirements.items() if leveled else ())
        ],
        state=("accepted" if figures else "empty") if leveled else None,
        counts=bool(figures) or leveled is None,
        level=level_of(line),
        status=line.reached.status if line.reached else None,
        missing=list(line.reached.missing) if line.reached else [],
        points=line.points if has_points else None,
        maximum=line.maximum if has_points else None,
        rule=line.rule,
        source=line.source,
        figures=list(figure_parts(leveled, _stored(leveled, figures or {}))) if leveled else [],
        note=note,
        evidence=_evidence(indicator.number) if figures else [],
        changed_by="department@jining.example" if figures else None,
        changed_at=MADE_AT if figures else None,
    )


def _stored(indicator: LeveledIndicator, figures: Figures) -> dict[str, StoredFigure]:
    """The figures as they are entered: ratios by their two sides."""
    return {
        name: {"numerator": round(1000 * figure, 6), "denominator": 1000.0}
        if name in indicator.measures and indicator.measures[name].numerator
        else figure
        for name, figure in figures.items()
    }


def _evidence(number: int) -> list[EvidencePart]:
    if number % 2:
        return [
            EvidencePart(
                public_id=f"evidence-{number}",
                title=f"第 {number} 项佐证",
                url=None,
                file_name=f"第{number}项佐证.pdf",
                sha256=f"{number:064x}",
            )
        ]
    return [
        EvidencePart(
            public_id=f"evidence-{number}",
            title="门户网站公示",
            url=f"https://www.jining.example/{number}",
            file_name=None,
            sha256=None,
        )
    ]


def _innovations(rating: Rating, cases: Sequence[InnovationCase]) -> list[InnovationPart]:
    bonus, row = rating.innovation, rating.standard.innovation
    if bonus is None or row is None:
        return []
    points = {id(each.case): each.points for each in bonus.counted}
    reasons = {id(each.case): each.reason for each in bonus.left_out}
    return [
        InnovationPart(
            public_id=f"case-{at}",
            kind=case.kind,
            kind_name=row.kinds[case.kind].name,
            dated_on=case.dated_on,
            title=case.title,
            issuer="山东省大数据局",
            department="市大数据中心",
            evidence_url="https://www.jining.example/case",
            points=points.get(id(case)),
            reason=reasons.get(id(case)),
        )
        for at, case in enumerate(cases, 1)
    ]


def _incidents(deductions: Sequence[SecurityDeduction], major: bool) -> list[IncidentPart]:
    return [
        IncidentPart(
            public_id=f"incident-{at}",
            dated_on=each.dated_on,
            points=each.points,
            is_major=major and at == 1,
            notice=each.reason,
            handling="已整改并反馈",
            state="closed",
        )
        for at, each in enumerate(deductions, 1)
    ]
