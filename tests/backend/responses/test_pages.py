from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response as Reply
from sqlalchemy import select, update

from backend.db.engine import Database
from backend.responses.models import Response
from backend.responses.views import in_fours
from backend.surveys.models import Survey
from backend.surveys.service import Status, set_status
from survey_forms.items import KINDS
from tests.backend.published import NOON, published
from tests.builders import a_choice, an_item
from tests.forms import FormPage, read_page

GOOD: dict[str, Any] = {
    "overall": "4",
    "fields.government": "5",
    "fields.health": "na",
    "district": "370811",
    "sex": "female",
}

Publish = Callable[..., None]


@pytest.fixture
def publish(database: Database) -> Publish:
    """Publish the example questionnaire, with changes, as `hall` or under another slug."""

    def publish_one(slug: str = "hall", **changes: object) -> None:
        with database.write() as session:
            published(session, slug, **changes)

    return publish_one


def opened(client: TestClient, path: str = "/s/hall") -> FormPage:
    reply = client.get(path)
    assert reply.status_code == 200
    return read_page(reply.text)


def send(client: TestClient, page: FormPage, slug: str = "hall", **changes: Any) -> Reply:
    answers = {**GOOD, **changes}
    data = page.answer(**{name: value for name, value in answers.items() if value is not None})
    return client.post(f"/s/{slug}", data=data)


def stored(database: Database) -> list[Response]:
    with database.read() as session:
        return list(session.scalars(select(Response).order_by(Response.id)))


def test_the_questionnaire_is_shown_and_never_kept_by_a_cache(
    client: TestClient, publish: Publish
) -> None:
    publish()

    reply = client.get("/s/hall")

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert "示例调查" in reply.text


def test_the_notice_stands_before_the_first_question(client: TestClient, publish: Publish) -> None:
    publish()

    text = client.get("/s/hall").text

    first_question = text.index("总体满意吗？")
    for told in ("大数据中心", "改进服务", "您的答案", "12 个月", "12345", "consent"):
        assert text.index(told) < first_question


