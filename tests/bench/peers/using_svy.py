"""svy: raked, and means by Taylor linearisation that respects the raking."""

import polars as pl
import svy
from harness import ITEM, SATISFIED_FROM, Figures, Margins, measure

SATISFIED = (pl.col(ITEM) >= SATISFIED_FROM).cast(pl.Float64).alias("satisfied")


def work(data: pl.DataFrame, margins: Margins) -> Figures:
    """Rake and estimate, overall and by district."""
    frame = data.with_columns(SATISFIED, pl.lit(1.0).alias("base"))
    sample = svy.Sample(frame, svy.Design(wgt="base"))
    raked = sample.weighting.rake(controls={name: dict(each) for name, each in margins.items()})
    (overall,) = raked.estimation.mean("satisfied").estimates
    domains = raked.estimation.mean("satisfied", by="district").estimates
    return Figures(
        (overall.est, overall.se), {each.by_level[0]: (each.est, each.se) for each in domains}
    )


if __name__ == "__main__":
    measure(pl.read_csv, work)
