"""Turns simulated persons into raw answers to a questionnaire, as a form would send them.

One function for each kind of item. The answers then go the way of every resident's: read,
checked and coded by the same code. How satisfied people are is `model.py`'s; the tables here only
fill the rest of the page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from backend.demo.model import NOT_APPLICABLE, VARIABLES, People, draw_levels
from survey_forms.definition import Questionnaire

# Share of those shown an optional item who leave it out.
NO_ANSWER_SHARE = 0.03
COMMENT_SHARE = 0.08
COMMENTS = (
    "网上办事方便多了，希望老人也能用得来。",
    "医院停车太难了，预约也经常约不上。",
    "公交到站时间有时不准。",
    "小区门口的路灯坏了很久，反映后没有人修。",
    "大厅工作人员态度好，一次就办完了。",
    "希望村里的网络信号再好一些。",
    "反映的问题答复很快，但是没有真正解决。",
    "招聘信息不够新，很多单位已经招满了。",
    "老年人看病挂号还是要靠子女帮忙。",
    "图书馆和体育馆晚上能多开一会儿就好了。",
    "学校报名手续简单了，不用来回跑。",
    "希望多设一些充电桩和停车位。",
)
# How often a choice is taken relative to the others of its item; 1 where nothing is said.
PREFERENCE: Mapping[str, Mapping[str, float]] = {
    "trend": {"better": 5, "same": 3, "worse": 0.8, "unsure": 1},
    "barrier": {"no_need": 2, "difficult": 3, "unaware": 2, "in_person": 3, "other": 0},
    "reported": {"yes": 1, "no": 4},
    "outcome": {"solved": 4, "partly": 2, "replied": 2, "silent": 1, "waiting": 1},
    "solved": {"done": 8, "more_visits": 1.5, "pending": 1, "failed": 0.5},
    "occupation": {"other": 0},
}
# Occupations that depend on age; the rest is drawn by preference.
OCCUPATION_OF_THE_OLD = {"retired": 5, "farmer": 4, "home": 1, "self_employed": 0.5}
OLD = frozenset({"60-69", "70+"})
# Probability that a choice of a multiple item is ticked; 0.3 where nothing is said.
TICKED: Mapping[str, float] = {
    "insurance_code": 0.8, "social_card": 0.6, "hotline": 0.6, "ai_shandong": 0.55,
    "health_booking": 0.55, "parking": 0.45, "bus": 0.45, "enrolment": 0.35,
    "government": 0.15, "education": 0.25, "health": 0.4, "employment": 0.3, "insurance": 0.2,
    "leisure": 0.15, "travel": 0.4, "elderly_care": 0.25, "safety": 0.15, "network": 0.15,
    "feedback": 0.2, "other": 0.0,
}  # fmt: skip
# An item whose answer is a part of another's.
PART_OF = {"used": "known"}


@dataclass(frozen=True)
class Person:
    """One simulated person: categories by weighting variable, and levels by measure."""

    categories: Mapping[str, str]
    levels: Mapping[str, int]


def draw_answers(
    questionnaire: Questionnaire, people: People, generator: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """Yield the raw answers of each person, in the JSON shape of the public interface."""
    measures = [measure.key for measure in questionnaire.measures]
    levels = draw_levels(people, measures, generator)
    names = {variable: people.names(variable) for variable in VARIABLES}
    for row in range(len(levels)):
        person = Person(
            categories={variable: values[row] for variable, values in names.items()},
            levels=dict(zip(measures, levels[row].tolist(), strict=True)),
        )
        yield _answers_of(questionnaire, person, generator)


def _answers_of(
    questionnaire: Questionnaire, person: Person, generator: np.random.Generator
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for item in questionnaire.items:
        if item.key in person.categories:
            answers[item.key] = person.categories[item.key]
        elif item.required or generator.random() >= NO_ANSWER_SHARE:
            answer = ANSWERERS[item.kind](item, person, answers, generator)
            if answer:
                answers[item.key] = answer
    return answers


Answerer = Callable[[Any, Person, Mapping[str, Any], np.random.Generator], Any]


def _level(level: int) -> int | str:
    return "na" if level == NOT_APPLICABLE else level


def _scale(
    item: Any, person: Person, _answers: Mapping[str, Any], _generator: np.random.Generator
) -> int | str:
    return _level(person.levels[item.key])


def _matrix(
    item: Any, person: Person, _answers: Mapping[str, Any], _generator: np.random.Generator
) -> dict[str, int | str]:
    return {row.key: _level(person.levels[f"{item.key}.{row.key}"]) for row in item.rows}


def _single(
    item: Any, person: Person, _answers: Mapping[str, Any], generator: np.random.Generator
) -> str:
    codes = [choice.code for choice in item.choices]
    preference = PREFERENCE.get(item.key, {})
    weights = np.array([preference.get(code, 1.0) for code in codes])
    if item.key == "occupation" and person.categories["age_band"] in OLD:
        weights = np.array([OCCUPATION_OF_THE_OLD.get(code, 0.0) for code in codes])
    return str(generator.choice(codes, p=weights / weights.sum()))


def _multiple(
    item: Any, _person: Person, answers: Mapping[str, Any], generator: np.random.Generator
) -> list[str]:
    within = answers.get(PART_OF.get(item.key, ""))
    codes = [
        choice.code
        for choice in item.choices
        if not choice.exclusive and (within is None or choice.code in within)
    ]
    ticked = [code for code in codes if generator.random() < TICKED.get(code, 0.3)]
    if not ticked:
        return [choice.code for choice in item.choices if choice.exclusive]
    kept = generator.permutation(ticked)[: item.max_selected or len(ticked)]
    return [code for code in codes if code in kept]


def _recommendation(
    _item: Any, person: Person, _answers: Mapping[str, Any], generator: np.random.Generator
) -> int:
    level = person.levels.get("overall") or 3
    return int(np.clip(np.rint(2 * level - 0.5 + 1.3 * generator.normal()), 0, 10))


def _comment(
    _item: Any, _person: Person, _answers: Mapping[str, Any], generator: np.random.Generator
) -> str:
    if generator.random() >= COMMENT_SHARE:
        return ""
    return str(generator.choice(COMMENTS))


ANSWERERS: Mapping[str, Answerer] = {
    "scale": _scale,
    "matrix": _matrix,
    "single": _single,
    "multiple": _multiple,
    "nps": _recommendation,
    "longtext": _comment,
}
