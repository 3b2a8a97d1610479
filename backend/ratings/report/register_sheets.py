"""The sheets of the innovation cases with their caps, and of the security incidents."""

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.sheet import EDITABLE, Sheet
from backend.ratings.report.views import ReportPage
from backend.ratings.wording import number_text

CASE_WIDTHS = (12, 30, 44, 22, 20, 10, 34, 34)
INCIDENT_WIDTHS = (12, 50, 50, 10, 12)
_HEAD_ROW, _FIRST_ROW = 2, 3
# Reasons that a case is out for, whatever else is counted; caps are what the formulas see to.
_OUT = ("before_the_window", "after_the_window", "duplicate")


def write_cases(sheet: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader) -> str | None:
    """Write the cases and what their kinds add up to; return the cell of the total."""
    label, translate = page.labels, reader.translate
    yes, no = translate(wording.YES), translate(wording.NO)
    sheet.title(1, label["innovations"], len(CASE_WIDTHS), size=14)
    names = [label[name] for name in ("dated_on", "kind", "case", "issuer", "department")]
    sheet.head(
        _HEAD_ROW, [*names, translate(wording.IS_COUNTED), label["outcome_of_case"], label["link"]]
    )
    for at, (case, line) in enumerate(
        zip(snapshot.innovations, page.cases, strict=True), _FIRST_ROW
    ):
        texts = (line.dated_on, line.kind, line.title, line.issuer, line.department)
        for column, text in enumerate(texts, 1):
            sheet.text(at, column, text)
        sheet.choice(sheet.text(at, 6, no if case.reason in _OUT else yes), (yes, no))
        sheet.text(at, 7, line.outcome)
        sheet.text(at, 8, case.evidence_url)
    last = max(_FIRST_ROW, _FIRST_ROW + len(snapshot.innovations) - 1)
    return _write_kinds(sheet, snapshot, page, reader, last) if snapshot.rules.innovation else None


def _write_kinds(
    sheet: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader, last: int
) -> str:
    """Count each kind and cap it, then cap the sum, as the document says."""
    rules, label = snapshot.rules.innovation, page.labels
    if rules is None:
        raise ValueError("the standard counts no innovations")
    head, by_kind = last + 2, snapshot.rating.innovation.by_kind
    yes = reader.translate(wording.YES)
    names = ("kind", "cases", "per_case", "cap", "points")
    for column, name in enumerate(names, 1):
        sheet.text(head, column, label[name], bold=True)
    for at, kind in enumerate(rules.kinds, head + 1):
        sheet.text(at, 1, kind.name)
        counted = sum(
            case.kind == kind.kind and case.reason not in _OUT for case in snapshot.innovations
        )
        ours = f'($B${_FIRST_ROW}:$B${last}=A{at})*($F${_FIRST_ROW}:$F${last}="{yes}")'
        sheet.formula(at, 2, f"SUMPRODUCT({ours})", float(counted))
        sheet.number(at, 3, kind.points)
        sheet.number(at, 4, kind.cap)
        # A kind without a cap of its own has an empty cell there.
        capped = f"IF(ISNUMBER(D{at}),MIN(D{at},B{at}*C{at}),B{at}*C{at})"
        sheet.formula(at, 5, capped, by_kind.get(kind.kind, 0.0))
    total = head + 1 + len(rules.kinds)
    sheet.text(total, 1, reader.translate(wording.INNOVATION), bold=True)
    sheet.number(total, 4, rules.cap)
    summed = f"MIN({number_text(rules.cap)},SUM(E{head + 1}:E{total - 1}))"
    sheet.formula(total, 5, summed, snapshot.rating.innovation.total, bold=True)
    return f"{sheet.name}!E{total}"


def write_incidents(
    sheet: Sheet, snapshot: Snapshot, page: ReportPage, reader: Reader
) -> tuple[str, str]:
    """Write the incidents; return the cells of their points and of whether one was major."""
    label, translate = page.labels, reader.translate
    yes, no = translate(wording.YES), translate(wording.NO)
    sheet.title(1, label["incidents"], len(INCIDENT_WIDTHS), size=14)
    names = ("dated_on", "notice", "handling", "deduction", "major")
    sheet.head(_HEAD_ROW, [label[name] for name in names])
    for at, incident in enumerate(snapshot.incidents, _FIRST_ROW):
        sheet.text(at, 1, f"{incident.dated_on}")
        sheet.text(at, 2, incident.notice)
        sheet.text(at, 3, incident.handling)
        sheet.number(at, 4, incident.points).fill = EDITABLE
        sheet.choice(sheet.text(at, 5, yes if incident.is_major else no), (yes, no))
    last = max(_FIRST_ROW, _FIRST_ROW + len(snapshot.incidents) - 1)
    points = sum(incident.points for incident in snapshot.incidents)
    is_major = any(incident.is_major for incident in snapshot.incidents)
    sheet.text(last + 2, 1, translate(wording.SECURITY), bold=True)
    sheet.formula(last + 2, 4, f"SUM(D{_FIRST_ROW}:D{last})", points, bold=True)
    majors = f'COUNTIF(E{_FIRST_ROW}:E{last},"{yes}")'
    sheet.formula(last + 2, 5, f'IF({majors}>0,"{yes}","{no}")', yes if is_major else no)
    return f"{sheet.name}!D{last + 2}", f"{sheet.name}!E{last + 2}"
