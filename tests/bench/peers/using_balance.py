"""balance: weights by its raking; the shares are added up here, without errors."""

import logging

import pandas as pd
from balance.weighting_methods.rake import rake
from harness import (
    ITEM,
    SATISFIED_FROM,
    VARIABLES,
    Figures,
    Margins,
    measure,
    positions_of,
    read_categories,
    shares_of,
)

logging.disable(logging.CRITICAL)


def work(data: pd.DataFrame, margins: Margins) -> Figures:
    """Rake, and add up."""
    made = rake(
        data[list(VARIABLES)],
        pd.Series(1.0, index=data.index),
        None,
        None,
        variables=list(VARIABLES),
        transformations=None,
        target_margins=margins,
    )
    names = list(margins["district"])
    return shares_of(
        data[ITEM].to_numpy() >= SATISFIED_FROM,
        made["weight"].to_numpy(),
        positions_of(data["district"], names),
        names,
    )


if __name__ == "__main__":
    measure(read_categories, work)
