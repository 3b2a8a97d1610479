"""The satisfaction of a survey, from stored responses to the verdict."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from backend.db.engine import Database
from backend.responses.models import Response
from backend.results.result import SatisfactionResult
from backend.results.service import CannotJudge, CannotWeigh, NothingMeasured, satisfaction
from backend.surveys.models import QuestionnaireVersion, Survey
from backend.surveys.service import PublishedSurvey, fetch_published
from survey_forms.shipped import divisions
from tests.backend.answering import NOW, a_survey, an_answer, random_answers, store
from tests.builders import a_questionnaire_text

SATISFIED: dict[str, Any] = {"overall": 5, "fields": {"government": 5, "health": 5}}
DISSATISFIED: dict[str, Any] = {"overall": 1, "fields": {"government": 1, "health": 1}}


def pull(database: Database, survey: PublishedSurvey, now: datetime = NOW) -> SatisfactionResult:
    with database.read() as session:
        return satisfaction(session, survey, now)


def test_women_who_answer_more_often_count_for_no_more_than_their_share(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    women = [an_answer(sex="female", **SATISFIED)] * 30
    men = [an_answer(sex="male", **DISSATISFIED)] * 10
    store(database, survey, women + men)

    result = pull(database, survey)

    share_of_women = 4_109_346 / 8_357_897
    official = result.methods[0]
    assert result.composite.estimate == pytest.approx(share_of_women, abs=1e-6)
    assert official.unweighted.estimate == pytest.approx(0.75)


def test_each_method_has_its_own_estimate_and_verdict(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text(weighting=None))
    levels = [5] * 20 + [4] * 30 + [3] * 25 + [2] * 15 + [1] * 10
    store(
        database,
        survey,
        [an_answer(overall=x, fields={"government": x, "health": x}) for x in levels],
    )

    result = pull(database, survey)

    found = {
        method.method: (method.estimate.estimate, method.verdict and method.verdict.verdict)
        for method in result.methods
    }
    assert found == {
        "share_from_4": (pytest.approx(0.50), "void"),
        "share_from_3": (pytest.approx(0.75), "no_deduction"),
        "score_100_80_60_30_0": (pytest.approx(0.635), "deduct_10"),
        "score_100_75_50_25_0": (pytest.approx(0.5875), "void"),
    }
    assert [m.method for m in result.methods if m.is_official] == ["share_from_4"]


def test_without_responses_there_is_no_estimate_and_no_verdict(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())

    result = pull(database, survey)

    assert result.composite.n == 0
    assert result.composite.estimate is None
    assert result.verdict is None
    assert result.collection.responses == 0
    assert {domain.n for domain in result.domains} == {0}


def test_a_single_response_has_an_estimate_without_precision(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, [an_answer(**SATISFIED)])

    result = pull(database, survey)

    assert result.composite.estimate == 1.0
    assert result.composite.interval is None
    assert result.verdict is not None
    assert not result.verdict.certain


def test_a_handful_of_responses_makes_no_verdict_certain(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    men = [an_answer(sex="male", **DISSATISFIED)] * 20
    women = [an_answer(sex="female", **DISSATISFIED)] * 19
    store(database, survey, [*men, *women, an_answer(sex="female", **SATISFIED)])

    result = pull(database, survey)

    assert result.composite.interval is not None
    assert result.composite.interval[1] < 0.6
    assert result.verdict is not None
    assert (result.verdict.verdict, result.verdict.certain) == ("void", False)


def test_a_verdict_whose_weights_do_not_meet_the_margins_is_not_certain(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    # Only one district of twelve has women, and half of the population cannot live there.
    districts = [division.code for division in divisions("370800").counties]
    men = [an_answer(district=code, sex="male") for code in districts] * 10
    women = [an_answer(district="370827", sex="female")] * 30
    store(database, survey, men + women)

    result = pull(database, survey)

    assert not result.weights.converged
    assert result.verdict is not None
    assert not result.verdict.certain
    assert "not_converged" in {caution.code for caution in result.cautions}


def test_responses_without_a_weighting_variable_are_left_out_and_counted(
    database: Database,
) -> None:
    definition = _with_optional_sex(a_questionnaire_text())
    survey = a_survey(database, definition)
    store(database, survey, [an_answer(sex=None)] * 3 + random_answers(40))

    result = pull(database, survey)

    assert result.excluded == {"no_weighting_variable": 3}
    assert result.composite.n == 40
    assert result.collection.responses == 43


def test_excluded_responses_are_counted_by_reason_and_take_no_part(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, [an_answer(**DISSATISFIED)] * 5)
    with database.write() as session:
        session.execute(update(Response).values(excluded_reason="duplicate"))
    store(database, survey, [an_answer(**SATISFIED)] * 12)

    result = pull(database, survey)

    assert result.excluded == {"duplicate": 5}
    assert result.composite.estimate == 1.0


def test_a_district_with_fewer_than_ten_responses_is_named_without_figures(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    nine = [an_answer(district="370812", sex=sex) for sex in ("male",) * 5 + ("female",) * 4]
    ten = [an_answer(district="370811", sex=sex) for sex in ("male", "female") * 5]
    store(database, survey, nine + ten)

    result = pull(database, survey)

    by_district = {domain.category: domain for domain in result.domains}
    assert len(by_district) == 12
    assert (by_district["370812"].n, by_district["370812"].suppressed) == (9, True)
    assert (by_district["370811"].n, by_district["370811"].suppressed) == (10, False)
    assert by_district["370883"].n == 0


def test_districts_without_responses_are_joined_to_a_neighbour_and_reported(
    database: Database,
) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(60))

    result = pull(database, survey)

    merged = [caution for caution in result.cautions if caution.code == "category_merged"]
    assert len(merged) == 9
    assert sum(fit.population for fit in result.weights.margins if fit.variable == "sex") == (
        pytest.approx(
            sum(fit.population for fit in result.weights.margins if fit.variable == "district")
        )
    )
    assert result.weights.converged


def test_an_item_tells_who_does_not_use_it_from_who_said_nothing(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    answers = [
        *[an_answer(fields={"government": "na", "health": 4})] * 4,
        *[an_answer(fields={"health": 4})] * 6,
        *[an_answer()] * 10,
    ]
    store(database, survey, answers)

    item = next(i for i in pull(database, survey).items if i.measure.key == "fields.government")

    assert item.estimate.n == 10
    assert item.reaction.not_applicable_share == pytest.approx(0.2)
    assert item.reaction.no_answer_share == pytest.approx(0.3)


def test_simulated_responses_are_counted_as_such(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text())
    store(database, survey, random_answers(15), simulated=True, channel="wechat")
    store(database, survey, random_answers(5, seed=2))

    result = pull(database, survey)

    assert result.collection.simulated == 15
    assert result.collection.by_channel == {"web": 5, "wechat": 15}
    assert result.cautions[0].code == "simulated"


def test_a_questionnaire_without_satisfaction_has_no_result(database: Database) -> None:
    survey = a_survey(database, a_questionnaire_text(satisfaction=None))

    with pytest.raises(NothingMeasured):
        pull(database, survey)


def test_without_a_rule_there_are_figures_and_no_verdict(database: Database) -> None:
    definition = a_questionnaire_text().replace("rule: shandong-2023-city", "rule: null")
    survey = a_survey(database, definition)
    store(database, survey, random_answers(60))

    result = pull(database, survey)

    assert result.rule is None
    assert result.verdict is None
    assert [method.verdict for method in result.methods] == [None] * 4
    assert result.composite.estimate is not None
    assert set(result.composite.p_below) == {0.7, 0.6}


def test_margins_that_ship_no_longer_are_named(database: Database) -> None:
    survey = _published_elsewhere(database, "jining-adults-2020", "atlantis-2020")

    with pytest.raises(CannotWeigh) as raised:
        pull(database, survey)

    assert raised.value.arguments == {"margins": "atlantis-2020"}


def test_a_rule_that_ships_no_longer_is_named(database: Database) -> None:
    survey = _published_elsewhere(database, "shandong-2023-city", "shandong-2032-city")

    with pytest.raises(CannotJudge) as raised:
        pull(database, survey)

    assert raised.value.arguments == {"rule": "shandong-2032-city"}


def _published_elsewhere(database: Database, here: str, there: str) -> PublishedSurvey:
    """Store the example as a version of Minsheng with other ids has published it."""
    definition = a_questionnaire_text().replace(here, there)
    with database.write() as session:
        row = Survey(slug="example", status="open", created_at=NOW)
        session.add(row)
        session.flush()
        session.add(
            QuestionnaireVersion(
                survey_id=row.id,
                number=1,
                definition=definition,
                digest=f"of {there}",
                published_at=NOW,
                published_by="elsewhere",
            )
        )
        session.flush()
        return fetch_published(session, "example")


def _with_optional_sex(definition: str) -> str:
    before, sex, after = definition.partition("key: sex\n")
    return before + sex + after.replace("required: true", "required: false", 1)
