"""Writes the figures of a report: points, shares, counts, sides of a ratio, days and times."""

from collections.abc import Iterable

from backend.ratings.forms.numbers import IN_PER_CENT
from backend.ratings.live.snapshot import FigurePart
from backend.ratings.report import wording
from backend.ratings.wording import Translate, number_text
from backend.results import reader

MISSING = "—"


class Reader(reader.Reader):
    """For whom a report is written."""

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return self.translate(wording.LABELS["comma"])


def points(value: float | None) -> str:
    """Write points without zeros that say nothing; sums of halves stay exact."""
    # Adding 0.0 turns -0.0 into 0.0.
    return MISSING if value is None else number_text(round(value, 6) + 0.0)


def share_beside(share: float, lines: Iterable[float]) -> str:
    """Write a share with as many decimals as keep it off lines that it in truth misses."""
    digits = 2
    while digits < 12 and any(
        f"{share:.{digits}%}" == f"{line:.{digits}%}" and share != line for line in lines
    ):
        digits += 1
    return f"{share:.{digits}%}"


def web_address(text: str) -> str | None:
    """Return an address that may be followed, or None for any other text."""
    return text if text.startswith(("https://", "http://")) else None


def figure_text(figure: FigurePart, translate: Translate) -> str:
    """Write a figure in its unit."""
    value = figure.value
    if value is None:
        return translate(wording.MISSING)
    if isinstance(value, bool) or figure.kind == "condition":
        return translate(wording.TRUE if value else wording.FALSE)
    if figure.kind in IN_PER_CENT:
        return f"{number_text(round(value * 100, 6))}%"
    if figure.kind == "rank":
        return translate(wording.RANK).format(rank=number_text(value))
    return f"{_grouped(value)} {figure.unit}" if figure.unit else _grouped(value)


def sides_text(figure: FigurePart, translate: Translate) -> str:
    """Write numerator and denominator where they were entered, else nothing."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    return translate(wording.SIDES).format(
        numerator=_grouped(figure.numerator), denominator=_grouped(figure.denominator)
    )


def _grouped(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
