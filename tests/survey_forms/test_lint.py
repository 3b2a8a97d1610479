"""Every mistake in a definition is found, all at once, with its line, its item and its severity."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from survey_forms.draft import Draft
from survey_forms.findings import FINDING_CODES, Finding
from survey_forms.lint import check, examine
from survey_forms.structure import Found
from survey_forms.yaml_document import DEPTH_LIMIT, SIZE_LIMIT
from tests.builders import a_choice, a_questionnaire_text, a_row, an_item

TITLE = {"zh-CN": "名称", "en": "Name"}
RATED = an_item("matrix", "rated", not_applicable=True)
USED = an_item("single", "used")
MANY = an_item("multiple", "many")


def asking(*items: dict[str, Any], **changes: Any) -> str:
    """Return a definition with these items."""
    return a_questionnaire_text(items=items, **changes)


def shown_if(condition: object, *earlier: dict[str, Any]) -> str:
    """Return a definition whose last item has this condition."""
    return asking(*earlier, an_item("text", "last", show_if=condition))


def rating(*row_counts: int) -> str:
    """Return a definition with a matrix of so many rows for each count."""
    return asking(
        *(
            an_item("matrix", f"rated{number}", rows=[a_row(f"row{row}") for row in range(count)])
            for number, count in enumerate(row_counts)
        )
    )


def scored(*parts: dict[str, Any], weight: float = 1) -> str:
    """Return a definition with two scale items and a matrix, and one dimension of these parts."""
    dimension = {"key": "all", "title": TITLE, "weight": weight, "items": list(parts)}
    satisfaction = {"official_method": "share_from_4", "dimensions": [dimension]}
    items = (an_item("scale", "pace"), an_item("scale", "care"), RATED, USED)
    return asking(*items, satisfaction=satisfaction)


def part(item: str, weight: float, row: str | None = None) -> dict[str, Any]:
    """Return one entry of a dimension."""
    return {"item": item, "weight": weight, **({} if row is None else {"row": row})}


def weighted_by(*variables: str, item: dict[str, Any]) -> str:
    """Return a definition with one item, weighted by these variables."""
    return asking(USED, item, weighting={"margins": "m", "variables": list(variables)})


def screened(**quality: Any) -> str:
    """Return a definition with a scale, a matrix and a choice, and these quality rules."""
    return asking(an_item("scale", "pace"), RATED, USED, quality=quality)


def straight(*matrices: str, **fields: int) -> dict[str, Any]:
    """Return the rule of straight-lining, as a keyword of `screened`."""
    return {"straight_lining": {"matrices": list(matrices), **fields}}


def implausible(when: object, key: str = "odd") -> dict[str, Any]:
    """Return one implausible answer."""
    return {"key": key, "title": TITLE, "when": when}


def rewritten(old: str, new: str) -> str:
    """Return the example definition with one piece of its text replaced."""
    text = a_questionnaire_text()
    assert old in text
    return text.replace(old, new, 1)


def sections(*sections: dict[str, Any]) -> str:
    """Return a definition with these sections."""
    return asking(sections=list(sections))


# Each line has ten times the nodes of the one before: a million in all.
BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise("abcdef")
)

CASES: dict[str, str] = {
    # The file
    "too_large": "# " + "x" * SIZE_LIMIT,
    "too_many_nodes": BOMB,
    "too_deep": "a: " + "[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1),
    "empty_document": "# nothing but a comment\n",
    "not_a_mapping": "- format: 1\n",
    "several_documents": "format: 1\n---\nformat: 1\n",
    "yaml_syntax": "title: 'never closed\n",
    "yaml_tab": "title:\n\tzh-CN: 文字\n",
    "yaml_colon": "title: 满意: 非常\n",
    "yaml_unquoted": "title: {zh-CN: 满意, en: Satisfied?}\n",
    "yaml_character": "title: \x07\n",
    "yaml_tag": rewritten("en: An example", "en: !secret An example"),
    "yaml_key": rewritten("key: example", "key: example\n[a, b]: c"),
    "duplicate_yaml_key": rewritten("key: example", "key: example\nkey: example2"),
    # The shape
    "missing_field": a_questionnaire_text(estimated_minutes=None),
    "unknown_field": asking(an_item("text", tittle="x")),
    "field_not_here": asking(an_item("text", rows=[])),
    "empty_field": rewritten("key: example", "key:"),
    "empty_list": asking(an_item("single", choices=[])),
    "too_many_entries": asking(an_item("matrix", rows=[a_row(f"row{n}") for n in range(61)])),
    "quotes_needed": rewritten("code: male", "code: no"),
    "wants_text": rewritten("key: example", "key: [example]"),
    "wants_languages": a_questionnaire_text(title="调查"),
    "wants_fields": a_questionnaire_text(notice="告知"),
    "wants_list": a_questionnaire_text(languages="zh-CN"),
    "wants_true_or_false": asking(an_item("text", required="always")),
    "wants_number": asking(an_item("number", minimum="18")),
    "wants_whole_number": a_questionnaire_text(estimated_minutes=2.5),
    "wants_date": asking(an_item("date", earliest="2023-02-30")),
    "not_above": scored(part("pace", 0), part("care", 1)),
    "number_too_small": a_questionnaire_text(limits={"max_responses": 0}),
    "number_too_large": a_questionnaire_text(estimated_minutes=600),
    "text_too_long": a_questionnaire_text(title={"zh-CN": "长" * 5001, "en": "Long"}),
    "bad_key": asking(an_item("text", "Age")),
    "bad_questionnaire_key": a_questionnaire_text(key="My Survey"),
    "bad_choice_code": asking(an_item("single", choices=[a_choice("60岁以上")])),
    "bad_rule_id": rewritten("rule: shandong-2023-city", "rule: 山东 2023"),
    "not_one_of": a_questionnaire_text(limits={"one_response_per": "person"}),
    "unknown_kind": asking(an_item("slider")),
    "invalid_value": rewritten("en: An example", 'en: "\\uD800"'),
    # Keys and codes
    "duplicate_section_key": sections(
        {"key": "one", "title": TITLE, "items": [an_item("text", "a")]},
        {"key": "one", "title": TITLE, "items": [an_item("text", "b")]},
    ),
    "duplicate_item_key": asking(an_item("text"), an_item("date")),
    "duplicate_row_key": asking(an_item("matrix", rows=[a_row("one"), a_row("one")])),
    "duplicate_dimension_key": rewritten("key: services", "key: overall"),
    "choice_code_clash": asking(an_item("single", choices=[a_choice("a"), a_choice("A")])),
    # Items
    "several_other_choices": asking(
        an_item("single", choices=[a_choice("a", other=True), a_choice("b", other=True)])
    ),
    "exclusive_in_single": asking(an_item("single", choices=[a_choice("a", exclusive=True)])),
    "other_and_exclusive": asking(
        an_item("multiple", choices=[a_choice("a"), a_choice("b", other=True, exclusive=True)])
    ),
    "only_exclusive_choices": asking(an_item("multiple", choices=[a_choice("a", exclusive=True)])),
    "max_selected_too_large": asking(an_item("multiple", max_selected=4)),
    "min_selected_too_large": asking(an_item("multiple", min_selected=4)),
    "bounds_reversed": asking(an_item("number", minimum=120, maximum=18)),
    "unknown_division_root": asking(an_item("division", root="110000")),
    # Texts
    "chinese_not_declared": a_questionnaire_text(languages=["en"]),
    "duplicate_language": a_questionnaire_text(languages=["zh-CN", "en", "en"]),
    "missing_translation": asking(an_item("text", title={"zh-CN": "只有中文"})),
    "undeclared_language": a_questionnaire_text(languages=["zh-CN"]),
    # Conditions
    "not_a_condition": shown_if("used == a", USED),
    "one_operator_only": shown_if({"!": {"var": "used"}, "!!": {"var": "used"}}, USED),
    "unknown_operator": shown_if({"equals": [{"var": "used"}, "a"]}, USED),
    "operand_count": shown_if({"==": [{"var": "used"}]}, USED),
    "computed_reference": shown_if({"!!": {"var": {"var": "used"}}}, USED),
    "unknown_reference": shown_if({"!!": {"var": "usd"}}, USED),
    "unknown_row_reference": shown_if({"!!": {"var": "rated.third"}}, RATED),
    "row_reference_wanted": shown_if({"==": [{"var": "rated"}, 1]}, RATED),
    "not_a_matrix_reference": shown_if({"!!": {"var": "used.a"}}, USED),
    "later_reference": asking(an_item("text", "first", show_if={"!!": {"var": "used"}}), USED),
    "cyclic_condition": asking(
        an_item("text", "first", show_if={"!!": {"var": "second"}}),
        an_item("text", "second", show_if={"!!": {"var": "first"}}),
    ),
    "impossible_comparison": shown_if({"==": [{"var": "used"}, "z"]}, USED),
    "list_comparison": shown_if({"==": [{"var": "many"}, "a"]}, MANY),
    "in_wants_list": shown_if({"in": ["a", {"var": "used"}]}, USED),
    "null_comparison": shown_if({"<": [{"var": "pace"}, 3]}, an_item("scale", "pace")),
    # Satisfaction and weighting
    "dimension_weights_sum": scored(part("pace", 1), weight=0.9),
    "item_weights_sum": scored(part("pace", 0.5), part("care", 0.4)),
    "unknown_dimension_item": scored(part("peace", 1)),
    "unknown_dimension_row": scored(part("rated", 1, "third")),
    "dimension_row_wanted": scored(part("rated", 1)),
    "dimension_row_unwanted": scored(part("pace", 1, "first")),
    "not_satisfaction": scored(part("used", 1)),
    "measure_twice": scored(part("pace", 0.5), part("pace", 0.5)),
    "measure_in_no_dimension": scored(part("pace", 1)),
    "too_many_measures": rating(51, 50, 50, 50),
    "unknown_weighting_variable": weighted_by("sex", item=MANY),
    "weighting_variable_kind": weighted_by("many", item=MANY),
    "duplicate_weighting_variable": weighted_by("used", "used", item=MANY),
    "weighting_variable_hidden": weighted_by(
        "sex", item=an_item("single", "sex", show_if={"==": [{"var": "used"}, "a"]})
    ),
    "weighting_variable_optional": weighted_by("used", item=MANY),
    # Quality rules
    "duplicate_quality_entry": screened(
        implausible=[implausible({"==": [{"var": "used"}, code]}) for code in "ab"]
    ),
    "unknown_quality_item": screened(attention=[{"item": "usd", "expected": "a"}]),
    "not_a_matrix": screened(**straight("pace", min_rows=3)),
    "unreachable_limit": screened(**straight("rated", min_rows=3)),
    "nothing_to_time": asking(USED, quality={"speeding": {}}),
    "attention_kind": screened(attention=[{"item": "pace", "expected": "5"}]),
    "unknown_expected_choice": screened(attention=[{"item": "used", "expected": "z"}]),
    "quality_reads_rating": screened(implausible=[implausible({"==": [{"var": "pace"}, 1]})]),
}


# Their cases are in tests/backend/surveys/test_references.py.
FOUND_BY_A_CALLERS_RULES = {
    "unknown_rule",
    "unknown_margins",
    "variable_without_margin",
    "choice_without_population",
    "counties_without_population",
    "population_without_choice",
}


def codes(text: str) -> list[str]:
    """Return the codes found in a text."""
    return [finding.code for finding in check(text)]


def the_finding(text: str, code: str) -> Finding:
    """Return the first finding with this code."""
    return next(finding for finding in check(text) if finding.code == code)


@pytest.mark.parametrize("code", CASES)
def test_a_mistake_is_found(code: str) -> None:
    finding = the_finding(CASES[code], code)

    assert finding.severity == FINDING_CODES[code].severity
    assert set(finding.arguments) == FINDING_CODES[code].arguments
    assert finding.line >= 1
    assert finding.column >= 1


def test_every_code_has_its_case() -> None:
    assert set(CASES) | FOUND_BY_A_CALLERS_RULES == set(FINDING_CODES)


@pytest.mark.parametrize("code", CASES)
def test_one_mistake_brings_no_other_errors(code: str) -> None:
    errors = {finding.code for finding in check(CASES[code]) if finding.severity == "error"}

    assert errors <= {code}


def test_a_right_definition_has_no_findings() -> None:
    assert check(a_questionnaire_text()) == ()


def test_errors_leave_no_questionnaire_and_warnings_do() -> None:
    assert examine(CASES["duplicate_item_key"]).questionnaire is None
    assert examine(CASES["null_comparison"]).questionnaire is not None


MANY_MISTAKES = """\
format: 1
key: many-mistakes
languages: [zh-CN, en]
title: {zh-CN: 调查, en: Survey}
organiser: {zh-CN: 中心, en: Centre}
notice:
  purpose: {zh-CN: 目的, en: Purpose}
  collected: {zh-CN: 内容}
  retention_months: 0
  contact: {zh-CN: 联系, en: Contact}
