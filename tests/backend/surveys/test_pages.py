from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from backend.db.engine import Database
from backend.staff.rights import Role
from backend.surveys.service import Status, fetch_published, publish, set_status
from survey_forms.shipped import questionnaire_text
from tests.console import sign_in

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HALL = questionnaire_text("service-hall")
LONGER_HALL = HALL.replace("estimated_minutes: 1", "estimated_minutes: 2")


def a_survey(database: Database, slug: str = "hall", text: str = HALL) -> None:
    with database.write() as session:
        publish(session, slug, text, "li@jining.example", NOW)


def in_status(database: Database, status: Status, slug: str = "hall") -> None:
    with database.write() as session:
        set_status(session, slug, status)


def status_of(database: Database, slug: str = "hall") -> Status:
    with database.read() as session:
        return fetch_published(session, slug).status


def an_answer(client: TestClient) -> None:
    body = {"answers": {"overall": 5}}
    response = client.post("/api/v1/surveys/hall/responses", json=body)
    assert response.status_code == 201, response.text


class TestTheList:
    def test_without_surveys_it_says_what_to_do(self, client: TestClient) -> None:
        sign_in(client, Role.PUBLISHER)

        response = client.get("/staff/surveys")

        assert "还没有问卷" in response.text
        assert 'href="/staff/surveys/new"' in response.text

    def test_without_surveys_an_evaluator_is_not_sent_to_what_is_forbidden(
        self, client: TestClient
    ) -> None:
        sign_in(client, Role.EVALUATOR)

        response = client.get("/staff/surveys")

        assert "还没有问卷" in response.text
        assert "/staff/surveys/new" not in response.text

    def test_it_shows_status_version_number_of_responses_and_the_ways_on(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        sign_in(client, Role.PUBLISHER)
        an_answer(client)
        an_answer(client)

        text = client.get("/staff/surveys").text

        assert "政务服务大厅办事体验" in text
        assert "正在征集" in text
        assert "第 1 版" in text
        assert 'class="number">2</td>' in text
        assert 'href="/s/hall"' in text
        assert 'href="/staff/surveys/hall/results"' in text

    def test_an_evaluator_reads_it_and_gets_no_buttons(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        sign_in(client, Role.EVALUATOR)

        text = client.get("/staff/surveys").text

        assert 'href="/staff/surveys/hall/results"' in text
        assert "/status" not in text


class TestOneSurvey:
    def test_it_shows_the_version_its_digest_method_and_definition(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        sign_in(client, Role.EVALUATOR)

        text = client.get("/staff/surveys/hall").text

        assert "2026-11-24 17:00" in text
        assert "li@jining.example" in text
        assert "满意率（基本满意及以上）" in text
        assert "estimated_minutes: 1" in text
        assert "http://testserver/s/hall" in text

    def test_an_earlier_version_can_be_read(self, client: TestClient, database: Database) -> None:
        a_survey(database)
        a_survey(database, text=LONGER_HALL)
        sign_in(client, Role.EVALUATOR)

        newest = client.get("/staff/surveys/hall").text
        earlier = client.get("/staff/surveys/hall?version=1").text

        assert "estimated_minutes: 2" in newest
        assert "estimated_minutes: 1" in earlier
        assert "第 1 版的定义" in earlier

    @pytest.mark.parametrize("path", ["/staff/surveys/none", "/staff/surveys/hall?version=9"])
    def test_what_does_not_exist_is_not_found(
        self, client: TestClient, database: Database, path: str
    ) -> None:
        a_survey(database)
        sign_in(client, Role.ADMIN)

        assert client.get(path).status_code == 404

    def test_a_definition_is_text_and_never_markup(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database, text=HALL.replace("政务服务大厅办事体验", '"<script>alert(1)</script>"'))
        sign_in(client, Role.ADMIN)

        assert "<script>" not in client.get("/staff/surveys/hall").text


class TestTheStatus:
    @pytest.mark.parametrize("role", [Role.ADMIN, Role.PUBLISHER])
    def test_it_is_paused_and_opened_again(
        self, client: TestClient, database: Database, role: Role
    ) -> None:
        a_survey(database)
        sign_in(client, role)

        paused = client.post("/staff/surveys/hall/status", data={"status": "paused"})
        while_paused = status_of(database)
        client.post("/staff/surveys/hall/status", data={"status": "open"})

        assert paused.headers["location"] == "/staff/surveys/hall?done=paused"
        assert while_paused is Status.PAUSED
        assert status_of(database) is Status.OPEN

    def test_closing_is_confirmed_on_the_page_and_cannot_be_undone(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        sign_in(client, Role.PUBLISHER)

        before = client.get("/staff/surveys/hall").text
        client.post("/staff/surveys/hall/status", data={"status": "closed"})
        after = client.get("/staff/surveys/hall").text
        again = client.post("/staff/surveys/hall/status", data={"status": "open"})

        assert "确认关闭" in before
        assert "/status" not in after
        assert again.status_code == 409
        assert status_of(database) is Status.CLOSED

    def test_an_unknown_status_changes_nothing(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        sign_in(client, Role.PUBLISHER)

        response = client.post("/staff/surveys/hall/status", data={"status": "deleted"})

        assert response.status_code == 422
        assert status_of(database) is Status.OPEN

    @pytest.mark.parametrize("role", [Role.EVALUATOR, Role.HANDLER])
    def test_others_do_not_change_it(
        self, client: TestClient, database: Database, role: Role
    ) -> None:
        a_survey(database)
        sign_in(client, role)

        response = client.post("/staff/surveys/hall/status", data={"status": "paused"})

        assert response.status_code == 403
        assert status_of(database) is Status.OPEN

    def test_another_site_cannot_change_it(self, client: TestClient, database: Database) -> None:
        a_survey(database)
        sign_in(client, Role.PUBLISHER)

        response = client.post(
            "/staff/surveys/hall/status",
            data={"status": "closed"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )

        assert response.status_code == 403
        assert status_of(database) is Status.OPEN


def send(client: TestClient, action: str, **fields: str):  # type: ignore[no-untyped-def]
    form: Mapping[str, str] = {"slug": "hall", "definition": HALL, "action": action, **fields}
    return client.post("/staff/surveys/new", data=form)


class TestPublishing:
    @pytest.fixture(autouse=True)
    def _publisher(self, client: TestClient) -> None:
        sign_in(client, Role.PUBLISHER)

    def test_the_form_offers_what_ships(self, client: TestClient) -> None:
        text = client.get("/staff/surveys/new").text

        assert "新型智慧城市市民体验调查" in text
        assert "?start=service-hall" in text

    def test_a_shipped_questionnaire_is_loaded_whole(self, client: TestClient) -> None:
        text = client.get("/staff/surveys/new?start=service-hall").text

        assert 'value="service-hall"' in text
        assert "key: service-hall" in text

    @pytest.mark.parametrize("query", ["start=none", "start=../secret_key", "next_of=none"])
    def test_what_does_not_exist_cannot_be_loaded(self, client: TestClient, query: str) -> None:
        assert client.get(f"/staff/surveys/new?{query}").status_code == 404

    def test_a_next_version_starts_from_the_current_one(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database, text=HALL.replace("estimated_minutes: 1", "estimated_minutes: 3"))

        text = client.get("/staff/surveys/new?next_of=hall").text

        assert 'value="hall"' in text
        assert "estimated_minutes: 3" in text

    def test_a_check_says_what_it_amounts_to_and_publishes_nothing(
        self, client: TestClient
    ) -> None:
        response = send(client, "check")

        assert response.status_code == 200
        assert "检查通过，可以发布" in response.text
        assert client.get("/staff/surveys/hall").status_code == 404

    def test_a_definition_can_be_checked_before_it_has_an_address(self, client: TestClient) -> None:
        assert send(client, "check", slug="").status_code == 200

    def test_mistakes_are_listed_with_line_item_and_cure_and_the_text_is_kept(
        self, client: TestClient
    ) -> None:
        wrong = HALL.replace("kind: scale", "kind: sclae").replace("key: solved", "key: overall")

        response = send(client, "publish", definition=wrong)

        assert response.status_code == 422
        assert "有 2 处错误，修改后才能发布" in response.text
        line = wrong[: wrong.index("kind: sclae")].count("\n") + 1
        assert f"第 {line} 行" in response.text
        assert "没有“sclae”这种题型" in response.text
        assert "<pre>kind: sclae</pre>" in response.text
        assert response.text.count("kind: sclae") == 2
        assert 'value="hall"' in response.text
        assert client.get("/staff/surveys/hall").status_code == 404

    def test_a_rule_that_does_not_ship_is_a_mistake_with_its_cure(self, client: TestClient) -> None:
        wrong = HALL.replace("share_from_3\n", "share_from_3\n  rule: shandong-2032-city\n")

        response = send(client, "publish", definition=wrong)

        assert response.status_code == 422
        assert "没有评分规则“shandong-2032-city”" in response.text
        assert client.get("/staff/surveys/hall").status_code == 404

    @pytest.mark.parametrize(
        ("shipped", "words"),
        [
            ("service-hall", "没有指定，只报告满意度"),
            ("citizen-experience-2023", "<code>shandong-2023-city</code>"),
        ],
    )
    def test_a_check_says_which_rule_judges(
        self, client: TestClient, shipped: str, words: str
    ) -> None:
        response = send(client, "check", definition=questionnaire_text(shipped))

        assert words in response.text

    def test_publishing_opens_the_survey_to_residents(self, client: TestClient) -> None:
        response = send(client, "publish")

        assert response.status_code == 303
        assert response.headers["location"] == "/staff/surveys/hall?done=published"
        assert "发布成功。" in client.get(response.headers["location"]).text
        assert client.get("/api/v1/surveys/hall").json()["status"] == "open"

    def test_publishing_names_who_did_it(self, client: TestClient) -> None:
        send(client, "publish")

        assert "publisher@jining.example</td>" in client.get("/staff/surveys/hall").text

    def test_the_same_text_again_is_no_new_version(self, client: TestClient) -> None:
        send(client, "publish")

        # Browsers send the line ends of forms as CR LF.
        again = send(client, "publish", definition=HALL.replace("\n", "\r\n"))

        assert again.headers["location"] == "/staff/surveys/hall?done=unchanged"
        assert "第 2 版" not in client.get("/staff/surveys/hall").text

    def test_another_text_is_the_next_version(self, client: TestClient) -> None:
        send(client, "publish")

        send(
            client,
            "publish",
            definition=LONGER_HALL,
        )

        assert "第 2 版" in client.get("/staff/surveys/hall").text

    def test_a_version_that_measures_something_else_is_refused_in_words(
        self, client: TestClient
    ) -> None:
        send(client, "publish")
        other = HALL.replace("official_method: share_from_3", "official_method: share_from_4")

        response = send(client, "publish", definition=other)

        assert response.status_code == 422
        assert "请用新的地址发布" in response.text
        assert "share_from_4" in response.text

    def test_a_closed_survey_gets_no_new_version(
        self, client: TestClient, database: Database
    ) -> None:
        a_survey(database)
        in_status(database, Status.CLOSED)

        response = send(
            client,
            "publish",
            definition=LONGER_HALL,
        )

        assert response.status_code == 422
        assert "调查关闭后不能重新开放" in response.text

    @pytest.mark.parametrize("slug", ["", "Hall", "a b", "-hall", "hall-", "new", "a/b", "厅"])
    def test_an_address_that_cannot_be_one_is_said_beside_the_field(
        self, client: TestClient, slug: str
    ) -> None:
        response = send(client, "publish", slug=slug)

        assert response.status_code == 422
        assert 'id="slug-error"' in response.text
        assert "key: service-hall" in response.text

    def test_without_a_definition_one_is_asked_for(self, client: TestClient) -> None:
        response = send(client, "publish", definition=" \n")

        assert response.status_code == 422
        assert 'id="definition-error"' in response.text

    def test_an_uploaded_file_takes_the_place_of_the_text(self, client: TestClient) -> None:
        file = ("a.yaml", b"\xef\xbb\xbf" + HALL.encode(), "text/yaml")

        response = client.post(
            "/staff/surveys/new",
            data={"slug": "hall", "definition": "typed before", "action": "publish"},
            files={"file": file},
        )

        assert response.headers["location"] == "/staff/surveys/hall?done=published"

    def test_a_file_in_another_encoding_is_refused_and_the_text_kept(
        self, client: TestClient
    ) -> None:
        file = ("a.yaml", HALL.encode("gb18030"), "text/yaml")

        response = client.post(
            "/staff/surveys/new",
            data={"slug": "hall", "definition": "typed before", "action": "publish"},
            files={"file": file},
        )

        assert response.status_code == 422
        assert 'id="file-error"' in response.text
        assert "typed before" in response.text

    def test_no_file_chosen_is_no_file(self, client: TestClient) -> None:
        response = client.post(
            "/staff/surveys/new",
            data={"slug": "hall", "definition": HALL, "action": "check"},
            files={"file": ("", b"", "application/octet-stream")},
        )

        assert response.status_code == 200
