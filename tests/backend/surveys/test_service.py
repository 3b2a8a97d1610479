from datetime import timedelta

import pytest

from backend.db.engine import Database
from backend.errors import NotFound
from backend.responses.service import accept
from backend.surveys import service
from backend.surveys.service import (
    AlreadyClosed,
    BadSlug,
    Incomparable,
    QualityRulesFixed,
    Status,
    fetch_published,
    list_surveys,
    publish,
    set_status,
)
from survey_forms.findings import DefinitionError
from tests.backend.published import NOON, a_submission, published
from tests.builders import a_questionnaire_text

OTHER_TITLE = {"zh-CN": "新的标题", "en": "A new title"}


def test_a_new_address_begins_an_open_survey_with_version_one(database: Database) -> None:
    with database.write() as session:
        survey = published(session, "hall")

    assert (survey.slug, survey.version_number, survey.status) == ("hall", 1, Status.OPEN)
    assert survey.is_open(NOON)


def test_a_changed_text_becomes_the_next_version_and_is_asked_from_then_on(
    database: Database,
) -> None:
    with database.write() as session:
        published(session)

        survey = published(session, title=OTHER_TITLE)

    assert survey.version_number == 2
    assert survey.questionnaire.title.in_language("en") == "A new title"


def test_the_same_text_again_publishes_nothing(database: Database) -> None:
    text = a_questionnaire_text()
    with database.write() as session:
        first = publish(session, "hall", text, "a", NOON)

        second = publish(session, "hall", text, "b", NOON)

    assert (second.version_id, second.number, second.is_new) == (first.version_id, 1, False)


def test_a_version_that_measures_something_else_is_refused(database: Database) -> None:
    with database.write() as session:
        survey = published(session)
        satisfaction = survey.questionnaire.satisfaction
        assert satisfaction is not None
        other = satisfaction.model_dump(by_alias=True, mode="json")
        other["official_method"] = "share_from_3"

        with pytest.raises(Incomparable):
            published(session, satisfaction=other)


def test_a_version_that_another_rule_judges_is_refused(database: Database) -> None:
    with database.write() as session:
        survey = published(session)
        satisfaction = survey.questionnaire.satisfaction
        assert satisfaction is not None
        unjudged = satisfaction.model_dump(by_alias=True, mode="json", exclude={"rule"})

        with pytest.raises(Incomparable):
            published(session, satisfaction=unjudged)


def test_a_version_that_weights_by_other_variables_is_refused(database: Database) -> None:
    with database.write() as session:
        published(session)

        with pytest.raises(Incomparable):
            published(session, weighting={"margins": "jining-adults-2020", "variables": ["sex"]})


@pytest.mark.parametrize("quality", [None, {"speeding": {"seconds_per_item": 2}}])
def test_quality_rules_do_not_change_once_somebody_has_answered(
    database: Database, quality: object
) -> None:
    with database.write() as session:
        survey = published(session, quality={"speeding": {}})
        accept(session, survey, a_submission(), NOON)

        with pytest.raises(QualityRulesFixed):
            published(session, quality=quality)


def test_quality_rules_may_change_while_nobody_has_answered(database: Database) -> None:
    with database.write() as session:
        published(session)

        survey = published(session, quality={"speeding": {}})

    assert survey.version_number == 2


def test_a_definition_with_errors_is_refused_with_all_of_them(database: Database) -> None:
    with database.write() as session, pytest.raises(DefinitionError) as refused:
        publish(session, "hall", "format: 1\nkey: [", "a", NOON)

    assert refused.value.findings
    with database.read() as session:
        assert list_surveys(session) == ()


def test_a_definition_that_refers_to_what_does_not_ship_is_refused(database: Database) -> None:
    weighting = {"margins": "atlantis-2020", "variables": ["sex"]}
    with database.write() as session, pytest.raises(DefinitionError) as refused:
        published(session, weighting=weighting)

    assert [finding.code for finding in refused.value.findings] == ["unknown_margins"]


@pytest.mark.parametrize("slug", ["", "A", "a b", "-a", "a-", "街道", "a/b", "a" * 65, "new"])
def test_an_address_has_lower_case_letters_digits_and_hyphens(
    database: Database, slug: str
) -> None:
    with database.write() as session, pytest.raises(BadSlug):
        published(session, slug)


def test_an_unknown_address_is_not_found(database: Database) -> None:
    with database.read() as session, pytest.raises(NotFound):
        fetch_published(session, "nowhere")


def test_a_paused_survey_is_not_open_and_can_be_opened_again(database: Database) -> None:
    with database.write() as session:
        published(session)

        set_status(session, "hall", Status.PAUSED)
        paused = fetch_published(session, "hall")
        set_status(session, "hall", Status.OPEN)
        reopened = fetch_published(session, "hall")

    assert not paused.is_open(NOON)
    assert reopened.is_open(NOON)


def test_a_closed_survey_stays_closed(database: Database) -> None:
    with database.write() as session:
        published(session)
        set_status(session, "hall", Status.CLOSED)

        with pytest.raises(AlreadyClosed):
            set_status(session, "hall", Status.OPEN)


def test_opening_and_closing_times_bound_an_open_survey(database: Database) -> None:
    hour = timedelta(hours=1)
    with database.write() as session:
        survey = published(session)
        row, _ = service.repository.find_survey(session, "hall") or pytest.fail("not found")
        row.opens_at, row.closes_at = NOON, NOON + hour
        session.flush()

        survey = fetch_published(session, "hall")

    moments = (NOON - hour, NOON, NOON + hour)
    assert [survey.is_open(moment) for moment in moments] == [False, True, False]
    assert survey.effective_status(NOON - hour) is Status.CLOSED


def test_a_quota_that_comes_with_a_later_version_counts_what_is_there(database: Database) -> None:
    with database.write() as session:
        survey = published(session)
        accept(session, survey, a_submission(), NOON)
        accept(session, survey, a_submission(), NOON)

        survey = published(session, title=OTHER_TITLE, limits={"max_responses": 2})

    assert survey.accepted_count == 2
    assert not survey.is_open(NOON)
