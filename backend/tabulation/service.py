"""What programs ask of tabulations of stored responses: one to export, and a refresh with progress.

A tabulation of a file is `files.py`'s, the results of a survey are `backend.results`'s.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from analysis.tabulation import Tabulation
from backend.db.engine import Database
from backend.surveys.service import PublishedSurvey
from backend.tabulation import repository
from backend.tabulation.counts import included, to_cells, to_tabulation
from backend.tabulation.rollup import count_step, read_counts, write_step


def tabulate_survey(session: Session, survey: PublishedSurvey) -> Tabulation:
    """Tabulate what is not excluded: by weighting cell and channel, every measure and method."""
    repository.lift_time_limit(session)
    counts = read_counts(session, survey.id, survey.questionnaire)
    return to_tabulation(to_cells(included(counts), survey.questionnaire))


def count_new_responses(session: Session, survey: PublishedSurvey) -> int:
    """Count the responses that no roll-up contains yet."""
    return repository.count_new(session, survey.id)


def refresh_survey(
    database: Database, survey: PublishedSurvey, now: datetime, on_step: Callable[[int], None]
) -> bool:
    """Refresh the roll-up; `on_step` is told after each step how many responses it has added.

    False when another refresh of the same survey came in between: that one goes on instead.
    """
    while (step := count_step(database, survey.id, survey.questionnaire)) is not None:
        if not write_step(database, step, now):
            return False
        on_step(step.added)
        if step.is_last:
            break
    return True
