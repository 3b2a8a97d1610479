"""A resident at a phone: opens a survey, answers page by page, and sends it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from backend.db.engine import Database
from backend.responses.models import Response
from backend.surveys.models import Survey
from survey_forms.shipped import questionnaire_text
from tests.backend.answering import a_survey
from tests.servers.live import LiveServer


@dataclass(frozen=True)
class Site:
    """A running server and its database."""

    server: LiveServer
    database: Database

    def publish(self, slug: str, definition: str | None = None) -> str:
        """Publish a definition (the real questionnaire by default) and return its address."""
        text = definition or questionnaire_text("citizen-experience-2023")
        a_survey(self.database, text, slug)
        return f"{self.server.url}/s/{slug}"

    def stored(self, slug: str) -> list[Response]:
        """Return the responses of a survey."""
        with self.database.read() as session:
            of_survey = select(Survey.id).where(Survey.slug == slug).scalar_subquery()
            rows = session.scalars(select(Response).where(Response.survey_id == of_survey))
            return list(rows)


def go_on(page: Page) -> None:
    """Tap the button that leads on: start, next, or submit."""
    page.locator("#go").tap()


def choose(page: Page, name: str, value: str) -> None:
    """Tap a radio button or checkbox by its label."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').tap()


def answer_page(page: Page, level: int = 4) -> None:
    """Answer everything required on the page shown, satisfaction with `level`."""
    for group in shown(page, "[data-required]").all():
        if group.locator("select").count():
            group.locator("select").select_option(index=1)
        elif group.locator(f'input[value="{level}"]').count():
            group.locator(f'label:has(input[value="{level}"])').tap()
        else:
            group.locator("label").first.tap()


def shown(page: Page, selector: str) -> Locator:
    """Return what a selector finds on the page shown, matrices by their rows."""
    return page.locator(f"{selector}:visible").and_(page.locator(":not(:has(.row))"))


def place(page: Page) -> tuple[int, int]:
    """Return which page of how many is shown."""
    now, all_pages = re.findall(r"\d+", page.locator("#step").inner_text())
    return int(now), int(all_pages)


def fill_in(page: Page, level: int = 4) -> None:
    """Answer page after page, up to the one that submits; it is not sent."""
    answer_page(page, level)
    while (now := place(page))[0] < now[1]:
        go_on(page)
        answer_page(page, level)
