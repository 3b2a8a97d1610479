"""Shapes scores as the JSON of `minsheng score --json`; no figure is computed here."""

from typing import Any

from analysis.estimation import Difference, DomainEstimate, Estimate
from analysis.weighting import MarginFit
from backend.cli.language import Translate
from backend.scoring.options import ScoreOptions
from backend.scoring.result import Score, ScoredItem, WaveScores
from backend.scoring.wording import note_sentence

Shape = dict[str, Any]


def shape_score(found: Score | WaveScores, options: ScoreOptions, translate: Translate) -> Shape:
    """The document of the contract; waves stand under `waves`, each like a score of its own."""
    if isinstance(found, Score):
        return _score(found, options, translate)
    scores = found.waves.values()
    return {
        "n": sum(score.n for score in scores),
        "n_used": sum(score.n_used for score in scores),
        "method": options.method,
        "metric": options.metric.name,
        "converged": True,
        "iterations": max(score.weights.iterations for score in scores),
        "waves": [
            {"wave": name, **_score(score, options, translate)}
            for name, score in found.waves.items()
        ],
        "differences": [
            {"item": difference.measure, **_difference(difference)}
            for difference in found.differences
        ],
        "warnings": [note_sentence(note, translate) for note in found.warnings],
    }


def _score(score: Score, options: ScoreOptions, translate: Translate) -> Shape:
    summary = score.weights.summary
    return {
        "n": score.n,
        "n_used": score.n_used,
        "method": options.method,
        "metric": options.metric.name,
        "converged": score.weights.converged,
        "iterations": score.weights.iterations,
        "items": [_item(item, options) for item in score.items],
        "weights": {
            "min": summary.minimum,
            "max": summary.maximum,
            "mean": summary.mean,
            "cv": summary.cv,
            "deff_kish": summary.deff_kish,
            "n_effective": summary.n_effective,
        },
        "margins": [_margin(fit) for fit in score.weights.margins],
        "warnings": [note_sentence(note, translate) for note in score.warnings],
        "disclosure": _disclosure(score, options),
    }


def _item(item: ScoredItem, options: ScoreOptions) -> Shape:
    return {
        "item": item.estimate.measure,
        **_figures(item.estimate),
        "domains": [_domain(domain, options.suppress_below) for domain in item.domains],
        **(
            {
                "comparisons": [
                    {"variable": variable, **_difference(difference)}
                    for variable, difference in item.comparisons
                ]
            }
            if options.compare
            else {}
        ),
    }


def _figures(estimate: Estimate) -> Shape:
    return {
        "n": estimate.n,
        "estimate": estimate.estimate,
        "se": estimate.se,
        "ci": list(estimate.interval) if estimate.interval else None,
        "df": estimate.df,
        "deff_kish": estimate.deff_kish,
        "deff_design": estimate.deff_design,
        "n_effective": estimate.n_effective,
        "p_below": {f"{line:g}": value for line, value in estimate.p_below.items()},
    }


def _domain(domain: DomainEstimate, suppress_below: int) -> Shape:
    is_suppressed = domain.estimate.n < suppress_below
    figures = _figures(domain.estimate)
    if is_suppressed:
        figures = {**dict.fromkeys(figures), "n": domain.estimate.n}
    return {
        "variable": domain.variable,
        "category": domain.category,
        **figures,
        "suppressed": is_suppressed,
    }


def _difference(difference: Difference) -> Shape:
    return {
        "from": difference.from_,
        "to": difference.to,
        "estimate": difference.estimate,
        "se": difference.se,
        "ci": list(difference.interval) if difference.interval else None,
        "p_value": difference.p_value,
        "p_adjusted": difference.p_adjusted,
    }


def _margin(fit: MarginFit) -> Shape:
    return {
        "variable": fit.variable,
        "category": fit.category,
        "population": fit.population,
        "weighted": fit.weighted,
        "respondents": fit.respondents,
    }


def _disclosure(score: Score, options: ScoreOptions) -> Shape:
    """What a file tells of how its figures were made; the rest only its owner knows."""
    summary = score.weights.summary
    return {
        "respondents": score.n,
        "used": score.n_used,
        "left_out": score.n - score.n_used,
        "weighting": options.method,
        "weighting_variables": list(options.margins.variables) if options.margins else [],
        "base_weight": options.base_weight,
        "strata": options.strata,
        "psu": options.psu,
        "finite_population": options.population,
        "lonely_psu": options.lonely_psu,
        "bounds": list(options.bounds) if options.bounds else None,
        "deff_kish": summary.deff_kish,
        "n_effective": summary.n_effective,
        "variance": "taylor_linearisation",
        "interval": options.interval if options.metric.is_share else "normal",
        "confidence_level": options.confidence_level,
        "item_nonresponse": "left_out_of_the_item",
        "unknown": ["sponsor", "mode", "dates", "sampling_frame", "response_rate", "wording"],
    }
