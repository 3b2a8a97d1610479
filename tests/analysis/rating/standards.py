"""Small standards and assessments to test with: the rows and figures of the 2023 city table for
security, innovation, survey and stars, and as many leveled indicators as a test is about.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from analysis.rating.assessment import Assessment
from analysis.rating.standard import (
    InnovationIndicator,
    LeveledIndicator,
    LevelName,
    SecurityIndicator,
    Standard,
    SurveyIndicator,
)

AS_OF = date(2024, 10, 31)
DOCUMENT = {
    "number": "济政办字〔2023〕23号",
    "title": "示例指标",
    "table": "任务分工",
    "issued_on": date(2023, 3, 30),
}
STARS: tuple[dict[str, Any], ...] = (
    {"star": "three", "name": "三星级", "points": 40, "text": "不低于40分"},
    {"star": "four_basic", "name": "四星级基础型", "points": 70, "text": "不低于70分"},
    {"star": "four_growth", "name": "四星级成长型", "points": 80, "text": "不低于80分"},
    {
        "star": "five",
        "name": "五星级",
        "points": 90,
        "needs_benchmark": True,
        "text": "不低于90分,且打造成为全国领先的新型智慧城市标杆",
    },
)
# What an indicator asks for when a test does not say.
ONLINE_RATE: dict[LevelName, dict[str, Any]] = {
    "three": {"measure": "online_rate", "at_least": 0.5},
    "four": {"measure": "online_rate", "at_least": 0.7},
    "five": {"measure": "online_rate", "at_least": 0.9},
}


def _heading(name: str) -> dict[str, Any]:
    return {"number": 1, "first": "优政", "second": name, "name": name, "definition": name}


SECURITY = SecurityIndicator.model_validate(
    {
        **_heading("网络安全事件"),
        "kind": "security",
        "text": "累计扣分超过20分或出现重大网络安全事件,整体不得分",
        "void_above": 20,
        "void_on_major_incident": True,
    }
)
# Table "失泄密事件" of 2020: each incident costs a share of the total.
LEAKS = SecurityIndicator.model_validate(
    {
        **_heading("失泄密事件"),
        "kind": "security",
        "text": "每发生一次扣除总分的2%",
        "deduct_share_each": 0.02,
    }
)
INNOVATION = InnovationIndicator.model_validate(
    {
        **_heading("创新示范"),
        "kind": "innovation",
        "text": "最高得10分",
        "window_years": 2,
        "cap": 10,
        "kinds": {
            "award": {"name": "奖项", "text": "每项得0.5分,最高得3分", "points": 0.5, "cap": 3},
            "provincial_media": {
                "name": "省级媒体",
                "text": "每项得1分,最高得3分",
                "points": 1,
                "cap": 3,
            },
            "central_media": {"name": "中央媒体", "text": "每项得2分", "points": 2},
        },
    }
)
SURVEY = SurveyIndicator.model_validate(
    {
        **_heading("市民体验调查"),
        "kind": "survey",
        "text": "公众满意度低于70%的,减10分;公众满意度低于60%的,整体不得分",
        "deduct_below": 0.7,
        "deduct_points": 10,
        "void_below": 0.6,
    }
)


def an_indicator(
    points: Mapping[LevelName, float | None] | Sequence[float | None] = (10, 20, 30),
    *,
    criteria: Mapping[LevelName, Mapping[str, Any]] | None = None,
    measures: Mapping[str, Mapping[str, Any]] | None = None,
    **overrides: Any,
) -> LeveledIndicator:
    """A leveled indicator; `a_standard` numbers it.

    Parameters
    ----------
    points
        By level, or of the highest levels in ascending order: two points are of four and five.
    criteria
        By level; what is left out asks for the default's `online_rate`.
    measures
        By name; what the criteria name beside them is a share. Conditions follow from the criteria.
    """
    names: tuple[LevelName, ...] = ("three", "four", "five")
    by_level = (
        dict(points)
        if isinstance(points, Mapping)
        else dict(zip(names[-len(points) :], points, strict=True))
    )
    requirements: dict[str, dict[str, Any]] = {
        level: {"text": f"{level}", "points": by_level[level], "criteria": asked}
        for level in names
        if level in by_level
        for asked in [(criteria or {}).get(level) or ONLINE_RATE[level]]
    }
    leaves = [leaf for each in requirements.values() for leaf in _leaves(each["criteria"])]
    shares = {leaf["measure"]: {"kind": "share"} for leaf in leaves if "measure" in leaf}
    return LeveledIndicator.model_validate(
        {
            **_heading("示例"),
            "kind": "levels",
            "measures": {
                name: {"name": name, **measure}
                for name, measure in {**shares, **(measures or {})}.items()
            },
            "conditions": {
                leaf["condition"]: {"name": leaf["condition"]}
                for leaf in leaves
                if "condition" in leaf
            },
            "requirements": requirements,
            **overrides,
        }
    )


def a_standard(
    indicators: Sequence[LeveledIndicator] | None = None,
    *,
    security: SecurityIndicator | None = SECURITY,
    innovation: InnovationIndicator | None = INNOVATION,
    survey: SurveyIndicator | None = SURVEY,
    stars: Sequence[Mapping[str, Any]] = STARS,
) -> Standard:
    """A standard of 90 + 10 points: three indicators of 10, 20 and 30 points, then the other rows.

    None leaves a row out, and no stars make a document that gives no points.
    """
    leveled = [an_indicator() for _ in range(3)] if indicators is None else indicators
    rows = [*leveled, *(row for row in (security, innovation, survey) if row is not None)]
    return Standard.model_validate(
        {
            "id": "example-city",
            "title": "示例指标",
            "unit": "city",
            "document": DOCUMENT,
            "levels": ("three", "four", "five"),
            "level_names": {"three": "三星级", "four": "四星级", "five": "五星级"},
            "stars": list(stars),
            "indicators": [
                {**row.model_dump(), "number": number} for number, row in enumerate(rows, start=1)
            ],
        }
    )


def an_assessment(standard: Standard | None = None, **facts: Any) -> Assessment:
    """An assessment as of 2024-10-31, satisfied to 80 %, of which nothing else is known."""
    return Assessment(
        **{"standard": standard or a_standard(), "as_of": AS_OF, "satisfaction": 0.8, **facts}
    )


def _leaves(criterion: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    joined = criterion.get("all") or criterion.get("any")
    if joined is None:
        yield criterion
    for part in joined or ():
        yield from _leaves(part)
