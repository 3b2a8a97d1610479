"""`python -m tests.bench.cold URL`: one tabulation of all responses, in a process of its own.

Prints one JSON object: `seconds`, how many `responses` and `cells` there are, and the most memory
that the process had before and after, in `megabytes`.
"""

import json
import sys
import time

from backend.db.engine import Database
from backend.surveys.service import fetch_published
from backend.tabulation.repository import lift_time_limit
from backend.tabulation.sql import tabulate
from tests.bench.city import SLUG
from tests.bench.peers.harness import peak_megabytes


def main() -> None:
    """Tabulate the survey of the bench."""
    database = Database(sys.argv[1])
    with database.read() as session:
        survey = fetch_published(session, SLUG)
        lift_time_limit(session)
        before, begun = peak_megabytes(), time.perf_counter()
        tabulation = tabulate(session, survey.id, survey.questionnaire)
        seconds = time.perf_counter() - begun
    report = {
        "seconds": seconds,
        "responses": tabulation.respondents,
        "cells": len(tabulation.cells),
        "megabytes": {"before": before, "after": peak_megabytes()},
    }
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
