"""A thread of the server that refreshes roll-ups while responses come in.

Pulls are exact without it, only slower: they count by themselves what is not rolled up. Every
process of a server may run one, since a refresh that comes second is given up.
"""

import threading
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from backend.db.engine import Database
from backend.surveys.service import PublishedSurvey, list_surveys
from backend.tabulation import repository
from backend.tabulation.rollup import refresh_step

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("minsheng.rollup")

# So many responses or changes a pull may have to count by itself.
WAITING = 250
STOP_SECONDS = 10.0


class RollupKeeper:
    """Refreshes every survey of which enough is new, each time that an interval has passed.

    Parameters
    ----------
    every_seconds
        The interval; the first refresh comes after the first interval.
    """

    def __init__(self, database: Database, every_seconds: float) -> None:
        self._database = database
        self._every_seconds = every_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rollup-keeper", daemon=True)
        self._is_failing = False

    def start(self) -> None:
        """Begin; may be called once."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the step under way; does nothing when it has not begun."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def tend(self) -> None:
        """Refresh what needs it now; an outage of the database is logged once, and waited out."""
        try:
            for survey in self._waiting_surveys():
                self._refresh(survey)
        except (SQLAlchemyError, OSError) as error:
            if not self._is_failing:
                # Only the kind: a database puts the failing row in the text.
                log.warning("roll-ups are not refreshed", error=type(error).__name__)
            self._is_failing = True
            return
        if self._is_failing:
            log.info("roll-ups are refreshed again")
        self._is_failing = False

    def _run(self) -> None:
        while not self._stopping.wait(self._every_seconds):
            self.tend()

    def _waiting_surveys(self) -> list[PublishedSurvey]:
        with self._database.read() as session:
            return [
                survey
                for survey in list_surveys(session)
                if repository.count_waiting(session, survey.id, WAITING) >= WAITING
            ]

    def _refresh(self, survey: PublishedSurvey) -> None:
        while not self._stopping.is_set():
            now = datetime.now(UTC)
            if not refresh_step(self._database, survey.id, survey.questionnaire, now):
                return
