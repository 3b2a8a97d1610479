"""What the table of scores adds up to, in formulas: bonus, deductions, veto, total and star."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openpyxl.utils import get_column_letter

from backend.ratings.live.rules import InnovationRulePart, SecurityRulePart, SurveyRulePart
from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.sheet import EDITABLE, PERCENT, Sheet, Value
from backend.ratings.report.views import ReportPage
from backend.ratings.wording import STAR_WORDS, number_text

# Sums are exact to this many decimals, as in the rules of the rating.
_DECIMALS = 9
# The lines of the sum from top to bottom.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "base": wording.BASE,
        "innovation": wording.INNOVATION,
        "satisfaction": wording.LABELS["satisfaction"],
        "survey": wording.SURVEY,
        "security": wording.SECURITY,
        "major": wording.MAJOR_INCIDENT,
        "veto": wording.IS_VETOED,
        "total": wording.TOTAL,
        "benchmark": wording.BENCHMARK,
        "star": wording.LABELS["star"],
    }
)


@dataclass(frozen=True)
class ScoreCells:
    """Cells of other sheets, as formulas name them; None where the standard has no such row.

    `major` holds whether a major incident happened.
    """

    innovation: str | None
    security: str | None
    major: str | None


@dataclass(frozen=True)
class _Lines:
    """Cells of the sum, and how the rows of the table are found."""

    sheet: Sheet
    snapshot: Snapshot
    reader: Reader
    sums: ScoreCells
    column: int
    first_row: int

    def of(self, rule: InnovationRulePart | SecurityRulePart | SurveyRulePart | None) -> str:
        """The cell of a rule's row, or nothing where the standard has none."""
        return f"{get_column_letter(self.column)}{self.row_at(rule.number)}" if rule else "0"

    def row_at(self, number: int) -> int:
        numbers = [row.number for row in self.snapshot.rows]
        return self.first_row + numbers.index(number)

    def word(self, msgid: str) -> str:
        """A word as a text of a formula."""
        quoted = self.reader.translate(msgid).replace('"', '""')
        return f'"{quoted}"'


def write_sum(
    sheet: Sheet,
    snapshot: Snapshot,
    page: ReportPage,
    reader: Reader,
    sums: ScoreCells,
    column: int,
    first_row: int,
) -> None:
    """Write the points of the rows without levels, and the sum under the table."""
    lines = _Lines(sheet, snapshot, reader, sums, column, first_row)
    at = first_row + len(snapshot.rows) + 1
    letter = get_column_letter(column)
    cell = {name: f"{letter}{row}" for row, name in enumerate(_NAMES, at)}
    for row, name in enumerate(_NAMES.values(), at):
        _name(sheet, row, reader.translate(name), column)
    _write_rows_without_levels(lines, cell["satisfaction"])
    for row, (formula, value) in enumerate(_formulas(lines, cell, page.star), at):
        if formula is not None:
            sheet.formula(row, column, formula, value, bold=row > at + 6)
    satisfaction = sheet.number(at + 2, column, snapshot.rating.satisfaction, PERCENT)
    satisfaction.fill = EDITABLE
    choices = (reader.translate(wording.YES), reader.translate(wording.NO))
    benchmark = choices[0] if snapshot.round.national_benchmark else choices[1]
    sheet.choice(sheet.text(at + 8, column, benchmark), choices)


def _formulas(
    lines: _Lines, cell: Mapping[str, str], star: str
) -> Iterable[tuple[str | None, Value]]:
    """The formulas in the order of `_NAMES` and what they give; None for what is written in."""
    rules, rating = lines.snapshot.rules, lines.snapshot.rating
    yes, no = (lines.reader.translate(word) for word in (wording.YES, wording.NO))
    is_yes, is_no = lines.word(wording.YES), lines.word(wording.NO)
    yield _sum_of(lines), rating.base or 0.0
    yield lines.of(rules.innovation), rating.innovation.total
    yield None, 0.0
    yield lines.of(rules.survey), -rating.survey_deduction + 0.0
    yield lines.of(rules.security), -rating.security_deduction + 0.0
    yield lines.sums.major or is_no, yes if "major_incident" in lines.snapshot.vetoes else no
    yield f"IF({_veto(lines, cell)},{is_yes},{is_no})", yes if rating.vetoed else no
    added = "+".join(cell[name] for name in ("base", "innovation", "survey", "security"))
    total = f"IF({cell['veto']}={is_yes},0,MAX(0,ROUND({added},{_DECIMALS})))"
    yield total, rating.total or 0.0
    yield None, no
    yield _star(lines, cell), star


def _name(sheet: Sheet, row: int, name: str, column: int) -> None:
    sheet.text(row, 1, name, bold=True)
    sheet.worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=column - 1)


def _write_rows_without_levels(lines: _Lines, satisfaction: str) -> None:
    rules, rating, sheet = lines.snapshot.rules, lines.snapshot.rating, lines.sheet
    if rules.innovation and lines.sums.innovation:
        at = lines.row_at(rules.innovation.number)
        sheet.formula(at, lines.column, lines.sums.innovation, rating.innovation.total)
    if rules.security and lines.sums.security:
        at = lines.row_at(rules.security.number)
        deducted = -rating.security_deduction + 0.0
        sheet.formula(at, lines.column, f"-{lines.sums.security}", deducted)
    if rules.survey:
        survey, at = rules.survey, lines.row_at(rules.survey.number)
        share = f"ROUND({satisfaction},12)"
        # Strictly below; what voids the whole is deducted beside the veto.
        formula = (
            f"IF(ISNUMBER({satisfaction}),IF({share}<{number_text(survey.deduct_below)},"
            f"-{number_text(survey.deduct_points)},0),0)"
        )
        sheet.formula(at, lines.column, formula, -rating.survey_deduction + 0.0)


def _sum_of(lines: _Lines) -> str:
    """The sum of the rows that have levels, by the ranges in which they stand together."""
    letter = get_column_letter(lines.column)
    ranges: list[tuple[int, int]] = []
    for at, row in enumerate(lines.snapshot.rows, lines.first_row):
        if not row.requirements:
            continue
        if ranges and ranges[-1][1] == at - 1:
            ranges[-1] = (ranges[-1][0], at)
        else:
            ranges.append((at, at))
    return f"SUM({','.join(f'{letter}{first}:{letter}{last}' for first, last in ranges)})"


def _veto(lines: _Lines, cell: Mapping[str, str]) -> str:
    return f"OR({','.join(_vetoes(lines, cell))})"


def _vetoes(lines: _Lines, cell: Mapping[str, str]) -> Iterable[str]:
    rules = lines.snapshot.rules
    if rules.survey:
        line = number_text(rules.survey.void_below)
        satisfaction = cell["satisfaction"]
        yield f"AND(ISNUMBER({satisfaction}),ROUND({satisfaction},12)<{line})"
    if rules.security and rules.security.void_above is not None:
        line = number_text(rules.security.void_above)
        yield f"ROUND(-{cell['security']},{_DECIMALS})>{line}"
    if rules.security and rules.security.void_on_major_incident:
        yield f"{cell['major']}={lines.word(wording.YES)}"


def _star(lines: _Lines, cell: Mapping[str, str]) -> str:
    formula = lines.word(STAR_WORDS["none"])
    for star in lines.snapshot.rules.stars:
        holds = f"{cell['total']}>={number_text(star.points)}"
        if star.needs_benchmark:
            holds = f"AND({holds},{cell['benchmark']}={lines.word(wording.YES)})"
        formula = f"IF({holds},{lines.word(STAR_WORDS[star.star])},{formula})"
    return formula
