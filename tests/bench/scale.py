"""Ten million responses in each database: a tabulation of all of them, and a pull with a roll-up.

The bare query is the plain statement of the same sums, `SELECT … GROUP BY` with a filter for each
mark of each measure; our own statement is measured alone too, to tell what is ours around it.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from sqlalchemy import TextClause, text

from analysis.scoring import METHODS
from backend.db.engine import Database
from backend.results.service import satisfaction
from backend.surveys.service import PublishedSurvey
from backend.tabulation.groups import MARKS
from backend.tabulation.keeper import WAITING
from backend.tabulation.repository import lift_time_limit
from backend.tabulation.service import refresh_survey
from backend.tabulation.sql import GROUPED_BY, LARGEST_ID, responses_statement
from tests.bench import bulk, city
from tests.bench.databases import empty_databases
from tests.bench.tables import say_table, times

RESPONSES = 10_000_000
RESPONSES_QUICK = 200_000
PULLS = 20
COLD_COLUMNS = (
    *("database", "bare query s", "tabulation to it", "tabulation to its own statement"),
    *("cells", "peak MB before", "after it"),
)
WARM_COLUMNS = (
    *("database", "making the roll-up s", "to a tabulation"),
    *("responses not in it", "pull ms, median of 20", "slowest"),
)


def run(quick: bool) -> None:
    """Measure one database after the other, each removed before the next is made."""
    total = RESPONSES_QUICK if quick else RESPONSES
    cold, warm = [], []
    for name, kind in (("SQLite", "sqlite"), ("PostgreSQL", "postgresql")):
        with (
            empty_databases({name: kind}) as urls,
            city.published(urls[name]) as (database, survey),
        ):
            bulk.fill(database, survey, total)
            row, seconds = _cold_row(database, survey, urls[name])
            cold.append([name, *row])
            warm.append([name, *_warm_row(database, survey, total, seconds)])
    say_table(f"{total:,} responses tabulated from nothing", COLD_COLUMNS, cold)
    say_table(f"{total:,} responses, a pull with a roll-up", WARM_COLUMNS, warm)


def _cold_row(database: Database, survey: PublishedSurvey, url: str) -> tuple[list[str], float]:
    """Return the figures, and the seconds of a tabulation."""
    measures = len(survey.questionnaire.measures)
    statement = responses_statement(measures, database.is_sqlite)
    parameters = {"survey_id": survey.id, "after": 0, "up_to": LARGEST_ID}
    with database.read() as session:
        lift_time_limit(session)
        # Both read from memory what the system keeps of the file, the first as well as the last.
        session.execute(text("SELECT sum(length(levels)) FROM responses")).all()
        bare = _seconds(lambda: session.execute(_bare_query(survey)).all())
        own = _seconds(lambda: session.execute(statement, parameters).all())
    report = _tabulate_in_a_process(url)
    seconds = report["seconds"]
    memory = [f"{report['megabytes'][when]:.0f}" for when in ("before", "after")]
    ratios = [times(seconds, bare), times(seconds, own)]
    return [f"{bare:.1f}", *ratios, str(report["cells"]), *memory], seconds


def _warm_row(
    database: Database, survey: PublishedSurvey, total: int, tabulation_seconds: float
) -> list[str]:
    rolling_up = _seconds(lambda: refresh_survey(database, survey, city.NOW, lambda _: None))
    # As many as a pull may ever have to count by itself while a server runs.
    city.store_many(database, survey, total + WAITING - 1)
    took = [_seconds(lambda: _pull(database, survey)) * 1000 for _ in range(1 + PULLS)][1:]
    return [
        *(f"{rolling_up:.1f}", times(rolling_up, tabulation_seconds), str(WAITING - 1)),
        *(f"{median(took):.1f}", f"{max(took):.1f}"),
    ]


def _pull(database: Database, survey: PublishedSurvey) -> None:
    with database.read() as session:
        satisfaction(session, survey, city.NOW)


def _tabulate_in_a_process(url: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.cold", url]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def _bare_query(survey: PublishedSurvey) -> TextClause:
    """Return the plain way to write the sums that our statement makes."""
    by = ", ".join(GROUPED_BY)
    marks = [
        f"count(*) FILTER (WHERE substr(levels, {position}, 1) = '{mark}')"
        for position in range(1, len(survey.questionnaire.measures) + 1)
        for mark in MARKS
    ]
    composites = [
        f"count({name}), sum({name}), sum({name} * {name})"
        for name in (f"composite_{method_id}" for method_id in METHODS)
    ]
    sums = ", ".join([*marks, *composites])
    return text(
        f"SELECT {by}, count(*), {sums} FROM responses"  # noqa: S608 - constants
        f" WHERE survey_id = {survey.id} GROUP BY {by}"
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
