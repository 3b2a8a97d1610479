"""What the rounds feature does: open and read rounds, enter, review, and report progress."""

from backend.ratings.rounds.service.changing import RowAt
from backend.ratings.rounds.service.entering import attach, detach, save_row, submit_row
from backend.ratings.rounds.service.opening import NewRound, open_round
from backend.ratings.rounds.service.progress import NewProgress, add_progress
from backend.ratings.rounds.service.reading import (
    AreaRound,
    Event,
    Progress,
    fetch_round,
    fetch_round_by_id,
    list_area_rounds,
    list_events,
    list_progress,
    list_rounds,
    row_of,
)
from backend.ratings.rounds.service.reviewing import (
    accept_row,
    assign_row,
    reopen_row,
    return_row,
)

__all__ = [
    "AreaRound",
    "Event",
    "NewProgress",
    "NewRound",
    "Progress",
    "RowAt",
    "accept_row",
    "add_progress",
    "assign_row",
    "attach",
    "detach",
    "fetch_round",
    "fetch_round_by_id",
    "list_area_rounds",
    "list_events",
    "list_progress",
    "list_rounds",
    "open_round",
    "reopen_row",
    "return_row",
    "row_of",
    "save_row",
    "submit_row",
]
