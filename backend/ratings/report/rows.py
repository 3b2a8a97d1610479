"""The indicators of a report in the reader's words, grouped by first-level heading."""

from collections.abc import Iterable

from backend.ratings.live.snapshot import EvidencePart, HeadingPart, RowPart, Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import (
    MISSING,
    Reader,
    figure_text,
    points,
    sides_text,
    web_address,
)
from backend.ratings.report.views import (
    EvidenceLine,
    FigureLine,
    HeadingLine,
    RequirementLine,
    RowGroup,
    RowLine,
)
from backend.ratings.rounds.round import RowState
from backend.ratings.rounds.wording import STATE_WORDS
from backend.ratings.wording import LEVEL_WORDS

_TONES = {"five": "good", "four": "good", "three": "warn", "none": "bad", "unknown": "plain"}


def heading_lines(headings: Iterable[HeadingPart]) -> tuple[HeadingLine, ...]:
    """Return the points of each first-level heading."""
    return tuple(
        HeadingLine(
            name=each.first,
            points=points(each.points),
            maximum=points(each.maximum) if each.maximum else MISSING,
            share=(share := _share(each)),
            share_text=MISSING if share is None else f"{share:.0%}",
        )
        for each in headings
    )


def row_groups(snapshot: Snapshot, reader: Reader) -> tuple[RowGroup, ...]:
    """Return every indicator under its first-level heading, in the order of the table."""
    of_heading = {each.first: each for each in snapshot.headings}
    rows: dict[str, list[RowLine]] = {}
    for row in snapshot.rows:
        rows.setdefault(row.first, []).append(row_line(row, reader))
    return tuple(
        RowGroup(title=first, points=_points_of(of_heading.get(first)), rows=tuple(lines))
        for first, lines in rows.items()
    )


def row_line(row: RowPart, reader: Reader) -> RowLine:
    """Return one indicator."""
    translate = reader.translate
    is_ignored = bool(row.figures) and row.state not in (None, "empty") and not row.counts
    return RowLine(
        number=str(row.number),
        second=row.second,
        name=row.name,
        definition=row.definition,
        departments=reader.comma.join(row.departments),
        level=level_word(row.level, reader),
        tone=_TONES.get(row.level or "", "plain"),
        points=points(row.points),
        maximum=points(row.maximum) if row.maximum else MISSING,
        requirement=_requirement(row, reader),
        requirements=tuple(_requirements(row, reader)),
        figures=tuple(
            FigureLine(each.name, figure_text(each, translate), sides_text(each, translate))
            for each in row.figures
            if each.value is not None
        ),
        missing=_missing(row, reader),
        evidence=tuple(evidence_line(each, reader) for each in row.evidence),
        note=row.note,
        state=translate(STATE_WORDS[RowState(row.state)]) if row.state else "",
        not_counted=translate(wording.NOT_COUNTED) if is_ignored else "",
        source=row.source,
    )


def level_word(level: str | None, reader: Reader) -> str:
    """Write the level held; rows that only add or deduct have none."""
    return reader.translate(LEVEL_WORDS[level] if level else wording.NO_LEVEL)


def evidence_line(evidence: EvidencePart, reader: Reader) -> EvidenceLine:
    """Return a piece of evidence; a file by its name and hash, so that it can be found again."""
    if evidence.url is not None:
        return EvidenceLine(evidence.title, web_address(evidence.url), evidence.url)
    sha256 = reader.translate(wording.FILE_HASH).format(sha256=(evidence.sha256 or "")[:16])
    return EvidenceLine(evidence.title, None, f"{evidence.file_name or ''} {sha256}…".strip())


def _requirements(row: RowPart, reader: Reader) -> Iterable[RequirementLine]:
    for each in row.requirements:
        given = reader.translate(wording.POINTS).format(points=points(each.points))
        yield RequirementLine(
            level=reader.translate(LEVEL_WORDS[each.level]),
            text=each.text,
            points=given if each.points is not None else "",
            is_held=each.level == row.level,
        )


def _requirement(row: RowPart, reader: Reader) -> str:
    if not row.requirements:
        return row.rule
    translate = reader.translate
    held = next((each for each in row.requirements if each.level == row.level), None)
    sentence = wording.REQUIREMENT_OF_LEVEL if held else wording.NOT_REACHED
    shown = held or row.requirements[0]
    return translate(sentence).format(level=translate(LEVEL_WORDS[shown.level]), text=shown.text)


def _missing(row: RowPart, reader: Reader) -> str:
    names = {each.key: each.name for each in row.figures}
    missing = [names.get(key, key) for key in row.missing]
    if not missing:
        return ""
    return reader.translate(wording.MISSING_FIGURES).format(names=reader.comma.join(missing))


def _share(heading: HeadingPart) -> float | None:
    if not heading.maximum or heading.points is None:
        return None
    return min(1.0, max(0.0, heading.points / heading.maximum))


def _points_of(heading: HeadingPart | None) -> str:
    if heading is None or heading.points is None:
        return ""
    if not heading.maximum:
        return points(heading.points)
    return f"{points(heading.points)} / {points(heading.maximum)}"
