"""Turns a snapshot into the page that every format shows; no figure is computed here."""

from collections.abc import Iterable

from backend.ratings.live.snapshot import InnovationPart, Snapshot
from backend.ratings.report import wording
from backend.ratings.report.figures import MISSING, Reader, points, web_address
from backend.ratings.report.method import methodology
from backend.ratings.report.rows import heading_lines, row_groups
from backend.ratings.report.satisfaction import satisfaction_part, star_word
from backend.ratings.report.views import (
    CaseLine,
    Fact,
    IncidentLine,
    ReportPage,
    SumLine,
    TableLine,
)
from backend.ratings.wording import (
    LEFT_OUT_WORDS,
    LEVEL_WORDS,
    NOT_SURVEYED,
    UNSETTLED,
    VETO_WORDS,
    number_text,
)

LEVELS = ("three", "four", "five")
_TONES = {"five": "good", "four_growth": "good", "four_basic": "good", "three": "warn"}


def report_page(
    snapshot: Snapshot, reader: Reader, sha256: str | None = None, is_intact: bool = True
) -> ReportPage:
    """Return the report.

    Parameters
    ----------
    sha256
        Of the frozen document, when the round is closed.
    is_intact
        Whether the frozen document has that hash.
    """
    translate, about, rating = reader.translate, snapshot.round, snapshot.rating
    closed_at, has_points = about.closed_at, rating.total is not None
    return ReportPage(
        language=reader.language,
        labels={name: translate(word) for name, word in wording.LABELS.items()},
        slug=about.slug,
        title=translate(wording.TITLE).format(area=about.area_name),
        round_title=about.title,
        has_points=has_points,
        preview=None if closed_at else translate(wording.PREVIEW),
        preview_tag="" if closed_at else translate(wording.PREVIEW_TAG),
        closed=translate(wording.CLOSED).format(time=reader.time(closed_at)) if closed_at else None,
        warning=None if is_intact else translate(wording.DAMAGED),
        demonstration=translate(wording.DEMONSTRATION) if about.is_demonstration else None,
        facts=_facts(snapshot, reader),
        total=points(rating.total),
        out_of=translate(wording.OUT_OF).format(maximum=points(rating.maximum)),
        star=star_word(rating.star, reader),
        tone="bad" if rating.vetoed else _TONES.get(rating.star or "", "plain"),
        verdicts=tuple(_vetoes(snapshot, reader)),
        notes=tuple(_notes(snapshot, reader)),
        sums=_sums(snapshot, reader) if has_points else (),
        headings=heading_lines(snapshot.headings) if has_points else (),
        tables=() if has_points else _tables(snapshot, reader),
        satisfaction=satisfaction_part(snapshot, reader),
        no_satisfaction=translate(wording.NO_SURVEY) if snapshot.rules.survey else "",
        groups=row_groups(snapshot, reader),
        cases=tuple(_case(each, snapshot, reader) for each in snapshot.innovations),
        incidents=_incidents(snapshot),
        methodology=methodology(snapshot, reader),
        signatures=tuple(translate(each) for each in wording.SIGNATURES),
        versions=_versions(snapshot, reader, sha256),
        sha256=sha256,
        charts=_charts(snapshot, reader),
    )


def _facts(snapshot: Snapshot, reader: Reader) -> tuple[Fact, ...]:
    return (
        _labelled("area", snapshot.round.area_name, reader),
        _labelled("round", snapshot.round.title, reader),
        _labelled("as_of", f"{snapshot.round.as_of}", reader),
        _labelled("standard", f"{snapshot.standard.title}　{snapshot.standard.document}", reader),
    )


def _versions(snapshot: Snapshot, reader: Reader, sha256: str | None) -> tuple[Fact, ...]:
    standard = snapshot.standard
    frozen = (_labelled("frozen_file", f"SHA-256 {sha256}", reader),) if sha256 else ()
    return (
        _labelled("software", f"minsheng {snapshot.software}", reader),
        _labelled("standard_file", f"{standard.id}　SHA-256 {standard.sha256}", reader),
        _labelled("made_at", reader.time(snapshot.made_at), reader),
        *frozen,
    )


