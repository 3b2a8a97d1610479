"""samplics, the predecessor of svy: raked, and means by Taylor linearisation.

Its errors take the raked weights as given.
"""

import numpy as np
import pandas as pd
from harness import (
    ITEM,
    SATISFIED_FROM,
    Figures,
    Margins,
    measure,
    positions_of,
    read_categories,
)
from samplics.estimation import TaylorEstimator
from samplics.utils.types import PopParam
from samplics.weighting import SampleWeight


def work(data: pd.DataFrame, margins: Margins) -> Figures:
    """Rake and estimate, overall and by district."""
    satisfied = (data[ITEM].to_numpy() >= SATISFIED_FROM).astype(float)
    codes = {name: positions_of(data[name], list(each)) for name, each in margins.items()}
    weights = SampleWeight().rake(
        samp_weight=np.ones(len(data)),
        margins=codes,
        control={name: dict(enumerate(each.values())) for name, each in margins.items()},
    )
    whole, by_district = TaylorEstimator(PopParam.mean), TaylorEstimator(PopParam.mean)
    whole.estimate(y=satisfied, samp_weight=weights)
    by_district.estimate(y=satisfied, samp_weight=weights, domain=codes["district"])
    shares, errors = by_district.point_est, by_district.stderror
    return Figures(
        (float(whole.point_est), float(whole.stderror)),
        {
            name: (float(shares[code]), float(errors[code]))
            for code, name in enumerate(margins["district"])
        },
    )


if __name__ == "__main__":
    measure(read_categories, work)
