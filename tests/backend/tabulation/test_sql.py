"""The grouped statement against a recomputation from each respondent's raw answers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import event, update

from analysis.tabulation import Tabulation
from backend.db.engine import Database
from backend.responses.models import Response
from backend.tabulation.counts import MARKS
from backend.tabulation.sql import count_cells, counting_statement, tabulate
from survey_forms.rules.satisfaction import MOST_MEASURES
from tests.backend.answering import a_survey, random_answers, store
from tests.builders import a_questionnaire_text

ITEM_WEIGHTS = {"overall": 0.4, "fields.government": 0.3, "fields.health": 0.3}
SCORES = {
    "share_from_4": [0, 0, 0, 1, 1],
    "share_from_3": [0, 0, 1, 1, 1],
    "score_100_80_60_30_0": [0, 0.3, 0.6, 0.8, 1],
    "score_100_75_50_25_0": [0, 0.25, 0.5, 0.75, 1],
}


def respondents(answers: list[dict[str, Any]]) -> pd.DataFrame:
    """One row a respondent: cell, level of each measure (NaN where there is none)."""
    rows = [
        {
            "cell": (raw["district"], raw["sex"]),
            "overall": raw["overall"],
            "fields.government": raw.get("fields", {}).get("government"),
            "fields.health": raw.get("fields", {}).get("health"),
        }
        for raw in answers
    ]
    frame = pd.DataFrame(rows)
    for measure in ITEM_WEIGHTS:
        frame[measure] = pd.to_numeric(frame[measure], errors="coerce")
    return frame


def scored(frame: pd.DataFrame, method: str) -> pd.DataFrame:
    """The value of each measure and the composite under a method."""
    worth = dict(enumerate(SCORES[method], start=1))
    values = frame[list(ITEM_WEIGHTS)].apply(lambda column: column.map(worth))
    item_weights = values.notna() * pd.Series(ITEM_WEIGHTS)
    values["composite"] = (values.fillna(0) * item_weights).sum(axis=1) / item_weights.sum(axis=1)
    return values


def assert_agrees(tabulation: Tabulation, frame: pd.DataFrame) -> None:
    assert set(tabulation.cells) == set(frame["cell"])
    for c, cell in enumerate(tabulation.cells):
        inside = frame[frame["cell"] == cell]
        assert tabulation.n[c] == len(inside)
        for method in SCORES:
            values = scored(inside, method)
            for measure in values:
                m = tabulation.measures.index(f"{measure}/{method}")
                y = values[measure].dropna()
                assert tabulation.answered[c, m] == len(y)
                assert tabulation.wy[c, m] == pytest.approx(y.sum(), abs=1e-9)
                assert tabulation.wwyy[c, m] == pytest.approx((y**2).sum(), abs=1e-9)


def test_the_statement_agrees_with_a_recomputation_from_each_respondent(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    answers = random_answers(150)
    store(database, survey, answers)

    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert tabulation.variables == ("district", "sex")
    assert_agrees(tabulation, respondents(answers))


def test_excluded_responses_and_other_surveys_are_not_counted(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    other = a_survey(database, a_questionnaire_text(), slug="other")
    store(database, other, random_answers(20, seed=2))
    excluded, kept = random_answers(10, seed=3), random_answers(30, seed=4)
    store(database, survey, excluded)
    with database.write() as session:
        session.execute(
            update(Response)
            .where(Response.survey_id == survey.id)
            .values(excluded_reason="duplicate")
        )
    store(database, survey, kept)

    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert_agrees(tabulation, respondents(kept))


def test_the_marks_of_every_measure_with_those_not_shown_make_up_all_respondents(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    answers = random_answers(60)
    store(database, survey, answers)

    with database.read() as session:
        counts = count_cells(session, survey.id, survey.questionnaire)

    marks = dict(zip(MARKS, counts.marks[:, 1, :].sum(axis=0), strict=True))
    given = [raw.get("fields", {}).get("government") for raw in answers]
    assert sum(marks.values()) == len(answers)
    assert marks["n"] == given.count("na")
    assert marks["-"] == given.count(None)
    assert marks["5"] == given.count(5)


def test_without_responses_there_are_no_cells(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())

    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert tabulation.cells == ()
    assert tabulation.respondents == 0


def test_an_unweighted_survey_is_one_cell(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text(weighting=None))
    store(database, survey, random_answers(25))

    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert tabulation.cells == ((),)
    assert np.array_equal(tabulation.n, [25.0])


def test_the_most_measures_that_a_questionnaire_may_have_can_be_counted(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(5))

    with database.read() as session:
        rows = session.execute(counting_statement(survey.id, MOST_MEASURES)).all()

    assert sum(row[1] for row in rows) == 5


def test_one_statement_brings_back_one_row_a_cell(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(200))
    statements: list[str] = []

    with database.read() as session:
        event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: statements.append(statement),
        )
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert len([text for text in statements if "responses" in text]) == 1
    assert "GROUP BY" in statements[-1]
    assert len(tabulation.cells) == 6