def _charts(snapshot: Snapshot, reader: Reader) -> dict[str, str]:
    charts = {}
    if snapshot.rating.total is not None:
        charts["headings"] = reader.translate(wording.HEADINGS_CHART)
    if snapshot.rating.satisfaction is not None:
        charts["satisfaction"] = reader.translate(wording.SATISFACTION_CHART)
    return charts


def _labelled(name: str, value: str, reader: Reader) -> Fact:
    return Fact(reader.translate(wording.LABELS[name]), value)


def _vetoes(snapshot: Snapshot, reader: Reader) -> Iterable[str]:
    rules = snapshot.rules
    arguments = {
        "void_below": number_text(rules.survey.void_below * 100) if rules.survey else "",
        "void_above": number_text(rules.security.void_above or 0.0) if rules.security else "",
    }
    for veto in snapshot.vetoes:
        yield reader.translate(VETO_WORDS[veto]).format(**arguments)


def _notes(snapshot: Snapshot, reader: Reader) -> Iterable[str]:
    rating, translate = snapshot.rating, reader.translate
    if not rating.surveyed and snapshot.rules.survey:
        yield translate(NOT_SURVEYED)
    unsettled = sum(each.status in ("unknown", "not_assessed") for each in snapshot.rows)
    if unsettled:
        yield translate(UNSETTLED).format(count=unsettled)
    for condition in rating.star_conditions:
        yield translate(condition)
    following = rating.next_star
    if following and following.points_missing > 0 and not rating.vetoed:
        yield translate(wording.NEXT_STAR).format(
            star=star_word(following.star, reader), points=points(following.points_missing)
        )


def _sums(snapshot: Snapshot, reader: Reader) -> tuple[SumLine, ...]:
    rating, translate = snapshot.rating, reader.translate
    parts = [
        (wording.BASE, rating.base or 0.0),
        (wording.INNOVATION, rating.innovation.total),
        (wording.SURVEY, -rating.survey_deduction),
        (wording.SECURITY, -rating.security_deduction),
    ]
    total = SumLine(translate(wording.TOTAL), points(rating.total), is_total=True)
    veto = [SumLine(translate(wording.VETOED), MISSING)] if rating.vetoed else []
    return (*(SumLine(translate(name), points(value)) for name, value in parts), *veto, total)


def _tables(snapshot: Snapshot, reader: Reader) -> tuple[TableLine, ...]:
    return tuple(
        TableLine(
            name=each.table,
            indicators=str(each.indicators),
            reached=tuple(
                Fact(reader.translate(LEVEL_WORDS[level]), str(count))
                for level, count in sorted(each.reached.items(), key=_rank)
            ),
            unsettled=str(each.unsettled),
        )
        for each in snapshot.rating.tables
    )


def _rank(reached: tuple[str, int]) -> int:
    # A frozen document keeps keys in the order of the alphabet.
    return LEVELS.index(reached[0])


def _case(case: InnovationPart, snapshot: Snapshot, reader: Reader) -> CaseLine:
    counted = reader.translate(wording.COUNTED).format(points=points(case.points))
    return CaseLine(
        dated_on=f"{case.dated_on}",
        kind=case.kind_name,
        title=case.title,
        issuer=case.issuer,
        department=case.department,
        url=web_address(case.evidence_url),
        points=points(case.points or 0.0),
        outcome=why_left_out(case, snapshot, reader) if case.reason else counted,
        is_counted=case.reason is None,
    )


def why_left_out(case: InnovationPart, snapshot: Snapshot, reader: Reader) -> str:
    """Say why a case adds nothing."""
    row = snapshot.rules.innovation
    if row is None or case.reason is None:
        return ""
    cap = next((kind.cap for kind in row.kinds if kind.kind == case.kind), None)
    return reader.translate(LEFT_OUT_WORDS[case.reason]).format(
        first=row.first_on,
        last=row.last_on,
        cap=number_text(cap or row.cap),
        row_cap=number_text(row.cap),
    )


def _incidents(snapshot: Snapshot) -> tuple[IncidentLine, ...]:
    return tuple(
        IncidentLine(
            dated_on=f"{each.dated_on}",
            notice=each.notice,
            handling=each.handling,
            points=points(-each.points),
            is_major=each.is_major,
        )
        for each in snapshot.incidents
    )
