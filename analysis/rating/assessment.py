"""What is known of a city or county at a date, held against a standard; judging it is left to
`rate`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from analysis.errors import AnalysisError
from analysis.rating.standard import LeveledIndicator, LevelName, Measure, Standard

# A level as somebody verified it; "none" is verified too: no level is reached.
VerifiedLevel = LevelName | Literal["none"]
# A measure's figure (shares from 0 to 1), or whether a condition is attested.
Figure = float | bool
Figures = Mapping[str, Figure]
# The most that a figure may be: beyond it lies a slip of the keyboard.
LARGEST = 1e15
# Years in which there are such documents, with room for windows on both sides.
FIRST_YEAR, LAST_YEAR = 1990, 2990


@dataclass(frozen=True)
class SecurityDeduction:
    """Points deducted for one network-security notice; by the 2020 standard one leak of secrets,
    whose points mean nothing.
    """

    dated_on: date
    points: float
    reason: str


@dataclass(frozen=True)
class SecurityRecord:
    """Deductions so far, and whether a major incident (重大网络安全事件) happened."""

    deductions: tuple[SecurityDeduction, ...] = ()
    major_incident: bool = False


@dataclass(frozen=True)
class InnovationCase:
    """One innovation demonstration: `kind` is one of the standard's, `evidence` a link or file."""

    dated_on: date
    title: str
    kind: str
    evidence: str = ""


@dataclass(frozen=True)
class Assessment:
    """Everything that a rating follows from.

    Attributes
    ----------
    satisfaction
        A share from 0 to 1, or None when not yet surveyed.
    levels
        Verified levels by indicator number. They go before what figures would give.
    figures
        Figures of measures and attestations of conditions, by indicator number and name.
    national_benchmark
        The judgement that five stars also need (打造成为全国领先的新型智慧城市标杆).
    """

    standard: Standard
    as_of: date
    satisfaction: float | None = None
    levels: Mapping[int, VerifiedLevel] = field(default_factory=dict)
    figures: Mapping[int, Figures] = field(default_factory=dict)
    national_benchmark: bool = False
    security: SecurityRecord = SecurityRecord()
    innovations: tuple[InnovationCase, ...] = ()


def check(assessment: Assessment) -> None:
    """Refuse what cannot be.

    Raises AnalysisError, with the `field` as a path: `unknown_indicator`,
    `indicator_has_no_levels`, `unknown_level`, `unknown_measure`, and those of `check_figure`;
    `impossible_satisfaction`, `unknown_innovation_kind`, `standard_without_innovations`,
    `title_missing`, `points_not_positive`, `dated_after_the_assessment`, `impossible_date`.
    """
    _check_date(assessment.as_of, "as_of")
    if assessment.satisfaction is not None and not 0.0 <= assessment.satisfaction <= 1.0:
        raise AnalysisError("impossible_satisfaction", field="satisfaction")
    for number, level in assessment.levels.items():
        leveled_indicator(assessment.standard, number, f"levels.{number}")
        # A level that the document marks "/" may be verified: it gives no points.
        if level not in ("none", *assessment.standard.levels):
            names = ", ".join(["none", *assessment.standard.levels])
            raise AnalysisError("unknown_level", field=f"levels.{number}", known=names)
    for number, figures in assessment.figures.items():
        indicator = leveled_indicator(assessment.standard, number, f"measures.{number}")
        for name, figure in figures.items():
            check_figure(indicator, name, figure)
    _check_security(assessment)
    _check_innovations(assessment)


def check_figure(indicator: LeveledIndicator, name: str, figure: Figure) -> None:
    """Refuse a figure that cannot be.

    Raises AnalysisError `unknown_measure`, `attestation_expected`, `number_expected`,
    `impossible_share`, `impossible_count`, `impossible_rank`, `impossible_quantity` or
    `computed_measure`.
    """
    path = f"measures.{indicator.number}.{name}"
    if name in indicator.conditions:
        if not isinstance(figure, bool):
            raise AnalysisError("attestation_expected", field=path)
        return
    if name not in indicator.measures:
        names = ", ".join([*indicator.measures, *indicator.conditions])
        raise AnalysisError("unknown_measure", field=path, known=names)
    if isinstance(figure, bool):
        raise AnalysisError("number_expected", field=path)
    _check_number(indicator.measures[name], figure, path)


def _check_number(measure: Measure, figure: float, path: str) -> None:
    if measure.weights is not None:
        raise AnalysisError("computed_measure", field=path, parts=", ".join(measure.weights))
    # Written so that NaN fails.
    if not -LARGEST <= figure <= LARGEST:
        raise AnalysisError("number_expected", field=path)
    if measure.kind == "share" and not 0.0 <= figure <= 1.0:
        raise AnalysisError("impossible_share", field=path)
    if measure.kind == "count" and not (figure >= 0 and figure == int(figure)):
        raise AnalysisError("impossible_count", field=path)
    if measure.kind == "rank" and not (figure >= 1 and figure == int(figure)):
        raise AnalysisError("impossible_rank", field=path)
    if measure.kind in ("ratio", "quantity") and figure < 0:
        raise AnalysisError("impossible_quantity", field=path)


def leveled_indicator(standard: Standard, number: int, path: str) -> LeveledIndicator:
    """Return the indicator of that number; `path` is the field that named it.

    Raises AnalysisError `unknown_indicator` or `indicator_has_no_levels`.
    """
    indicator = standard.indicator(number)
    if indicator is None:
        count = len(standard.indicators)
        raise AnalysisError("unknown_indicator", field=path, number=number, count=count)
    if not isinstance(indicator, LeveledIndicator):
        raise AnalysisError("indicator_has_no_levels", field=path, number=number)
    return indicator


def _check_date(day: date, path: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise AnalysisError("impossible_date", field=path, first=FIRST_YEAR, last=LAST_YEAR)


def _check_security(assessment: Assessment) -> None:
    row = assessment.standard.security
    counts_points = row is None or row.deduct_share_each is None
    for at, deduction in enumerate(assessment.security.deductions):
        path = f"security.deductions[{at}]"
        _check_date(deduction.dated_on, f"{path}.date")
        if counts_points and not 0.0 < deduction.points <= LARGEST:
            raise AnalysisError("points_not_positive", field=f"{path}.points")
        if deduction.dated_on > assessment.as_of:
            raise AnalysisError(
                "dated_after_the_assessment",
                field=f"{path}.date",
                dated_on=deduction.dated_on,
                as_of=assessment.as_of,
            )


def _check_innovations(assessment: Assessment) -> None:
    row = assessment.standard.innovation
    if row is None and assessment.innovations:
        raise AnalysisError("standard_without_innovations", field="innovations")
    for at, case in enumerate(assessment.innovations):
        if row is not None and case.kind not in row.kinds:
            path, names = f"innovations[{at}].kind", ", ".join(row.kinds)
            raise AnalysisError("unknown_innovation_kind", field=path, kind=case.kind, known=names)
        _check_date(case.dated_on, f"innovations[{at}].date")
        if not case.title.strip():
            raise AnalysisError("title_missing", field=f"innovations[{at}].title")
