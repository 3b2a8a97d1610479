"""What a score costs: the counting statement, alternatives to it, and a whole pull as rows grow.

Two claims are measured: that counting from the stored codes is cheaper than opening the answers
(docs/decisions/0003), and that only counting grows with the number of responses, while weighting
and estimation cost by the number of cells.
"""

import time
from collections.abc import Callable, Mapping
from statistics import median
from unittest.mock import patch

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from backend.db.engine import Database
from backend.responses.models import Response
from backend.results.repository import fetch_period
from backend.results.result import SatisfactionResult
from backend.results.service import satisfaction
from backend.surveys.service import PublishedSurvey
from backend.tabulation.rollup import read_counts
from backend.tabulation.sql import count_responses
from tests.bench import city
from tests.bench.databases import one_of_each
from tests.bench.json_counting import extracting_at_each_count, extracting_once
from tests.bench.tables import say_table, times

RESPONSES = 200_000
RESPONSES_QUICK = 20_000
REPEATS = 5
COUNTING_COLUMNS = (
    *("database", "bare count ms", "from the codes", "from JSON at each count"),
    *("from JSON, extracted once", "the better JSON to the codes"),
)
PULL_COLUMNS = ("database", "pull", "counting", "collection", "weighting and estimation")

Work = Callable[[], object]


def run(quick: bool) -> None:
    """Measure both databases with a tenth of the responses, and then with all of them."""
    total = RESPONSES_QUICK if quick else RESPONSES
    counting, pulls = [], []
    with one_of_each() as urls:
        for name, url in urls.items():
            with city.published(url) as (database, survey):
                city.store_many(database, survey, total // 10)
                tenth = _time_pull(database, survey)
                city.store_many(database, survey, total)
                pulls.append([name, *_pull_row(_time_pull(database, survey), tenth)])
                counting.append([name, *_counting_row(database, survey)])
    say_table(
        f"Counting {total:,} responses; ratios to a bare grouped count of the same rows",
        COUNTING_COLUMNS,
        counting,
    )
    say_table(
        f"A whole pull with {total:,} responses; ratios to {total // 10:,} responses",
        PULL_COLUMNS,
        pulls,
    )


def _counting_row(database: Database, survey: PublishedSurvey) -> list[str]:
    measure_count = len(survey.questionnaire.measures)
    statements = {
        "bare": _bare_count(survey),
        "json": extracting_at_each_count(survey.id, survey.questionnaire, database.is_sqlite),
        "json once": extracting_once(survey.id, survey.questionnaire, database.is_sqlite),
    }
    with database.read() as session:
        took = _interleaved(
            {
                "codes": lambda: count_responses(session, survey.id, measure_count),
                **{name: _execute(session, statement) for name, statement in statements.items()},
            }
        )
    bare = took["bare"]
    best_json = min(took["json"], took["json once"])
    ratios = [times(took[name], bare) for name in ("codes", "json", "json once")]
    return [f"{bare:.0f}", *ratios, times(best_json, took["codes"])]


def _time_pull(database: Database, survey: PublishedSurvey) -> Mapping[str, float]:
    """Return the milliseconds of a pull without a roll-up, and of its parts."""
    with database.read() as session:
        counts = read_counts(session, survey.id, survey.questionnaire)
        period = fetch_period(session, survey.id)

        def estimate() -> SatisfactionResult:
            # Subtracting the statements from the pull would leave nothing but their noise.
            with (
                patch("backend.results.service.read_counts", return_value=counts),
                patch("backend.results.service.fetch_period", return_value=period),
            ):
                return satisfaction(session, survey, city.NOW)

        return _interleaved(
            {
                "pull": lambda: satisfaction(session, survey, city.NOW),
                "counting": lambda: read_counts(session, survey.id, survey.questionnaire),
                "collection": lambda: fetch_period(session, survey.id),
                "estimation": estimate,
            }
        )


def _pull_row(whole: Mapping[str, float], tenth: Mapping[str, float]) -> list[str]:
    parts = ("pull", "counting", "collection", "estimation")
    return [f"{times(whole[part], tenth[part])} ({whole[part]:.0f} ms)" for part in parts]


def _interleaved(works: Mapping[str, Work]) -> dict[str, float]:
    """Return the median milliseconds of each, taken in turn after one round to warm up."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(1 + REPEATS):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            took[name].append((time.perf_counter() - begun) * 1000)
    return {name: median(each[1:]) for name, each in took.items()}


def _execute(session: Session, statement: Executable) -> Work:
    return lambda: session.execute(statement).all()


def _bare_count(survey: PublishedSurvey) -> Executable:
    return (
        select(Response.weighting_cell, func.count())
        .where(Response.survey_id == survey.id, Response.excluded_reason.is_(None))
        .group_by(Response.weighting_cell)
        .order_by(Response.weighting_cell)
    )
