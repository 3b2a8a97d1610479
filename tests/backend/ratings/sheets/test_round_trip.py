"""Exported and imported again, nothing changes, whatever the figures."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.rating.standard import MeasureKind
from backend.ratings.rounds.figures import Sides, StoredFigure, StoredFigures
from backend.ratings.sheets.changes import find_changes
from backend.ratings.sheets.importing import read_workbook
from backend.ratings.sheets.workbook.layout import DataLine, data_lines
from tests.backend.ratings.sheets.rounds import ADMIN, Round, a_round, exported

SHARES = st.floats(0, 1)
AMOUNTS = st.floats(0, 1e15)
WHOLE = st.integers(0, 10**15).map(float)
FIGURES: dict[MeasureKind, st.SearchStrategy[float]] = {
    "share": SHARES,
    "ratio": AMOUNTS,
    "change": st.floats(-1e15, 1e15),
    "count": WHOLE,
    "quantity": AMOUNTS,
    "rank": st.integers(1, 200).map(float),
}


@st.composite
def sides(draw: st.DrawFn) -> Sides:
    """Both sides of a ratio that is a share, and so fits every kind."""
    denominator = draw(st.floats(1e-3, 1e12))
    return Sides(numerator=draw(SHARES) * denominator, denominator=denominator)


def figure_of(line: DataLine) -> st.SearchStrategy[StoredFigure]:
    if line.measure is None:
        return st.booleans()
    figures = FIGURES[line.measure.kind]
    return st.one_of(figures, sides()) if line.has_sides else figures


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    standard_id = draw(
        st.sampled_from(["shandong-2023-city", "shandong-2023-county", "shandong-2020-city"])
    )
    entered: dict[int, StoredFigures] = {}
    for row in a_round(standard_id=standard_id).rows:
        lines = {line.key: figure_of(line) for line in data_lines(row.indicator)}
        entered[row.number] = draw(st.fixed_dictionaries({}, optional=lines))
    return a_round(entered, standard_id=standard_id)


@given(rounds())
@settings(max_examples=12)
def test_what_was_exported_changes_nothing_when_it_is_imported(round_: Round) -> None:
    file_rows = read_workbook("t.xlsx", exported(round_), round_)

    changes = find_changes(round_, file_rows, {}, ADMIN)

    assert len(file_rows) == len(round_.rows)
    assert changes == ()
