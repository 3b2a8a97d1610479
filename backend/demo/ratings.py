"""The demonstration's ratings: a round for the city and for some of its counties, with figures that
are made up from the standard's own bounds, and registers with a few entries.

All of it goes the way that staff go, and is marked as a demonstration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from analysis.rating.standard import LEVELS, LeveledIndicator, LevelName
from backend.ratings.evidence.new import NewEvidence
from backend.ratings.registers.areas import fetch_area
from backend.ratings.registers.incident import IncidentFields, IncidentState
from backend.ratings.registers.innovation_case import CaseFields, CaseState
from backend.ratings.registers.innovation_service import list_cases, propose, review
from backend.ratings.registers.security_service import register
from backend.ratings.rounds.entry import Entry
from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.rounds.round import Round
from backend.ratings.rounds.service import (
    NewRound,
    RowAt,
    accept_row,
    attach,
    list_rounds,
    open_round,
    return_row,
    save_row,
    submit_row,
)
from backend.staff.service import Role, Staff

CITY, CITY_NAME = "370800", "济宁市"
# How likely a level is aimed at, by area: nothing entered, then three, four, five stars.
CITY_AIMS = (0.05, 0.15, 0.35, 0.45)
COUNTY_AIMS = {
    "370811": (0.05, 0.1, 0.45, 0.4),
    "370881": (0.05, 0.15, 0.4, 0.4),
    "370883": (0.02, 0.08, 0.4, 0.5),
    "370827": (0.1, 0.4, 0.4, 0.1),
}
# What becomes of a row that is entered: accepted, submitted, returned, or still a draft.
FATES = (0.7, 0.12, 0.06, 0.12)
# Title, kind, issuing body, and how many days before the round's day.
CASES = (
    ("“一网统揽”城市运行场景", "award", "省级智慧城市赛事组委会（演示）", 120),
    ("社区智慧养老应用", "award", "省级优秀应用场景名单（演示）", 410),
    ("无证明城市建设经验", "provincial_media", "省级新闻单位（演示）", 300),
    ("政务服务一件事", "provincial_media", "省级新闻单位（演示）", 700),
    ("公共数据开放应用", "central_media", "中央新闻单位（演示）", 90),
    ("早年的创新案例", "award", "省级峰会（演示）", 900),
)
LINK = "https://demo.minsheng.example/evidence"


@dataclass(frozen=True)
class _Actors:
    reviewer: Staff
    enterer: Staff


def load_ratings(session: Session, survey_slug: str, now: datetime, today: date, seed: int) -> int:
    """Load the rounds and registers unless there is any round; return how many rounds were added.

    Parameters
    ----------
    survey_slug
        Of the demonstration's city survey, whose districts are the counties.
    today
        The day of assessment.
    """
    if list_rounds(session):
        return 0
    generator = np.random.default_rng(seed)
    reviewer = Staff(0, "reviewer@demo.minsheng.example", Role.REVIEWER)
    actors = _Actors(reviewer, Staff(0, "admin@demo.minsheng.example", Role.ADMIN))
    city = _new_round(CITY, "shandong-2023-city", survey_slug, today)
    _fill(session, open_round(session, city, reviewer, now), CITY_AIMS, generator, actors, now)
    for code, aims in COUNTY_AIMS.items():
        county = _new_round(code, "shandong-2023-county", survey_slug, today)
        _fill(session, open_round(session, county, reviewer, now), aims, generator, actors, now)
    _register_entries(session, actors, today, now)
    return 1 + len(COUNTY_AIMS)


def _new_round(code: str, standard_id: str, survey_slug: str, today: date) -> NewRound:
    return NewRound(
        slug=f"demo-{code}",
        title=f"{today.year}年新型智慧城市建设自评（演示）",
        standard_id=standard_id,
        division_code=code,
        opens_on=today - timedelta(days=30),
        due_on=today + timedelta(days=5),
        as_of=today,
        security_from=today.replace(month=1, day=1),
        survey_slug=survey_slug,
        default_department="县（市、区）大数据中心",
        is_demonstration=True,
    )


def _fill(
    session: Session,
    found: Round,
    aims: tuple[float, ...],
    generator: np.random.Generator,
    actors: _Actors,
    now: datetime,
) -> None:
    for row in found.rows:
        aim = (None, *LEVELS)[generator.choice(4, p=aims)]
        if aim is None:
            continue
        entry = Entry(dict(figures_for(row.indicator, aim, generator)), "演示数据")
        fate = generator.choice(4, p=FATES)
        at = RowAt(found.slug, row.number, row.revision)
        if fate == 3:
            save_row(session, at, entry, actors.enterer, now)
            continue
        if any(figure is True for figure in entry.figures.values()):
            link = NewEvidence("演示佐证", link=f"{LINK}/{found.slug}/{row.number}")
            attach(session, found.slug, row.number, link, actors.enterer, now)
        submitted = submit_row(session, at, entry, actors.enterer, now)
        at = RowAt(found.slug, row.number, submitted.revision)
        if fate == 0:
            accept_row(session, at, actors.reviewer, now)
        elif fate == 2:
            return_row(session, at, "请补充数据来源说明。", actors.reviewer, now)


def figures_for(
    indicator: LeveledIndicator, aim: LevelName, generator: np.random.Generator
) -> Iterator[tuple[str, StoredFigure]]:
    """Yield figures that just meet a level, or the lowest one where the indicator has it not."""
    reached = [level for level in LEVELS if level in indicator.requirements]
    level = aim if aim in reached else reached[0]
    for leaf in indicator.requirements[level].criteria.leaves():
        if leaf.condition is not None:
            yield leaf.condition, True
            continue
        name = leaf.measure or ""
        measure = indicator.measures[name]
        more = generator.random() * 0.03
        upper = leaf.below if leaf.below is not None else leaf.at_most
        if upper is not None:
            figure = upper * (1.0 - 0.05 - more)
        else:
            figure = (leaf.at_least or leaf.above or 0.0) * (1.0 + more)
        if measure.kind in ("count", "rank"):
            figure = float(round(figure))
        yield name, min(1.0, round(figure, 4)) if measure.kind == "share" else round(figure, 4)


def _register_entries(session: Session, actors: _Actors, today: date, now: datetime) -> None:
    area = fetch_area(session, CITY)
    for title, kind, issuer, days in CASES:
        fields = CaseFields(
            kind=kind,
            dated_on=today - timedelta(days=days),
            title=f"{title}（演示）",
            issuer=issuer,
            evidence_url=f"{LINK}/innovation/{days}",
            department="市大数据中心",
        )
        propose(session, area, fields, actors.enterer, now)
    for case in list_cases(session, CITY)[:-1]:
        review(session, case.public_id, case.revision, CaseState.ACCEPTED, "", actors.reviewer, now)
    incident = IncidentFields(
        dated_on=today - timedelta(days=40),
        points=2.0,
        is_major=False,
        notice="未在规定时间内反馈一次网络安全预警通报（演示）",
        handling="已整改并反馈（演示）",
        state=IncidentState.CLOSED,
    )
    register(session, area, incident, actors.reviewer, now)
