"""What stands beside the estimate on the evaluator's page, and the charts, asked over HTTP."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from backend.db.engine import Database
from backend.responses.models import Response
from backend.staff.service import Role, add_account
from backend.surveys.service import PublishedSurvey
from tests.backend.answering import a_survey, an_answer, random_answers, store
from tests.builders import a_questionnaire_text

# Queries are tried on both databases by the tests of the service; these are about pages.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PATH = "/staff/surveys/example/results"
PASSWORD = "a long enough password"


@pytest.fixture
def survey(client: TestClient, database: Database) -> PublishedSurvey:
    """A survey, and an evaluator who has signed in."""
    with database.write() as session:
        add_account(session, "e@example.org", Role.EVALUATOR, PASSWORD, datetime.now(UTC))
    fields = {"email": "e@example.org", "password": PASSWORD}
    assert client.post("/staff/login", data=fields).status_code == 303
    return a_survey(database, a_questionnaire_text())


def test_it_says_how_firm_the_result_is_and_discloses_the_method(
    client: TestClient, database: Database, survey: PublishedSurvey
) -> None:
    store(database, survey, random_answers(80))

    page = client.get(PATH).text

    for part in ("结果有多牢固", "要使结果达到 70%", "再收 100 份答卷的作用", "信息披露"):
        assert part in page
    assert "公开征集，不知道有多少人看到邀请，因此无法计算应答率或参与率。" in page
    assert "总体满意吗？" in page


def test_every_chart_is_a_picture_with_words_for_who_cannot_see_it(
    client: TestClient, database: Database, survey: PublishedSurvey
) -> None:
    store(database, survey, random_answers(80))

    page = client.get(PATH).text

    for chart in ("districts", "items", "structure"):
        picture = client.get(f"{PATH}/{chart}.svg")
        assert f'<img src="{PATH}/{chart}.svg?lang=zh-CN" alt="' in page
        assert picture.headers["content-type"] == "image/svg+xml"
        assert "style-src 'unsafe-inline'" in picture.headers["content-security-policy"]
        assert "</svg>" in picture.text


def test_a_chart_of_no_responses_says_so(client: TestClient, survey: PublishedSurvey) -> None:
    picture = client.get(f"{PATH}/districts.svg")

    assert "还没有可以计算满意度的答卷。" in picture.text
    assert "districts.svg" not in client.get(PATH).text


def test_a_district_with_too_few_is_kept_back_in_the_chart_too(
    client: TestClient, database: Database, survey: PublishedSurvey
) -> None:
    few = [an_answer(district="370883", overall=1, fields=None)] * 9
    store(database, survey, [*random_answers(80), *few])

    picture = client.get(f"{PATH}/districts.svg").text

    label = picture.index("邹城市")
    assert "样本太少" in picture[label:]


def test_there_is_no_other_chart(client: TestClient, survey: PublishedSurvey) -> None:
    assert client.get(f"{PATH}/pie.svg").status_code == 404


def test_a_chart_is_for_those_who_may_read_the_page(
    client: TestClient, survey: PublishedSurvey
) -> None:
    client.cookies.clear()

    assert client.get(f"{PATH}/districts.svg").status_code == 303


def test_flagged_responses_stand_beside_the_estimate_without_them(
    client: TestClient, database: Database, survey: PublishedSurvey
) -> None:
    store(database, survey, [an_answer(overall=5)] * 60 + [an_answer(overall=1, fields=None)] * 30)
    with database.write() as session:
        session.execute(update(Response).where(Response.levels.like("1%")).values(is_flagged=True))

    page = client.get(PATH).text

    with_them, without = page.index("全部答卷"), page.index("不含被标记的答卷")
    assert "66.67%" in page[with_them:without]
    assert "100.00%" in page[without : without + 600]


def test_each_channel_has_its_estimate(
    client: TestClient, database: Database, survey: PublishedSurvey
) -> None:
    store(database, survey, random_answers(40), channel="wechat")
    store(database, survey, random_answers(40, seed=2), channel="station")
    store(database, survey, random_answers(3, seed=3), channel="hall-qr")

    page = client.get(PATH).text

    channels = page[page.index('id="channels"') :]
    assert '<th scope="row">微信</th>' in channels
    assert '<th scope="row">station</th>' in channels
    few = channels[channels.index('<th scope="row">大厅二维码</th>') :]
    assert few.index("样本太少") < few.index("</tr>")
