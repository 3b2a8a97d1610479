"""Draws ready rows of shares as SVG; which rows, and their words, are `chart_rows.py`'s.

A chart is 440 units wide, so that its text stays readable on a phone, and each label has a line of
its own above its mark, so that none is too long for a column. Text stays text, in the reader's
fonts: this machine may have none for Chinese, so no place depends on a measured width.
"""

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC"]
INK, SOFT, GRID, MARK, LINE, BAND = "#1b2430", "#556170", "#d7dde5", "#12355b", "#a3161b", "#dbe8f5"
WIDTH, ROW, HEAD, FOOT, SIDE = 440, 40, 50, 30, 14
_LABEL_SIZE, _SMALL_SIZE = 13.5, 12.0
# What a label may take beside its figure, in ems.
_LABEL_EMS = 23.0


@dataclass(frozen=True)
class Row:
    """One line of a chart: a label, its figure as text, and where it stands as shares.

    `value` is None where there is no figure to show; `figure` then says why. `other` is a second
    share to compare with. A row that `is_heading` has a label only.
    """

    label: str
    figure: str = ""
    value: float | None = None
    interval: tuple[float, float] | None = None
    other: float | None = None
    is_heading: bool = False


@dataclass(frozen=True)
class Chart:
    """Rows under one axis of shares, with the lines of a rule and the value for the whole.

    `key` explains the marks, on top; `empty` is said instead of rows that have no value. `scale` is
    the format of places on the axis: per cent, unless a share of 1 is so many points.
    """

    rows: tuple[Row, ...]
    empty: str
    key: str = ""
    lines: tuple[float, ...] = ()
    whole: Row | None = None
    scale: Callable[[float], str] = "{:.0%}".format


def draw(chart: Chart) -> str:
    """Return the chart as an SVG document, the same bytes for the same chart on one machine."""
    rows = chart.rows
    if all(row.value is None for row in rows):
        rows = ()
    height = HEAD + ROW * max(len(rows), 1) + FOOT
    figure = _figure(height)
    axes = figure.add_axes(
        (SIDE / WIDTH, FOOT / height, 1 - 2 * SIDE / WIDTH, 1 - (HEAD + FOOT) / height)
    )
    low, high = _range(rows, chart)
    axes.set_xlim(low, high)
    axes.set_ylim(max(len(rows), 1), 0)
    axes.axis("off")
    if rows:
        _draw_scale(axes, low, high, chart.scale)
        _draw_lines(axes, chart)
        for position, row in enumerate(rows):
            _draw_row(axes, row, position)
    else:
        _text(axes, (low + high) / 2, 0.5, chart.empty, ha="center", color=SOFT)
    _text(axes, low, -(HEAD - 14) / ROW, chart.key, color=SOFT, size=_SMALL_SIZE)
    return _svg(figure)


def _draw_scale(axes: "Axes", low: float, high: float, scale: Callable[[float], str]) -> None:
    bottom = axes.get_ylim()[0]
    step = next(step for step in (0.05, 0.1, 0.2) if (high - low) / step <= 8 or step == 0.2)
    for index in range(round(low / step), round(high / step) + 1):
        share = index * step
        if low - 1e-9 <= share <= high + 1e-9:
            _draw_upright(axes, share, color=GRID, linewidth=0.8)
            side = "left" if share <= low else "right" if share >= high else "center"
            _text(axes, share, bottom + 18 / ROW, scale(share), ha=side, size=_SMALL_SIZE)


def _draw_lines(axes: "Axes", chart: Chart) -> None:
    for share in chart.lines:
        _draw_upright(axes, share, color=LINE, linewidth=1.6)
        _text(axes, share, 0.0, chart.scale(share), ha="center", color=LINE, size=_SMALL_SIZE)
    whole = chart.whole
    if whole is None or whole.value is None:
        return
    if whole.interval is not None:
        for position in range(round(axes.get_ylim()[0])):
            axes.fill_betweenx(_between_words(position), *whole.interval, color=BAND, linewidth=0)
    _draw_upright(axes, whole.value, color=MARK, linewidth=1)


def _draw_upright(axes: "Axes", share: float, color: str, linewidth: float) -> None:
    """An upright line, broken where the rows have their words."""
    ys = [y for at in range(round(axes.get_ylim()[0])) for y in (*_between_words(at), math.nan)]
    axes.plot([share] * len(ys), ys, color=color, linewidth=linewidth, solid_capstyle="butt")


def _between_words(position: int) -> tuple[float, float]:
    """From where to where a row has its mark and no words."""
    return position + 0.52, position + 1.02


def _draw_row(axes: "Axes", row: Row, position: int) -> None:
    low, high = axes.get_xlim()
    if row.is_heading:
        _text(axes, low, position + 0.72, shortened(row.label), weight="bold")
        return
    _text(axes, low, position + 0.42, shortened(row.label))
    _text(axes, high, position + 0.42, row.figure, ha="right")
    if row.value is None:
        return
    mark = position + 0.72
    if row.interval is not None:
        axes.plot(row.interval, [mark, mark], color=MARK, linewidth=3, solid_capstyle="butt")
    if row.other is not None:
        axes.plot([row.value, row.other], [mark, mark], color=SOFT, linewidth=1.5)
        axes.plot(row.other, mark, "D", color=LINE, markersize=7, markerfacecolor="white")
    axes.plot(row.value, mark, "o", color=MARK, markersize=8, zorder=4)


def _range(rows: Sequence[Row], chart: Chart) -> tuple[float, float]:
    """From which to which share the axis goes: whole steps around all that is drawn."""
    shown = [*rows, *([chart.whole] if chart.whole else [])]
    shares = [share for row in shown for share in _shares(row)] + list(chart.lines)
    if not rows or not shares:
        return 0.0, 1.0
    step = 0.05
    low = max(math.floor((min(shares) - 0.01) / step) * step, 0.0)
    high = min(math.ceil((max(shares) + 0.01) / step) * step, 1.0)
    # A chart of one share without an interval is still a few steps wide.
    return min(low, high - 2 * step), high


def _shares(row: Row) -> list[float]:
    return [share for share in (row.value, row.other, *(row.interval or ())) if share is not None]


def shortened(label: str, ems: float = _LABEL_EMS) -> str:
    """Return the label, cut with an ellipsis where it is wider than so many ems."""
    width = 0.0
    for position, character in enumerate(label):
        # Latin letters are about half as wide as Chinese ones.
        width += 0.55 if ord(character) < 0x2E80 else 1.0
        if width > ems:
            return f"{label[: position - 1].rstrip()}…"
    return label


def _text(
    axes: "Axes",
    x: float,
    y: float,
    words: str,
    *,
    ha: str = "left",
    color: str = INK,
    size: float = _LABEL_SIZE,
    weight: str = "normal",
) -> None:
    """Write words on their baseline, which is where no measure of them is needed."""
    if not words:
        return
    axes.text(
        x,
        y,
        words,
        ha=ha,
        va="baseline",
        color=color,
        fontsize=size,
        fontweight=weight,
        # A $ in a label is a $.
        parse_math=False,
    )


def _figure(height: float) -> "Figure":
    """A figure of so many units; the settings of SVG are made with the first one."""
    _configure()
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")


@cache
def _configure() -> None:
    """Settings of the whole process, made once: changing them per chart is not safe in threads."""
    import matplotlib

    matplotlib.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "minsheng",
            "font.family": "sans-serif",
            "font.sans-serif": [*FONTS, "DejaVu Sans"],
        }
    )


def _svg(figure: "Figure") -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    written = io.StringIO()
    canvas = FigureCanvasSVG(figure)
    canvas.print_figure(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()
