"""What weighting and estimation cost: against other libraries, and by the number of responses.

The work is raking to four margins, and the share of the satisfied with its standard error in each
of 16 districts and overall.
"""

import time
from collections.abc import Mapping
from statistics import median

from analysis.estimation import domain_estimates, estimate
from analysis.margins import Margin, Margins
from analysis.metrics import TopBox
from analysis.tabulation import Tabulation
from analysis.weighting import rake
from backend.tabulation.frame import tabulate_frame
from backend.tabulation.request import ItemColumn, TabulationRequest
from tests.bench import respondents
from tests.bench.databases import scratch_folder
from tests.bench.peer_runs import say_comparison
from tests.bench.peers.harness import ITEM, SATISFIED_FROM
from tests.bench.tables import say_table, times

ROWS = (100_000, 1_000_000)
ROWS_QUICK = (20_000,)
RESPONSES = (100_000, 100_000_000)
REPEATS = 3
ESTIMATIONS = 50


def run(quick: bool) -> None:
    """Measure the whole from memory, and estimation alone from a tabulation."""
    with scratch_folder() as folder:
        for rows in ROWS_QUICK if quick else ROWS:
            file = respondents.write(folder, rows, "csv")
            title = f"{rows:,} respondents in memory"
            say_comparison(title, file, "memory", 1 if quick else REPEATS)
    _say_estimation_alone()


def _say_estimation_alone() -> None:
    took = {responses: _median_milliseconds(_tabulation(responses)) for responses in RESPONSES}
    first = took[RESPONSES[0]]
    say_table(
        "Weighting and estimation alone, from a tabulation of 1,024 cells",
        ("responses", "weighting and 17 figures, ms", "to the first"),
        [[f"{rows:,}", f"{each:.2f}", times(each, first)] for rows, each in took.items()],
    )


def _median_milliseconds(tabulation: Tabulation) -> float:
    margins = _margins(respondents.margins())
    took = []
    for _ in range(ESTIMATIONS):
        begun = time.perf_counter()
        weights = rake(tabulation, margins)
        estimate(tabulation, weights, ITEM)
        domain_estimates(tabulation, weights, (ITEM,), "district")
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def _tabulation(responses: int) -> Tabulation:
    """Tabulate so many responses: the smallest number of them, each as often as needed."""
    request = TabulationRequest(
        measures=(ItemColumn(ITEM),),
        metric=TopBox(SATISFIED_FROM),
        variables=tuple(respondents.CATEGORIES),
    )
    drawn = tabulate_frame(respondents.draw(RESPONSES[0]), request)
    times_each = responses // RESPONSES[0]
    return Tabulation.from_counts(
        variables=drawn.variables,
        cells=drawn.cells,
        n=drawn.n * times_each,
        measures=drawn.measures,
        answered=drawn.answered * times_each,
        y=drawn.wy * times_each,
        yy=drawn.wyy * times_each,
    )


def _margins(populations: Mapping[str, Mapping[str, float]]) -> Margins:
    return Margins(
        tuple(
            Margin(variable, tuple(each), tuple(each.values()))
            for variable, each in populations.items()
        )
    )
