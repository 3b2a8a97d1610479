"""From a tabulation to weights: one module a method; variance is left to `estimation`."""

from analysis.weighting.none import unweighted
from analysis.weighting.rake import rake
from analysis.weighting.weights import MarginFit, Weights, WeightSummary

__all__ = ["MarginFit", "WeightSummary", "Weights", "rake", "unweighted"]
