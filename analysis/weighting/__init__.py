"""From a tabulation to weights: one module a method; variance is left to `estimation`."""

from analysis.weighting.bounded import calibrate_within
from analysis.weighting.linear import calibrate_linear
from analysis.weighting.methods import METHODS, weigh
from analysis.weighting.none import unweighted
from analysis.weighting.poststratify import poststratify
from analysis.weighting.rake import rake
from analysis.weighting.weights import MarginFit, Weights, WeightSummary

__all__ = [
    "METHODS",
    "MarginFit",
    "WeightSummary",
    "Weights",
    "calibrate_linear",
    "calibrate_within",
    "poststratify",
    "rake",
    "unweighted",
    "weigh",
]
