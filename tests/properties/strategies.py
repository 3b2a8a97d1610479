"""Hypothesis strategies: any JSON, and right answers to a questionnaire with every kind of item."""

from typing import Any

from hypothesis import strategies as st

from survey_forms.definition import Questionnaire
from survey_forms.items import (
    DateItem,
    DivisionItem,
    Item,
    LongtextItem,
    MatrixItem,
    MultipleItem,
    NpsItem,
    NumberItem,
    ScaleItem,
    SingleItem,
    TextItem,
)
from tests.builders import a_choice, a_questionnaire, an_item

OTHERS = [a_choice("a"), a_choice("b"), a_choice("c"), a_choice("else", other=True)]

# Every kind, with conditions on several of them, one behind another.
QUESTIONNAIRE: Questionnaire = a_questionnaire(
    items=[
        an_item("single", "used", choices=OTHERS),
        an_item("scale", "pace", not_applicable=True, show_if={"!=": [{"var": "used"}, "a"]}),
        an_item("matrix", "rated", not_applicable=True, show_if={"<=": [1, {"var": "pace"}, 3]}),
        an_item("multiple", "many", choices=OTHERS, show_if={"!!": {"var": "rated.first"}}),
        an_item("nps", "nps", show_if={"in": ["b", {"var": "many"}]}),
        an_item("number", "age", minimum=18, maximum=120),
        an_item("date", "day", show_if={">": [{"var": "age"}, 30]}),
        an_item("text", "word"),
        an_item("longtext", "story", show_if={"missing": ["word"]}),
        an_item("division", "home"),
    ]
)

any_text = st.text(st.characters(), max_size=20)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=12,
)
printable = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
levels = st.integers(1, 5) | st.just("na")


def right_answer(item: Item) -> st.SearchStrategy[Any]:
    """Return right raw answers to an item."""
    match item:
        case SingleItem():
            return st.sampled_from(item.codes)
        case MultipleItem():
            return st.lists(st.sampled_from(item.codes), min_size=1)
        case ScaleItem():
            return levels
        case MatrixItem():
            return st.dictionaries(st.sampled_from(item.row_keys), levels, min_size=1)
        case NpsItem():
            return st.integers(0, 10)
        case NumberItem():
            return st.integers(18, 120) | st.integers(180, 1200).map(lambda tenths: tenths / 10)
        case DateItem():
            return st.dates().map(lambda day: f"{day:%Y-%m-%d}".zfill(10))
        case TextItem() | LongtextItem():
            return printable
        case DivisionItem():
            return st.sampled_from([county.code for county in item.divisions.counties])


@st.composite
def right_answers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw raw answers to some items of QUESTIONNAIRE, each right by itself."""
    chosen = draw(st.sets(st.sampled_from([item.key for item in QUESTIONNAIRE.items])))
    raw = {key: draw(right_answer(QUESTIONNAIRE.item(key))) for key in sorted(chosen)}
    for item in QUESTIONNAIRE.items:
        if item.takes_other_text and draw(st.booleans()):
            raw[f"{item.key}.other"] = draw(printable)
    return raw
