"""Scores a tabulation of a file: merge, leave out, collapse, weigh, estimate, compare. Pure."""

from itertools import combinations

from analysis.errors import AnalysisError
from analysis.estimation import (
    Difference,
    DomainEstimate,
    Estimate,
    adjusted,
    domain_differences,
    domain_estimates,
    estimates,
    sample_difference,
)
from analysis.margins import Margins, collapse_empty, merge_categories
from analysis.tabulation import CROSS, Tabulation
from analysis.weighting import Weights, weigh
from backend.scoring.options import ScoreOptions, plain_variables
from backend.scoring.result import Note, Score, ScoredItem, WaveScores

# Kish's design effect of the weights above which a warning goes with the estimate.
HIGH_DEFF = 2.0


def score(tabulation: Tabulation, options: ScoreOptions) -> Score | WaveScores:
    """Estimate what the options ask for, wave by wave where they name a wave.

    Raises
    ------
    AnalysisError
        For whatever cannot be estimated: `no_rows`, `nobody_left`, `nothing_answered`,
        `not_converged`, and those of the weighting and the estimation.
    """
    if tabulation.respondents == 0:
        raise AnalysisError("no_rows")
    if options.wave is None:
        return _score(tabulation, options)
    parts = tabulation.split(options.wave)
    without = parts.pop("", None)
    if not parts:
        raise AnalysisError("nobody_left", variable=options.wave)
    waves = {name: _in_wave(name, part, options) for name, part in parts.items()}
    notes = () if without is None else (Note("without_wave", {"count": without.respondents}),)
    return WaveScores(waves, _differences(waves, options), notes)


def _in_wave(name: str, part: Tabulation, options: ScoreOptions) -> Score:
    try:
        return _score(part, options)
    except AnalysisError as error:
        raise AnalysisError(error.code, **{**error.arguments, "wave": name}) from error


def _score(whole: Tabulation, options: ScoreOptions) -> Score:
    tabulation, margins, warnings = _fitted(whole, options)
    weights = weigh(tabulation, margins, options.method, options.bounds)
    if not weights.converged:
        worst = weights.worst
        raise AnalysisError(
            "not_converged",
            method=options.method,
            variable=worst.variable if worst else "",
            category=worst.category if worst else "",
            discrepancy=weights.discrepancy,
        )
    found = estimates(tabulation, weights, **options.estimation)
    for estimate in found:
        if estimate.n == 0:
            raise AnalysisError("nothing_answered", measure=estimate.measure)
    return Score(
        n=whole.respondents,
        n_used=tabulation.respondents,
        weights=weights,
        items=tuple(_item(tabulation, weights, estimate, options) for estimate in found),
        warnings=(*warnings, *_warnings(weights, found)),
    )


def _fitted(whole: Tabulation, options: ScoreOptions) -> tuple[Tabulation, Margins, list[Note]]:
    """The respondents who can be weighted, and margins of which every category has some."""
    if options.margins is None:
        return whole, Margins(()), []
    margins = options.margins
    tabulation, n_left_out = whole.without_missing(plain_variables(margins.variables))
    if tabulation.respondents == 0:
        raise AnalysisError("nobody_left", variable=", ".join(margins.variables))
    for variable in margins.variables:
        if CROSS in variable:
            tabulation = tabulation.cross(variable.split(CROSS))
    warnings = []
    if n_left_out:
        warnings.append(Note("left_out", {"count": n_left_out}))
    if options.merges:
        merged = merge_categories(margins, tabulation, options.merges)
        margins, tabulation = merged.margins, merged.tabulation
    if options.collapses:
        collapsed = collapse_empty(margins, tabulation, options.fewest)
        margins, tabulation = collapsed.margins, collapsed.tabulation
        warnings += [
            Note(
                f"category_{note.code}",
                {"variable": note.variable, "category": note.category, "into": note.into},
            )
            for note in collapsed.notes
        ]
    return tabulation, margins, warnings


def _item(
    tabulation: Tabulation, weights: Weights, estimate: Estimate, options: ScoreOptions
) -> ScoredItem:
    domains: list[DomainEstimate] = []
    for variable in options.domains:
        domains += domain_estimates(
            tabulation, weights, (estimate.measure,), variable, **options.estimation
        )
    comparisons = tuple(
        (variable, difference)
        for variable in options.compare
        for difference in domain_differences(
            tabulation, weights, estimate.measure, variable, **options.estimation
        )
    )
    return ScoredItem(estimate, tuple(domains), comparisons)


def _differences(waves: dict[str, Score], options: ScoreOptions) -> tuple[Difference, ...]:
    """Every later wave less every earlier one, corrected for the number of comparisons."""
    found: list[Difference] = []
    for position in range(len(options.measures)):
        pairs = [
            sample_difference(
                (first, waves[first].items[position].estimate),
                (second, waves[second].items[position].estimate),
                options.confidence_level,
            )
            for first, second in combinations(waves, 2)
        ]
        found += adjusted(pairs)
    return tuple(found)


def _warnings(weights: Weights, found: tuple[Estimate, ...]) -> list[Note]:
    warnings = []
    summary = weights.summary
    if summary.minimum is not None and summary.minimum < 0:
        warnings.append(Note("negative_weights", {"minimum": f"{summary.minimum:.4g}"}))
    if summary.deff_kish is not None and summary.deff_kish > HIGH_DEFF:
        warnings.append(Note("high_deff", {"deff": f"{summary.deff_kish:.2f}"}))
    warnings += [
        Note("no_interval", {"item": estimate.measure})
        for estimate in found
        if estimate.interval is None
    ]
    return warnings