estimated_minutes: 3
sections:
  - key: main
    title: {zh-CN: 部分, en: Section}
    items:
      - key: pace
        kind: scale
        titel: {zh-CN: 快慢, en: Pace}
      - key: used
        kind: single
        title: {zh-CN: 用过吗, en: Used}
        choices:
          - {code: yes, label: {zh-CN: 用过, en: Used}}
          - {code: "no", label: {zh-CN: 没有, en: Not used}}
      - key: why
        kind: text
        title: {zh-CN: 为什么, en: Why}
        show_if: {"==": [{var: user}, "no"]}
      - key: why
        kind: text
        title: {zh-CN: 还有呢, en: What else}
        show_if: {"==": [{var: pace}, 3]}
satisfaction:
  official_method: share_from_4
  dimensions:
    - key: all
      title: {zh-CN: 全部, en: All}
      weight: 0.9
      items: [{item: pace, weight: 1}]
"""


def test_all_mistakes_are_found_at_once_each_at_its_line_and_item() -> None:
    found = [(finding.line, finding.item, finding.code) for finding in check(MANY_MISTAKES)]

    assert found == [
        (8, None, "missing_translation"),
        (9, None, "number_too_small"),
        (16, "pace", "missing_field"),
        (18, "pace", "unknown_field"),
        (23, "used", "quotes_needed"),
        (28, "why", "unknown_reference"),
        (29, "why", "duplicate_item_key"),
        (35, None, "dimension_weights_sum"),
    ]


def test_two_hundred_measures_can_be_counted_and_the_next_is_where_it_is_said() -> None:
    (found,) = check(rating(50, 50, 50, 51))

    assert check(rating(50, 50, 50, 50)) == ()
    assert (found.code, found.item) == ("too_many_measures", "rated3")
    assert found.arguments == {"count": "201", "limit": "200"}


def test_a_callers_rule_is_one_more() -> None:
    def no_draft_is_good_enough(_draft: Draft) -> Iterator[Found]:
        yield Found("unknown_rule", ("satisfaction", "rule"), {"rule": "r", "known": ""})

    examined = examine(a_questionnaire_text(), [no_draft_is_good_enough])

    assert [finding.code for finding in examined.findings] == ["unknown_rule"]
    assert examined.questionnaire is None


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    assert the_finding(CASES["unknown_reference"], "unknown_reference").arguments == {
        "reference": "usd",
        "nearest": "used",
    }
    assert the_finding(CASES["unknown_field"], "unknown_field").arguments["nearest"] == "title"


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "0", "1.5", "1:30", "007"])
def test_a_code_that_yaml_does_not_take_for_text_wants_quotes(word: str) -> None:
    bare = rewritten("code: male", f"code: {word}")
    quoted = rewritten("code: male", f'code: "{word}"')

    assert the_finding(bare, "quotes_needed").arguments == {"written": word}
    assert "quotes_needed" not in codes(quoted)


def test_a_date_without_quotes_is_a_date_where_one_is_wanted_and_a_text_elsewhere() -> None:
    text = asking(an_item("date", earliest="2023-01-01")).replace("'2023-01-01'", "2023-01-01")

    assert "earliest: 2023-01-01" in text
    assert check(text) == ()


def test_choices_shared_by_an_anchor_are_read_in_both_places() -> None:
    shared = [a_choice("a"), a_choice("b")]
    text = asking(
        an_item("single", "one", choices=shared), an_item("single", "two", choices=shared)
    )

    assert "*id001" in text
    assert check(text) == ()


def test_an_anchor_inside_itself_is_refused() -> None:
    assert codes("a: &a [*a]") == ["too_deep"]


def test_a_cycle_is_named_along_its_items() -> None:
    text = asking(
        an_item("text", "a", show_if={"!!": {"var": "c"}}),
        an_item("text", "b", show_if={"!!": {"var": "a"}}),
        an_item("text", "c", show_if={"!!": {"var": "b"}}),
    )

    assert codes(text) == ["cyclic_condition"]
    assert the_finding(text, "cyclic_condition").arguments == {"cycle": "a → c → b → a"}


def test_an_item_that_waits_for_itself_is_a_cycle() -> None:
    text = asking(an_item("text", "a", show_if={"!!": {"var": "a"}}))

    assert the_finding(text, "cyclic_condition").arguments == {"cycle": "a → a"}


def test_a_section_may_not_wait_for_its_own_items() -> None:
    condition = {"==": [{"var": "used"}, "a"]}
    text = sections({"key": "one", "title": TITLE, "show_if": condition, "items": [USED]})

    assert codes(text) == ["cyclic_condition"]


@pytest.mark.parametrize(
    ("condition", "reports"),
    [
        ({"<": [{"var": "pace"}, 3]}, True),
        ({"<=": [{"var": "pace"}, 3]}, True),
        ({">": [3, {"var": "pace"}]}, True),
        ({">=": [{"var": "pace"}, 0]}, True),
        ({"<=": [1, {"var": "pace"}, 3]}, False),
        ({">": [{"var": "pace"}, 3]}, False),
        ({"<": [{"var": ["pace", 5]}, 3]}, False),
        ({"!=": [{"var": "pace"}, 3]}, False),
    ],
)
def test_only_orders_that_no_answer_satisfies_are_warned_of(
    condition: dict[str, Any], reports: bool
) -> None:
    text = shown_if(condition, an_item("scale", "pace"))

    assert ("null_comparison" in codes(text)) is reports


def test_an_item_that_is_always_answered_may_be_ordered() -> None:
    text = shown_if({"<": [{"var": "pace"}, 3]}, an_item("scale", "pace", required=True))

    assert check(text) == ()


@pytest.mark.parametrize(
    ("condition", "item"),
    [
        ({"in": [{"var": "used"}, ["a", "z"]]}, USED),
        ({"in": ["z", {"var": "many"}]}, MANY),
        ({"===": [{"var": "pace"}, "4"]}, an_item("scale", "pace")),
        ({"==": [6, {"var": "pace"}]}, an_item("scale", "pace")),
        ({"==": [{"var": "pace"}, "na"]}, an_item("scale", "pace")),
        ({"==": [{"var": "rated.first"}, 0]}, RATED),
        ({"==": [{"var": "nps"}, 11]}, an_item("nps", "nps")),
        ({"==": [{"var": "home"}, "371002"]}, an_item("division", "home")),
    ],
)
def test_a_comparison_that_no_answer_meets_is_found(
    condition: dict[str, Any], item: dict[str, Any]
) -> None:
    assert codes(shown_if(condition, item)) == ["impossible_comparison"]


@pytest.mark.parametrize(
    ("condition", "item"),
    [
        ({"==": [{"var": "pace"}, "4"]}, an_item("scale", "pace")),
        ({"==": [{"var": "rated.first"}, "na"]}, RATED),
        ({"==": [{"var": "used"}, None]}, USED),
        ({"in": ["a", {"var": "many"}]}, MANY),
        ({"in": ["停车", {"var": "said"}]}, an_item("text", "said")),
        ({"!!": {"var": "rated"}}, RATED),
        ({"==": [{"var": "home"}, "370811002"]}, an_item("division", "home", level="township")),
        ({"missing": ["used"]}, USED),
    ],
)
def test_a_comparison_that_makes_sense_passes(
    condition: dict[str, Any], item: dict[str, Any]
) -> None:
    assert check(shown_if(condition, item)) == ()


@pytest.mark.parametrize(
    "weights", [(0.333, 0.333, 0.333), (0.3333, 0.3333, 0.3333), (0.2, 0.3, 0.5)]
)
def test_weights_may_be_rounded_to_three_places(weights: tuple[float, ...]) -> None:
    parts = (part("pace", weights[0]), part("care", weights[1]), part("rated", weights[2], "first"))

    assert "item_weights_sum" not in codes(scored(*parts))


def test_a_matrix_left_out_of_the_score_is_one_warning() -> None:
    found = [f.arguments for f in check(scored(part("pace", 0.5), part("care", 0.5)))]

    assert found == [{"measure": "rated"}]


def test_what_is_found_can_be_printed_whatever_was_written() -> None:
    text = rewritten("key: example", 'key: "\\uD800' + "长" * 1000 + '"')

    for finding in check(text):
        assert all(len(value.encode()) < 1000 for value in finding.arguments.values())


LONG = an_item("matrix", "rated", rows=[a_row(f"row{row}") for row in range(6)])


def test_quality_rules_that_can_flag_have_no_findings() -> None:
    quality = {
        "speeding": {},
        "straight_lining": {"matrices": ["rated"], "longest_run": 6, "least_sd": 0.2},
        "attention": [{"item": "used", "expected": "b"}],
        "duplicates": {},
        "bursts": {},
        "implausible": [implausible({"and": [{"!!": {"var": "many"}}, {"!": {"var": "used"}}]})],
    }

    assert check(asking(LONG, USED, MANY, quality=quality)) == ()


@pytest.mark.parametrize(
    ("quality", "code"),
    [
        (straight("rated", "rated", min_rows=3), "duplicate_quality_entry"),
        ({"duplicates": {"by": ["device", "device"]}}, "duplicate_quality_entry"),
        (straight("ratid", min_rows=3), "unknown_quality_item"),
        (straight("rated", min_rows=3, longest_run=7), "unreachable_limit"),
        ({"implausible": [implausible({"!!": {"var": "usd"}})]}, "unknown_reference"),
        ({"implausible": [implausible("used")]}, "not_a_condition"),
        ({"speeding": {"share_of_median": 1.5}}, "number_too_large"),
        ({"duplicates": {"by": ["telephone"]}}, "not_one_of"),
    ],
)
def test_mistakes_in_quality_rules_are_found(quality: dict[str, Any], code: str) -> None:
    assert codes(asking(LONG, USED, quality=quality)) == [code]


def test_a_quality_rule_may_read_the_last_item() -> None:
    condition = {"==": [{"var": "used"}, "a"]}

    assert check(asking(LONG, USED, quality={"implausible": [implausible(condition)]})) == ()
