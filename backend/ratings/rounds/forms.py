"""Reads the forms of rounds other than the entry: opening one, and reporting progress."""

from collections.abc import Mapping
from datetime import date

from backend.errors import Invalid
from backend.ratings.forms.typed import TypedForm
from backend.ratings.rounds.entry import read_entry
from backend.ratings.rounds.round import Row
from backend.ratings.rounds.service import NewProgress, NewRound
from backend.ratings.rounds.service.opening import (
    LONGEST_AREA_NAME,
    LONGEST_TITLE,
    MISSING_TITLE,
    faults,
)
from backend.ratings.rounds.service.progress import (
    DONE_NEEDED,
    LONGEST_DONE,
    MEASURE_NEEDED,
    require_reportable,
)


def read_new_round(typed: Mapping[str, str]) -> NewRound:
    """Read the form that opens a round; Invalid names every bad field."""
    form = TypedForm(typed)
    new = NewRound(
        slug=form.raw("slug"),
        title=form.line("title", LONGEST_TITLE, MISSING_TITLE),
        standard_id=form.raw("standard_id"),
        division_code=form.raw("division_code"),
        opens_on=form.optional_day("opens_on"),
        due_on=form.optional_day("due_on"),
        as_of=form.optional_day("as_of"),
        security_from=form.optional_day("security_from"),
        area_name=form.line("area_name", LONGEST_AREA_NAME),
        parent_code=form.raw("parent_code"),
        survey_slug=form.raw("survey_slug"),
        default_department=form.line("default_department", LONGEST_AREA_NAME),
    )
    for error in faults(new):
        form.refuse(error.field, error.message, **error.arguments)
    form.settle()
    return new


def read_progress(row: Row, typed: Mapping[str, str], today: date) -> NewProgress:
    """Read a progress entry; Invalid names every bad field."""
    form = TypedForm(typed)
    measure = form.raw("measure") or None
    new = NewProgress(
        done=form.text("done", LONGEST_DONE, DONE_NEEDED),
        measure=measure,
        figure=_figure(row, measure, form),
        will_meet_on=form.optional_day("will_meet_on"),
    )
    try:
        require_reportable(row, new, today)
    except Invalid as invalid:
        for error in invalid.errors:
            form.refuse(error.field, error.message, **error.arguments)
    form.settle()
    return new


def _figure(row: Row, measure: str | None, form: TypedForm) -> float | None:
    """Read the figure now as the entry form would; a refused one is None."""
    text = form.raw("figure")
    if not text:
        return None
    if measure is None:
        form.refuse("measure", MEASURE_NEEDED)
    if measure not in row.indicator.measures:
        return None
    read = read_entry(row.indicator, {f"figure.{measure}": text})
    for error in read.errors:
        form.refuse("figure", error.message, **error.arguments)
    figure = read.entry.figures.get(measure)
    return float(figure) if isinstance(figure, int | float) else None
