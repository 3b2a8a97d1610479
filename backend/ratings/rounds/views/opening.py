"""The form that opens a round: as typed, or with sensible beginnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import analysis.shipped
from backend.ratings.forms.views import Choice, FormView
from backend.ratings.rounds.areas import Area, known_areas
from backend.surveys.service import PublishedSurvey

DAYS_TO_FILL_IN = 30


@dataclass(frozen=True)
class OpeningPage:
    """The form, with its lists."""

    form: FormView
    standards: tuple[Choice, ...]
    surveys: tuple[Choice, ...]
    areas: tuple[Area, ...]
    address_start: str


def beginnings(today: date) -> dict[str, str]:
    """Return what the form holds at first."""
    due_on = today + timedelta(days=DAYS_TO_FILL_IN)
    return {
        "standard_id": "shandong-2023-city",
        "opens_on": today.isoformat(),
        "due_on": due_on.isoformat(),
        "as_of": due_on.isoformat(),
        "security_from": date(due_on.year, 1, 1).isoformat(),
    }


def opening_page(
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    surveys: Sequence[PublishedSurvey],
    base_url: str,
    language: str,
) -> OpeningPage:
    """Prepare the form."""
    return OpeningPage(
        form=FormView(typed, errors),
        standards=tuple(
            Choice(each, analysis.shipped.standard(each).title, each == typed.get("standard_id"))
            for each in analysis.shipped.standard_ids()
        ),
        surveys=tuple(
            Choice(
                each.slug,
                each.questionnaire.title.in_language(language),
                each.slug == typed.get("survey_slug"),
            )
            for each in surveys
        ),
        areas=known_areas(),
        address_start=f"{base_url}/staff/ratings/rounds/",
    )
