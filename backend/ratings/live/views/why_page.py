"""Why this number: from a line of the rating down to figures, evidence, and the rule's sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.rating.gap import Step, steps
from analysis.rating.levels import evaluate, with_averages
from analysis.rating.rate import Line
from analysis.rating.standard import LeveledIndicator
from backend.ratings import wording
from backend.ratings.evidence.service import KeptEvidence
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.live.figures_text import open_text, points_text
from backend.ratings.live.service import LiveRating
from backend.ratings.live.views.what_if_page import RowFields, row_fields
from backend.ratings.paths import evidence_path
from backend.ratings.rounds.figures import StoredFigures, to_figures
from backend.ratings.rounds.views.head import RoundHead, round_head
from backend.ratings.shape import level_of, why_left_out
from backend.ratings.wording import Translate, number_text

HOLDS_WORDS = {True: "符合", False: "不符合", None: "数据不全"}
YES_NO = {True: "已认定", False: "不具备"}


@dataclass(frozen=True)
class LevelRow:
    """One level: its sentence, whether it holds, and what it still wants."""

    level: str
    text: str
    points: str
    holds: str
    tag: str
    wants: tuple[str, ...]


@dataclass(frozen=True)
class FigureRow:
    """One figure or attestation as entered; `sides` are numerator and denominator."""

    name: str
    key: str
    figure: str
    sides: str


@dataclass(frozen=True)
class CaseRow:
    """An innovation case or incident that enters the line, or why it does not."""

    dated_on: str
    title: str
    points: str
    why: str


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence."""

    title: str
    address: str
    is_file: bool


@dataclass(frozen=True)
class WhyPage:
    """One line, all the way down."""

    head: RoundHead
    number: int
    name: str
    first: str
    departments: str
    points: str
    maximum: str
    level: str
    rule: str
    source: str
    levels: tuple[LevelRow, ...]
    figures: tuple[FigureRow, ...]
    evidence: tuple[EvidenceRow, ...]
    cases: tuple[CaseRow, ...]
    what_if: RowFields | None
    survey_slug: str | None
    survey_n: int | None
    previous: int | None
    following: int | None


def why_page(
    live: LiveRating, line: Line, evidence: Sequence[KeptEvidence], translate: Translate
) -> WhyPage:
    """Prepare the page of one line."""
    indicator, count = line.indicator, len(live.rating.lines)
    row = live.round.row(indicator.number)
    leveled = indicator if isinstance(indicator, LeveledIndicator) else None
    is_survey = indicator.kind == "survey"
    result = live.surveyed.result if live.surveyed and is_survey else None
    has_points = live.rating.standard.gives_points
    level = level_of(line)
    return WhyPage(
        head=round_head(live.round),
        number=indicator.number,
        name=indicator.name,
        first=indicator.first,
        departments="、".join(row.departments if row else indicator.departments),
        points=points_text(line.points if has_points else None),
        maximum=points_text(line.maximum if has_points and line.maximum else None),
        level=translate(wording.LEVEL_WORDS[level]) if level else "",
        rule=line.rule,
        source=line.source,
        levels=_levels(live, leveled, translate) if leveled else (),
        figures=_figures(leveled, row.figures, translate) if leveled and row else (),
        evidence=tuple(_evidence(each) for each in evidence),
        cases=_cases(live, line, translate),
        what_if=row_fields(leveled) if leveled and not live.round.is_closed else None,
        survey_slug=live.round.survey_slug if is_survey else None,
        survey_n=live.surveyed.estimate.n
        if result and live.surveyed and live.surveyed.estimate
        else None,
        previous=indicator.number - 1 if indicator.number > 1 else None,
        following=indicator.number + 1 if indicator.number < count else None,
    )


def _levels(
    live: LiveRating, indicator: LeveledIndicator, translate: Translate
) -> tuple[LevelRow, ...]:
    figures = live.assessment.figures.get(indicator.number, {})
    known = with_averages(indicator, figures)
    wants: dict[str, Step] = {
        step.level: step for step in steps(indicator, figures, verified_level="none")
    }
    rows = []
    for level, requirement in indicator.requirements.items():
        holds = evaluate(requirement.criteria, known)
        rows.append(
            LevelRow(
                level=translate(wording.LEVEL_WORDS[level]),
                text=requirement.text,
                points=points_text(requirement.points),
                holds=translate(HOLDS_WORDS[holds]),
                tag="open" if holds else "error" if holds is False else "paused",
                wants=tuple(
                    open_text(indicator, each, translate) for each in wants[level].open_criteria
                ),
            )
        )
    return tuple(rows)


def _figures(
    indicator: LeveledIndicator, stored: StoredFigures, translate: Translate
) -> tuple[FigureRow, ...]:
    known = with_averages(indicator, to_figures(stored))
    rows = []
    for key, measure in indicator.measures.items():
        figure, written = known.get(key), stored.get(key)
        sides = ""
        if isinstance(written, dict) and measure.numerator and measure.denominator:
            sides = (
                f"{measure.numerator.name} {number_text(written['numerator'])}"
                f" ÷ {measure.denominator.name} {number_text(written['denominator'])}"
            )
        text = translate("未填") if figure is None else shown_figure(measure, float(figure))
        rows.append(FigureRow(measure.name, key, text, sides))
    for key, condition in indicator.conditions.items():
        attested = known.get(key)
        text = translate("未填") if attested is None else translate(YES_NO[bool(attested)])
        rows.append(FigureRow(condition.name, key, text, ""))
    return tuple(rows)


def _evidence(each: KeptEvidence) -> EvidenceRow:
    address = each.url or evidence_path(each.public_id)
    return EvidenceRow(each.title, address, each.url is None)


def _cases(live: LiveRating, line: Line, translate: Translate) -> tuple[CaseRow, ...]:
    if line.indicator.kind == "security":
        return tuple(
            CaseRow(each.dated_on.isoformat(), each.reason, points_text(-each.points), "")
            for each in live.assessment.security.deductions
        )
    bonus = live.rating.innovation
    if line.indicator.kind != "innovation" or bonus is None:
        return ()
    counted = [
        CaseRow(each.case.dated_on.isoformat(), each.case.title, points_text(each.points), "")
        for each in bonus.counted
    ]
    left_out = [
        CaseRow(
            each.case.dated_on.isoformat(),
            each.case.title,
            "0",
            why_left_out(live.rating, each, translate),
        )
        for each in bonus.left_out
    ]
    return (*counted, *left_out)
