"""What the resident's pages show, ready to be placed by their templates.

`items` has the questions, `bodies` and `fields` what they are answered with, `pages` the pages, and
`typed` shows back what was typed where it cannot be stored.
"""

from backend.responses.views.fields import Typing
from backend.responses.views.pages import (
    AlreadyReceivedPage,
    ClosedPage,
    DonePage,
    Frame,
    QuestionnairePage,
    frame_of,
    in_fours,
    questionnaire_page,
)
from backend.responses.views.typed import TypedAnswer, typed_answers

__all__ = [
    "AlreadyReceivedPage",
    "ClosedPage",
    "DonePage",
    "Frame",
    "QuestionnairePage",
    "TypedAnswer",
    "Typing",
    "frame_of",
    "in_fours",
    "questionnaire_page",
    "typed_answers",
]
