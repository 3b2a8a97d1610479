"""How a rating came about: each rule in the order in which it is applied, with its own words."""

from collections.abc import Iterable

from backend.ratings.live.snapshot import Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import Reader
from backend.ratings.report.satisfaction import satisfaction_method
from backend.ratings.report.views import MethodStatement


def methodology(snapshot: Snapshot, reader: Reader) -> tuple[MethodStatement, ...]:
    """Return the statements of the method, the rating's first and then the satisfaction's."""
    return (*_rating_method(snapshot, reader), *satisfaction_method(snapshot, reader))


def _rating_method(snapshot: Snapshot, reader: Reader) -> Iterable[MethodStatement]:
    rules, document = snapshot.rules, snapshot.standard.document
    is_closed = snapshot.round.closed_at is not None
    sources = {row.number: row.source for row in snapshot.rows}
    yield _statement(reader, "levels", wording.LEVELS_METHOD)
    basis = wording.ACCEPTED_ROWS if is_closed else wording.ENTERED_ROWS
    yield _statement(reader, "basis", basis)
    if not rules.stars:
        yield _statement(reader, "sum", wording.NO_POINTS_METHOD, source=document)
        return
    yield _statement(reader, "sum", wording.SUM_METHOD)
    quotes = tuple(star.text for star in rules.stars)
    yield _statement(reader, "stars", "", quotes, document)
    if rules.survey:
        source = sources.get(rules.survey.number, document)
        yield _statement(reader, "survey", wording.SURVEY_METHOD, (rules.survey.text,), source)
    if rules.security:
        source = sources.get(rules.security.number, document)
        yield _statement(reader, "security", "", (rules.security.text,), source)
    if rules.innovation:
        row = rules.innovation
        words = reader.translate(wording.INNOVATION_METHOD).format(
            first=row.first_on, last=row.last_on
        )
        name = reader.translate(wording.METHOD_NAMES["innovation"])
        yield MethodStatement(name, words, (row.text,), sources.get(row.number, document))


def _statement(
    reader: Reader, name: str, words: str, quotes: tuple[str, ...] = (), source: str = ""
) -> MethodStatement:
    translate = reader.translate
    said = translate(words) if words else ""
    return MethodStatement(translate(wording.METHOD_NAMES[name]), said, quotes, source)