def test_a_sent_form_is_stored_and_thanked_for(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()

    reply = send(client, opened(client))

    assert (reply.status_code, reply.headers["location"]) == (303, "/s/hall/done")
    (response,) = stored(database)
    assert response.answers == {
        "overall": 4,
        "fields": {"government": 5, "health": "na"},
        "district": "370811",
        "sex": "female",
    }
    assert (response.channel, response.language) == ("web", "zh-CN")
    assert response.opened_at is not None
    assert response.opened_at <= response.submitted_at


def test_the_page_of_thanks_shows_the_receipt_number(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    reply = send(client, opened(client))

    thanks = client.get(reply.headers["location"])

    assert in_fours(stored(database)[0].public_id) in thanks.text
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Path=/s/hall" in cookie


def test_the_page_of_thanks_shows_no_number_to_another_browser(
    client: TestClient, publish: Publish
) -> None:
    publish()
    client.cookies.set("receipt", "<script>.en.1", path="/s/hall")

    thanks = client.get("/s/hall/done")

    assert thanks.status_code == 200
    assert "答卷编号" not in thanks.text
    assert "提交成功" not in thanks.text
    assert "script>." not in thanks.text


def test_sending_a_form_twice_stores_one_response(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    page = opened(client)

    replies = [send(client, page), send(client, page)]

    assert [reply.status_code for reply in replies] == [303, 303]
    assert len(stored(database)) == 1


def test_the_same_form_with_other_answers_is_told_that_the_first_was_received(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    page = opened(client)
    send(client, page)

    reply = send(client, page, overall="1", improve=["queues"])

    assert reply.status_code == 409
    assert "已经收到您的答卷" in reply.text
    assert "排队" in reply.text
    assert stored(database)[0].answers["overall"] == 4


def test_without_consent_nothing_is_stored_and_everything_is_kept(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()

    reply = client.post("/s/hall", data={**opened(client).hidden, **GOOD})

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert page.invalid == ["page-consent"]
    assert page.typed == {name: [value] for name, value in GOOD.items()}
    assert not stored(database)


def test_what_is_wrong_is_said_beside_its_field_and_linked_from_the_top(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()

    reply = send(client, opened(client), overall=None, sex="other")

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert page.invalid == ["overall", "sex"]
    assert page.text_by_id["e-overall"] == "请回答这一题。"
    assert "other" in page.text_by_id["e-sex"]
    assert [link for link in page.links if link.startswith("#f-")] == ["#f-overall", "#f-sex"]
    assert {"f-overall", "f-sex"} <= set(page.ids)
    assert not stored(database)


def test_every_matrix_row_without_an_answer_is_named(client: TestClient, publish: Publish) -> None:
    publish(items=[an_item("matrix", required=True)])

    reply = client.post("/s/hall", data=opened(client).answer(**{"asked.first": "3"}))

    page = read_page(reply.text)
    assert reply.status_code == 422
    assert page.invalid == ["asked.second"]
    assert page.text_by_id["e-asked.second"]
    assert page.typed["asked.first"] == ["3"]


def test_all_that_was_typed_comes_back(client: TestClient, publish: Publish) -> None:
    publish(
        items=[
            an_item("single", "must", required=True),
            an_item("number", "n"),
            an_item("date", "d"),
            an_item("text", "t"),
            an_item("longtext", "l"),
            an_item("nps", "r"),
            an_item("division", "h", level="township"),
            an_item("multiple", "m", choices=[a_choice("a"), a_choice("o", other=True)]),
        ]
    )
    typed = {
        "n": "twelve",
        "d": "tomorrow",
        "t": 'a "quoted" <b>text</b>',
        "l": "\nfirst line\nsecond </textarea> line",
        "r": "0",
        "h": "370811002",
        "m": ["a", "o"],
        "m.other": "and more",
    }

    reply = client.post("/s/hall", data=opened(client).answer(**typed))

    page = read_page(reply.text)
    assert reply.status_code == 422
    as_lists = {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }
    assert {name: page.typed[name] for name in typed} == as_lists


def test_a_refused_form_keeps_its_key_and_its_order_of_choices(
    client: TestClient, publish: Publish
) -> None:
    choices = [a_choice(code) for code in "abcdefghij"]
    publish(items=[an_item("single", choices=choices, order="shuffled", required=True)])
    first = client.get("/s/hall")

    second = client.post("/s/hall", data=read_page(first.text).answer())

    assert read_page(second.text).hidden == read_page(first.text).hidden
    order = [first.text.index(f'value="{code}"') for code in "abcdefghij"]
    kept = [second.text.index(f'value="{code}"') for code in "abcdefghij"]
    assert sorted(range(10), key=order.__getitem__) == sorted(range(10), key=kept.__getitem__)


def test_an_unknown_survey_is_a_page_that_says_so(client: TestClient) -> None:
    reply = client.get("/s/nowhere", headers={"accept": "text/html"})

    assert reply.status_code == 404
    assert "没有这份问卷" in reply.text


@pytest.mark.parametrize(
    ("status", "said"), [(Status.CLOSED, "调查已结束"), (Status.PAUSED, "问卷暂停填写")]
)
def test_a_survey_that_is_not_open_says_why(
    client: TestClient, database: Database, publish: Publish, status: Status, said: str
) -> None:
    publish()
    with database.write() as session:
        set_status(session, "hall", status)

    reply = client.get("/s/hall")

    assert reply.status_code == 404
    assert said in reply.text


def test_a_survey_that_has_not_begun_says_when_it_will(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    with database.write() as session:
        opens_at = NOON.replace(year=2099) + timedelta(hours=1)
        session.execute(update(Survey).values(opens_at=opens_at))

    reply = client.get("/s/hall")

    assert "2099-11-20 13:00" in reply.text


def test_what_is_sent_after_closing_is_shown_back(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    page = opened(client)
    with database.write() as session:
        set_status(session, "hall", Status.CLOSED)

    reply = send(client, page)

    assert reply.status_code == 404
    for words in ("满意", "非常满意", "不了解/未使用", "任城区", "女"):
        assert f"<dd>{words}</dd>" in reply.text
    assert not stored(database)


def test_a_full_survey_stores_no_more(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish(limits={"max_responses": 1})
    late = opened(client)
    send(client, opened(client))

    reply = send(client, late)

    assert reply.status_code == 404
    assert "问卷已收满" in reply.text
    assert len(stored(database)) == 1


def test_a_quota_holds_when_many_send_at_once(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish(limits={"max_responses": 3})
    pages = [opened(client) for _ in range(12)]

    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda page: send(client, page), pages))

    assert sorted(reply.status_code for reply in replies) == [303] * 3 + [404] * 9
    assert len(stored(database)) == 3


def test_a_device_answers_once_where_the_survey_says_so(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish(limits={"one_response_per": "device"})
    earlier = opened(client)
    send(client, opened(client))

    reply = send(client, earlier)

    assert reply.status_code == 409
    assert "每台设备只需填写一次" in reply.text
    assert "已经收到您的答卷" in client.get("/s/hall").text
    assert len(stored(database)) == 1


def test_another_device_answers_as_well(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish(limits={"one_response_per": "device"})
    send(client, opened(client))
    client.cookies.clear()

    reply = send(client, opened(client))

    assert reply.status_code == 303
    assert len(stored(database)) == 2


def test_a_device_is_another_respondent_in_each_survey(
    client: TestClient, database: Database, publish: Publish
) -> None:
    for slug in ("hall", "city"):
        publish(slug, limits={"one_response_per": "device"})
        send(client, opened(client, f"/s/{slug}"), slug)

    hashes = {response.respondent_hash for response in stored(database)}
    assert len(hashes) == 2
    assert client.cookies["minsheng_device"].split("~")[0] not in str(hashes)


def test_a_device_cookie_that_is_not_ours_is_replaced(client: TestClient, publish: Publish) -> None:
    publish(limits={"one_response_per": "device"})
    client.cookies.set("minsheng_device", "made-up~0123", path="/s")

    reply = client.get("/s/hall")

    assert "minsheng_device=" in reply.headers["set-cookie"]


def test_a_device_that_answers_twice_is_known_again_where_duplicates_are_looked_for(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish(quality={"duplicates": {}})
    visited = client.get("/s/hall")

    replies = [send(client, opened(client)) for _ in range(2)]

    assert "set-cookie" not in visited.headers
    assert [reply.status_code for reply in replies] == [303, 303]
    first, second = stored(database)
    assert first.device_hash is not None
    assert first.device_hash == second.device_hash
    assert (first.respondent_hash, first.network_hash) == (None, None)


def test_no_cookie_is_set_where_nobody_counts_devices(client: TestClient, publish: Publish) -> None:
    publish()

    assert "set-cookie" not in client.get("/s/hall").headers


def test_language_size_and_channel_go_with_the_response(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()

    reply = send(client, opened(client, "/s/hall?lang=en&large=1&c=hall-qr"))

    thanks = client.get(reply.headers["location"]).text
    assert '<html lang="en" class="large">' in thanks
    assert "Thank you" in thanks
    (response,) = stored(database)
    assert (response.language, response.channel) == ("en", "hall-qr")


def test_a_broken_link_shows_the_questionnaire_all_the_same(
    client: TestClient, publish: Publish
) -> None:
    publish()

    page = opened(client, "/s/hall?lang=xx&large=yes&c=%3Cscript%3E")

    assert (page.hidden["page-lang"], page.hidden["page-large"], page.hidden["page-channel"]) == (
        "zh-CN",
        "",
        "web",
    )


def test_an_opening_time_that_was_changed_is_not_believed(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    page = opened(client)
    page.hidden["page-opened"] = "2020" + page.hidden["page-opened"][4:]

    send(client, page)

    assert stored(database)[0].opened_at is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_item_has_its_place_on_the_page(
    client: TestClient, publish: Publish, kind: str
) -> None:
    publish(items=[an_item(kind)])

    page = opened(client)

    assert any(name.split(".")[0] == "asked" for name in page.names)
    assert "q-asked" in page.ids


def test_ids_are_unique(client: TestClient, publish: Publish) -> None:
    publish(items=[an_item(kind, kind) for kind in KINDS])

    page = opened(client)

    assert sorted(page.ids) == sorted(set(page.ids))


def test_without_javascript_a_conditional_question_says_when_to_answer_it(
    client: TestClient, publish: Publish
) -> None:
    publish()

    text = client.get("/s/hall").text

    assert "第 1 题选择“基本满意”或“不满意”或“非常不满意”时，请回答本题。" in text


def test_a_demonstration_says_that_it_is_one(
    client: TestClient, database: Database, publish: Publish
) -> None:
    publish()
    with database.write() as session:
        session.execute(update(Survey).values(is_demonstration=True))

    assert "演示问卷" in client.get("/s/hall").text
