"""Respondents of a made-up city as material for weighting: five columns, as many rows as wanted.

Drawn with a fixed seed. Who answers is not like the population, and depends on more than one
variable at once, so that raking has sweeps to make.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import duckdb
import numpy as np
import pandas as pd

from tests.bench.peers.harness import ITEM

SEED = 11
# 2 × 8 × 4 × 16 = 1,024 cells.
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "gender": ("female", "male"),
    "age": ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+"),
    "education": ("primary", "secondary", "college", "university"),
    "district": tuple(f"district-{number:02d}" for number in range(1, 17)),
}
POPULATION = 6_000_000


def margins() -> dict[str, dict[str, float]]:
    """Return the population of each category of each variable; each variable has the same total."""
    found = {}
    for at, (variable, names) in enumerate(CATEGORIES.items()):
        shares = np.linspace(1.0, 2.0 + 0.5 * at, len(names))
        populations = POPULATION * shares / shares.sum()
        found[variable] = dict(zip(names, populations.tolist(), strict=True))
    return found


def draw(count: int) -> pd.DataFrame:
    """Draw respondents: categorical columns, and the item's codes from 1 to 5 as small integers."""
    generator = np.random.default_rng(SEED)
    codes = {}
    for at, (variable, names) in enumerate(CATEGORIES.items()):
        shares = np.linspace(2.0, 1.0, len(names)) ** (1 + 0.3 * at)
        cumulative = np.cumsum(shares / shares.sum())[:-1]
        codes[variable] = np.searchsorted(cumulative, generator.random(count)).astype(np.int8)
    # The young who answer have studied more often than the young of the city.
    studied = (codes["age"] < 3) & (generator.random(count) < 0.4)
    codes["education"][studied] = 3
    liking = 0.5 * codes["gender"] - 0.15 * codes["age"] + 0.25 * codes["education"]
    liking = liking + 0.08 * codes["district"] + generator.normal(0.0, 1.2, count)
    columns = {
        variable: pd.Categorical.from_codes(codes[variable], list(names))
        for variable, names in CATEGORIES.items()
    }
    item = 1 + np.searchsorted((-1.4, -0.7, 0.1, 1.2), liking)
    return pd.DataFrame({**columns, ITEM: item.astype(np.int8)})


def write(folder: Path, count: int, kind: Literal["csv", "parquet"]) -> Path:
    """Write `respondents.csv` or `respondents.parquet`, and `margins.csv`, into a folder."""
    file = folder / f"respondents.{kind}"
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("respondents", draw(count))
        texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in CATEGORIES)
        rows = connection.sql(f"SELECT {texts}, {ITEM} FROM respondents")  # noqa: S608 - constants
        if kind == "csv":
            rows.write_csv(str(file))
        else:
            rows.write_parquet(str(file))
    with open(folder / "margins.csv", "w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(("variable", "category", "population"))
        for variable, populations in margins().items():
            writer.writerows((variable, name, number) for name, number in populations.items())
    return file
