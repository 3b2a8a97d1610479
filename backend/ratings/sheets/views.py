"""What the page of export and import shows, ready to be placed by its template.

Names of indicators and data are the documents' own words; everything else is translated.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backend.ratings.rounds.figures import StoredFigure
from backend.ratings.rounds.rights import ENTERERS
from backend.ratings.rounds.round import Round, RowState
from backend.ratings.rounds.views.criteria import name_of, reached_view
from backend.ratings.rounds.views.fields import figure_words
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.sheets.changes import RowChange
from backend.ratings.sheets.uploaded import SheetFault
from backend.ratings.sheets.wording import BLANK
from backend.ratings.wording import Translate
from backend.results.reader import local_time
from backend.staff.service import Staff


@dataclass(frozen=True)
class FaultLine:
    """One fault: where it is (all but the sheet may be empty), and what to do about it."""

    sheet: str
    row: str
    column: str
    heading: str
    words: str


@dataclass(frozen=True)
class FigureLine:
    """One figure before and after."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class RowPreview:
    """One row that would change.

    Attributes
    ----------
    changed_by, changed_at
        Who changed it last, where that was after the export.
    takes_back
        Whether it was submitted, which the import undoes.
    levels
        The level before and after, where they differ.
    """

    number: int
    name: str
    is_conflict: bool
    is_chosen: bool
    changed_by: str
    changed_at: str
    takes_back: bool
    levels: tuple[str, str] | None
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True)
class Preview:
    """What an upload would change, and the signed upload; no rows: it would change nothing."""

    kept: str
    rows: tuple[RowPreview, ...]
    conflicts: int
    figures: int


@dataclass(frozen=True)
class ImportPage:
    """The page; `problem`, `file_error` and `done` are about what was just asked for."""

    head: RoundHead
    own_department: str | None
    may_import: bool
    file_error: str | None = None
    faults: tuple[FaultLine, ...] = ()
    problem: str | None = None
    preview: Preview | None = None
    done: int | None = None


def import_page(round_: Round, staff: Staff) -> ImportPage:
    """Prepare the page as it is before anything was uploaded."""
    may_import = staff.role in ENTERERS and not round_.is_closed
    return ImportPage(round_head(round_), staff.department, may_import)


def fault_lines(faults: tuple[SheetFault, ...], translate: Translate) -> tuple[FaultLine, ...]:
    """Prepare the faults of an upload."""
    return tuple(
        FaultLine(
            sheet=fault.sheet,
            row="" if fault.row is None else str(fault.row),
            column=fault.column or "",
            heading=fault.heading or "",
            words=translate(fault.message).format(**fault.arguments),
        )
        for fault in faults
    )


def preview_view(
    changes: tuple[RowChange, ...],
    kept: str,
    zone: ZoneInfo,
    translate: Translate,
    chosen: frozenset[int] | None = None,
) -> Preview:
    """Prepare a preview; `chosen` are the rows ticked, by default those without conflict."""
    rows = tuple(_row(change, zone, translate, chosen) for change in changes)
    return Preview(
        kept=kept,
        rows=rows,
        conflicts=sum(row.is_conflict for row in rows),
        figures=sum(len(row.figures) for row in rows),
    )


def _row(
    change: RowChange, zone: ZoneInfo, translate: Translate, chosen: frozenset[int] | None
) -> RowPreview:
    row = change.row
    is_chosen = not change.is_conflict if chosen is None else row.number in chosen
    return RowPreview(
        number=row.number,
        name=row.indicator.name,
        is_conflict=change.is_conflict,
        is_chosen=is_chosen,
        changed_by=row.changed_by or "",
        changed_at=local_time(row.changed_at, zone) if row.changed_at else "",
        takes_back=row.state is RowState.SUBMITTED,
        levels=_levels(change, translate),
        figures=tuple(
            FigureLine(
                name=name_of(row.indicator, each.key),
                old=_figure(change, each.key, each.old, translate),
                new=_figure(change, each.key, each.new, translate),
            )
            for each in change.changes
        ),
    )


def _levels(change: RowChange, translate: Translate) -> tuple[str, str] | None:
    indicator = change.row.indicator
    before, after = (
        reached_view(indicator, figures).word for figures in (change.row.figures, change.figures)
    )
    return None if before == after else (translate(before), translate(after))


def _figure(change: RowChange, key: str, figure: StoredFigure | None, translate: Translate) -> str:
    if figure is None:
        return translate(BLANK)
    return figure_words(change.row.indicator, key, figure, translate)
