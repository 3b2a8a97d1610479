"""What a definition refers to outside itself, checked with all the rest before publishing.

`survey_forms` takes the ids of population margins and of rules as they are, and `analysis` knows
no questionnaire; here the two meet. Whoever checks or publishes a definition asks `examine`.
"""

from collections.abc import Iterator, Sequence

import analysis.shipped
from analysis.margins import Margin
from survey_forms import lint
from survey_forms.draft import Draft, DraftItem
from survey_forms.items import DivisionItem, SingleItem
from survey_forms.lint import Examination
from survey_forms.rules import Rule
from survey_forms.shipped import division_roots
from survey_forms.structure import Found


def examine(text: str) -> Examination:
    """Return everything wrong with a definition text, in itself and in what it refers to.

    Without errors its questionnaire is there too. Never raises.
    """
    return lint.examine(text, REFERENCES)


def rule_ships(draft: Draft) -> Iterator[Found]:
    """Find a rule that does not ship."""
    known = analysis.shipped.survey_rule_ids()
    if draft.rule is not None and draft.rule not in known:
        arguments = {"rule": draft.rule, "known": ", ".join(known)}
        yield Found("unknown_rule", ("satisfaction", "rule"), arguments)


def margins_ship(draft: Draft) -> Iterator[Found]:
    """Find margins that do not ship."""
    known, weighting = analysis.shipped.margin_set_ids(), draft.weighting
    if weighting is not None and weighting.margins not in known:
        arguments = {"margins": weighting.margins, "known": ", ".join(known)}
        yield Found("unknown_margins", ("weighting", "margins"), arguments)


def categories_have_populations(draft: Draft) -> Iterator[Found]:
    """Find weighting variables without a margin, and categories that only one side knows."""
    weighting = draft.weighting
    if weighting is None or weighting.margins not in analysis.shipped.margin_set_ids():
        return
    margins = analysis.shipped.margins(weighting.margins)
    by_variable = {margin.variable: margin for margin in margins.margins}
    for number, variable in enumerate(weighting.variables):
        item = draft.find(variable)
        if item is None:
            continue  # that there is no such item is found by survey_forms
        margin = by_variable.get(variable)
        if margin is None:
            arguments = {
                "variable": variable,
                "margins": weighting.margins,
                "known": ", ".join(by_variable),
            }
            yield Found("variable_without_margin", ("weighting", "variables", number), arguments)
        else:
            yield from _unmatched(item, margin, weighting.margins)


def _unmatched(item: DraftItem, margin: Margin, margins_id: str) -> Iterator[Found]:
    arguments = {"variable": margin.variable, "margins": margins_id}
    if isinstance(item.item, SingleItem):
        path, offered = (*item.path, "choices"), item.item.codes
        for number, code in enumerate(offered):
            if code not in margin.categories:
                found = {**arguments, "choice": code, "known": ", ".join(margin.categories)}
                yield Found("choice_without_population", (*path, number, "code"), found)
    elif isinstance(item.item, DivisionItem) and item.item.root in division_roots():
        path, counties = (*item.path, "root"), item.item.divisions.counties
        offered = tuple(county.code for county in counties)
        unknown = [f"{c.name} {c.code}" for c in counties if c.code not in margin.categories]
        if unknown:
            found = {**arguments, "counties": ", ".join(unknown)}
            yield Found("counties_without_population", path, found)
    else:
        return  # broken, or of a kind that cannot be weighted by: found by survey_forms
    missing = [category for category in margin.categories if category not in offered]
    # Where nothing at all matches, saying it of one side is enough.
    if 0 < len(missing) < len(margin.categories):
        yield Found(
            "population_without_choice", path, {**arguments, "categories": ", ".join(missing)}
        )


REFERENCES: Sequence[Rule] = (rule_ships, margins_ship, categories_have_populations)
