"""What happened to a row: each change with what it changed, the newest first; and progress."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analysis.rating.standard import LeveledIndicator
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.rounds.figures import StoredFigures
from backend.ratings.rounds.service import Event, Progress
from backend.ratings.rounds.views.criteria import name_of
from backend.ratings.rounds.views.fields import figure_words
from backend.ratings.rounds.wording import ACTION_WORDS
from backend.ratings.wording import Translate
from backend.results.reader import local_time


@dataclass(frozen=True)
class Change:
    """A figure before and after; None where there was none."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class EventView:
    """One change of a row."""

    action: str
    done_by: str
    done_at: str
    done_iso: str
    reason: str
    changes: tuple[Change, ...]
    note: str | None


@dataclass(frozen=True)
class ProgressView:
    """One progress entry, the figure with its measure's name and unit."""

    done: str
    figure: str | None
    measure: str | None
    will_meet_on: str | None
    department: str
    entered_by: str
    entered_at: str
    entered_iso: str


def event_views(
    indicator: LeveledIndicator, events: tuple[Event, ...], zone: ZoneInfo, translate: Translate
) -> tuple[EventView, ...]:
    """Prepare what happened, the newest first."""
    before: StoredFigures = {}
    note = ""
    views = []
    for event in events:
        views.append(
            EventView(
                action=ACTION_WORDS[event.action],
                done_by=event.done_by,
                done_at=local_time(event.done_at, zone),
                done_iso=event.done_at.isoformat(timespec="seconds"),
                reason=event.reason,
                changes=tuple(_changes(indicator, before, event.figures, translate)),
                note=event.note if event.note != note else None,
            )
        )
        before, note = event.figures, event.note
    return tuple(reversed(views))


def progress_views(
    indicator: LeveledIndicator, entries: tuple[Progress, ...], zone: ZoneInfo
) -> tuple[ProgressView, ...]:
    """Prepare the progress of a row, the newest first."""
    return tuple(
        ProgressView(
            done=entry.done,
            figure=_figure(indicator, entry),
            measure=indicator.measures[entry.measure].name if entry.measure else None,
            will_meet_on=entry.will_meet_on.isoformat() if entry.will_meet_on else None,
            department=entry.department,
            entered_by=entry.entered_by,
            entered_at=local_time(entry.entered_at, zone),
            entered_iso=entry.entered_at.isoformat(timespec="seconds"),
        )
        for entry in reversed(entries)
    )


def _changes(
    indicator: LeveledIndicator, before: StoredFigures, after: StoredFigures, translate: Translate
) -> list[Change]:
    def words(key: str, figures: StoredFigures) -> str | None:
        return figure_words(indicator, key, figures[key], translate) if key in figures else None

    return [
        Change(name_of(indicator, key), words(key, before), words(key, after))
        for key in (*indicator.measures, *indicator.conditions)
        if before.get(key) != after.get(key)
    ]


def _figure(indicator: LeveledIndicator, entry: Progress) -> str | None:
    if entry.measure is None or entry.figure is None:
        return None
    return shown_figure(indicator.measures[entry.measure], entry.figure)
