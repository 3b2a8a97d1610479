"""weightipy: weights by raking (RIM); the shares are added up here, without errors."""

import pandas as pd
import weightipy
from harness import (
    ITEM,
    SATISFIED_FROM,
    Figures,
    Margins,
    measure,
    positions_of,
    read_categories,
    shares_of,
)


def work(data: pd.DataFrame, margins: Margins) -> Figures:
    """Rake, and add up."""
    percent = {
        name: {category: 100 * number / sum(each.values()) for category, number in each.items()}
        for name, each in margins.items()
    }
    weighted = weightipy.weight_dataframe(data, weightipy.scheme_from_dict(percent))
    names = list(margins["district"])
    return shares_of(
        data[ITEM].to_numpy() >= SATISFIED_FROM,
        weighted["weights"].to_numpy(),
        positions_of(data["district"], names),
        names,
    )


if __name__ == "__main__":
    measure(read_categories, work)
