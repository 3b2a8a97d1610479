"""The grouped statement against a recomputation from each respondent's raw answers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import event, select, update

from analysis.estimation import domain_estimates
from analysis.tabulation import Tabulation
from analysis.weighting import unweighted
from backend.db.engine import Database
from backend.responses.models import Response
from backend.tabulation.groups import MARKS, Group
from backend.tabulation.sql import count_responses, tabulate
from survey_forms.rules.satisfaction import MOST_MEASURES
from tests.backend.answering import a_survey, an_answer, random_answers, store
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
    by_cell = tabulation.only(("district", "sex"))
    assert set(by_cell.cells) == set(frame["cell"])
    for c, cell in enumerate(by_cell.cells):
        inside = frame[frame["cell"] == cell]
        assert by_cell.n[c] == len(inside)
        for method in SCORES:
            values = scored(inside, method)
            for measure in values:
                m = by_cell.measures.index(f"{measure}/{method}")
                y = values[measure].dropna()
                assert by_cell.answered[c, m] == len(y)
                assert by_cell.wy[c, m] == pytest.approx(y.sum(), abs=1e-9)
                assert by_cell.wwyy[c, m] == pytest.approx((y**2).sum(), abs=1e-9)


def test_the_statement_agrees_with_a_recomputation_from_each_respondent(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    answers = random_answers(150)
    store(database, survey, answers)

    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    assert tabulation.variables == ("district", "sex", "channel")
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
        counts = count_responses(session, survey.id, len(survey.questionnaire.measures))

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

    assert tabulation.cells == (("web",),)
    assert np.array_equal(tabulation.n, [25.0])


def test_the_most_measures_that_a_questionnaire_may_have_can_be_counted(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(5))

    with database.read() as session:
        counts = count_responses(session, survey.id, MOST_MEASURES)

    assert counts.n.sum() == 5


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


def test_groups_keep_apart_what_is_excluded_flagged_simulated_and_of_another_channel(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, [an_answer()] * 3)
    with database.write() as session:
        first = session.scalars(select(Response).order_by(Response.id)).all()[0]
        first.excluded_reason, first.is_flagged = "duplicate", True
    store(database, survey, [an_answer()], channel="wechat", simulated=True)

    with database.read() as session:
        counts = count_responses(session, survey.id, 3)

    cell = "370811|female"
    assert dict(zip(counts.groups, counts.n.tolist(), strict=True)) == {
        Group(cell, "web", False, False, ""): 2,
        Group(cell, "web", False, True, "duplicate"): 1,
        Group(cell, "wechat", True, False, ""): 1,
    }


def test_a_range_of_ids_is_counted_by_itself(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(30))
    with database.read() as session:
        ids = session.scalars(select(Response.id).order_by(Response.id)).all()

        counts = count_responses(session, survey.id, 3, after=ids[9], up_to=ids[24])

    assert counts.n.sum() == 15


def test_the_channel_makes_domains(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text(weighting=None))
    store(database, survey, [an_answer(overall=5)] * 4, channel="hall-qr")
    store(database, survey, [an_answer(overall=1)] * 6, channel="web")
    with database.read() as session:
        tabulation = tabulate(session, survey.id, survey.questionnaire)

    found = domain_estimates(
        tabulation, unweighted(tabulation), ["overall/share_from_4"], "channel"
    )

    assert {one.category: (one.estimate.n, one.estimate.estimate) for one in found} == {
        "hall-qr": (4, 1.0),
        "web": (6, 0.0),
    }
