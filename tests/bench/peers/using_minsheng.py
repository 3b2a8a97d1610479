"""Minsheng itself: tabulated from a frame or a file, raked, estimated."""

from pathlib import Path

import harness
import pandas as pd

from analysis.estimation import domain_estimates, estimate
from analysis.margins import Margin, Margins
from analysis.metrics import TopBox
from analysis.weighting import rake
from backend.tabulation.files import tabulate_file
from backend.tabulation.frame import tabulate_frame
from backend.tabulation.request import ItemColumn, TabulationRequest

REQUEST = TabulationRequest(
    measures=(ItemColumn(harness.ITEM),),
    metric=TopBox(harness.SATISFIED_FROM),
    variables=harness.VARIABLES,
)


def read(path: Path) -> pd.DataFrame:
    """Read categorical columns, and small integers."""
    types = {**dict.fromkeys(harness.VARIABLES, "category"), harness.ITEM: "int8"}
    return pd.read_csv(path, dtype=types)


def work(given: pd.DataFrame | Path, wanted: harness.Margins) -> harness.Figures:
    """Tabulate, rake and estimate."""
    if isinstance(given, pd.DataFrame):
        tabulation = tabulate_frame(given, REQUEST)
    else:
        tabulation = tabulate_file(given, REQUEST)
    margins = Margins(
        tuple(
            Margin(variable, tuple(populations), tuple(populations.values()))
            for variable, populations in wanted.items()
        )
    )
    weights = rake(tabulation, margins)
    overall = estimate(tabulation, weights, harness.ITEM)
    domains = domain_estimates(tabulation, weights, (harness.ITEM,), "district")
    return harness.Figures(
        (overall.estimate, overall.se),
        {each.category: (each.estimate.estimate, each.estimate.se) for each in domains},
    )


if __name__ == "__main__":
    harness.measure(read, work, reads_itself=True)
