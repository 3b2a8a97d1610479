"""ipfn: weights by proportional fitting; the shares are added up here, without errors."""

import pandas as pd
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
from ipfn import ipfn


def work(data: pd.DataFrame, margins: Margins) -> Figures:
    """Rake, and add up."""
    respondents = pd.DataFrame(
        {name: positions_of(data[name], list(each)) for name, each in margins.items()}
    ).assign(total=1.0)
    totals = [
        pd.Series(dict(enumerate(each.values())), name="total").rename_axis(name)
        for name, each in margins.items()
    ]
    weighted = ipfn.ipfn(respondents, totals, [[name] for name in margins]).iteration()
    return shares_of(
        data[ITEM].to_numpy() >= SATISFIED_FROM,
        weighted["total"].to_numpy(),
        weighted["district"].to_numpy(),
        list(margins["district"]),
    )


if __name__ == "__main__":
    measure(read_categories, work)
