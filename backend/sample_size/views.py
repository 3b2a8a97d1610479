"""What the sample-size page shows, ready to be placed by its template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.design import SampleSize
from backend.results import figures
from backend.sample_size import wording
from backend.sample_size.form import Filled
from backend.sample_size.service import EVERYBODY, Needed, district_name, margin_sets


@dataclass(frozen=True)
class Choice:
    """One population to choose."""

    id: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class SizeRow:
    """What one district needs. `is_out_of_reach`: more invitations than people."""

    label: str
    population: str
    respondents: str
    invitations: str
    is_out_of_reach: bool


@dataclass(frozen=True)
class AllocationRow:
    """The same total spread in one way: the city's precision, and the smallest district's part."""

    name: str
    half_width: str
    deff: str
    smallest: str
    largest: str


@dataclass(frozen=True)
class AllocatedRow:
    """How many responses one district has under each allocation."""

    label: str
    respondents: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The sizes. `total` is what all districts need together, `city` the city by itself."""

    rows: tuple[SizeRow, ...]
    total: SizeRow | None
    city: SizeRow
    half_width: str
    allocations: tuple[AllocationRow, ...]
    allocated: tuple[AllocatedRow, ...]


@dataclass(frozen=True)
class SampleSizePage:
    """The form as typed, its faults by field, and the answer; None with faults."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    populations: tuple[Choice, ...]
    answer: Answer | None


def sample_size_page(filled: Filled, translate: Callable[[str], str]) -> SampleSizePage:
    """Prepare the page of a form."""
    chosen = filled.typed["margins"]
    return SampleSizePage(
        typed=filled.typed,
        errors=filled.errors,
        populations=tuple(
            Choice(margin_set, name, margin_set == chosen)
            for margin_set, name in margin_sets().items()
        ),
        answer=_answer(filled.answer, translate) if filled.answer else None,
    )


def _answer(found: Needed, translate: Callable[[str], str]) -> Answer:
    sizes = found.sizes
    rows = tuple(_row(_label(part.district, translate), part.size) for part in sizes.districts)
    whole = sum(part.size.population or 0.0 for part in sizes.districts)
    together = SampleSize(sizes.respondents, sizes.invitations, whole)
    return Answer(
        rows=rows if found.allocations else (),
        total=_row("", together) if found.allocations else None,
        city=_row(translate(wording.EVERYBODY), sizes.city),
        half_width=_points(found.precision.half_width),
        allocations=tuple(
            AllocationRow(
                name=translate(wording.ALLOCATIONS[spread.allocation]),
                half_width=_points(spread.precision.half_width),
                deff=figures.number(spread.precision.deff_allocation, 2),
                smallest=figures.number(min(spread.respondents.values())),
                largest=figures.number(max(spread.respondents.values())),
            )
            for spread in found.allocations
        ),
        allocated=_allocated(found, translate),
    )


def _allocated(found: Needed, translate: Callable[[str], str]) -> tuple[AllocatedRow, ...]:
    if not found.allocations:
        return ()
    return tuple(
        AllocatedRow(
            _label(part.district, translate),
            tuple(figures.number(way.respondents[part.district]) for way in found.allocations),
        )
        for part in found.sizes.districts
    )


def _row(label: str, size: SampleSize) -> SizeRow:
    return SizeRow(
        label=label,
        population=figures.number(size.population),
        respondents=figures.number(size.respondents),
        invitations=figures.number(size.invitations),
        is_out_of_reach=not size.is_attainable,
    )


def _label(district: str, translate: Callable[[str], str]) -> str:
    return translate(wording.EVERYBODY) if district == EVERYBODY else district_name(district)


def _points(half_width: float) -> str:
    return f"±{100 * half_width:.2f}"
