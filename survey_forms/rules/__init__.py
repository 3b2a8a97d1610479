"""What the parts of a definition must mean to each other: one module a subject, one table."""

from collections.abc import Callable, Iterator

from survey_forms.draft import Draft
from survey_forms.rules.comparisons import can_be_true
from survey_forms.rules.condition_form import are_well_formed
from survey_forms.rules.items import bounds_make_sense, choices_make_sense, division_root_ships
from survey_forms.rules.keys import no_duplicates
from survey_forms.rules.quality import (
    attention_checks_are_choices,
    implausible_answers_are_no_opinions,
    limits_can_be_reached,
    matrices_are_known,
    quality_entries_come_once,
)
from survey_forms.rules.references import refer_to_earlier_items
from survey_forms.rules.satisfaction import (
    dimensions_refer_to_measures,
    measures_can_be_counted,
    measures_count_once,
    weights_sum_to_one,
)
from survey_forms.rules.texts import in_every_language
from survey_forms.rules.weighting import variables_are_known
from survey_forms.structure import Found

Rule = Callable[[Draft], Iterator[Found]]

RULES: tuple[Rule, ...] = (
    no_duplicates,
    in_every_language,
    choices_make_sense,
    bounds_make_sense,
    division_root_ships,
    are_well_formed,
    refer_to_earlier_items,
    can_be_true,
    weights_sum_to_one,
    dimensions_refer_to_measures,
    measures_count_once,
    measures_can_be_counted,
    variables_are_known,
    quality_entries_come_once,
    matrices_are_known,
    limits_can_be_reached,
    attention_checks_are_choices,
    implausible_answers_are_no_opinions,
)
