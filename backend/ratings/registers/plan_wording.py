"""The words of plans' targets, as message ids of the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.rating.plan import Target
from analysis.rating.progress import Progress
from backend.ratings.registers.plan_form import measure_of
from backend.ratings.rounds.numbers import shown_figure
from backend.results.reader import Reader

STATUS_WORDS: Mapping[Progress, str] = MappingProxyType(
    {"met": "已达到", "on_track": "推进中", "late": "滞后", "unknown": "未填报"}
)
# Classes of the tags.
STATUS_TONES: Mapping[Progress, str] = MappingProxyType(
    {"met": "open", "on_track": "paused", "late": "error", "unknown": ""}
)
AT_LEAST, ABOVE, AT_MOST, BELOW = (
    "不低于 {figure}",
    "高于 {figure}",
    "不高于 {figure}",
    "低于 {figure}",
)
REPORTED = "已填报。"


def wanted(target: Target, reader: Reader) -> str:
    """Say which figure a target promises, with its unit."""
    sentence = next(
        words
        for bound, words in (
            (target.at_least, AT_LEAST),
            (target.above, ABOVE),
            (target.at_most, AT_MOST),
            (target.below, BELOW),
        )
        if bound is not None
    )
    figure = shown_figure(measure_of(target), target.figure)
    return reader.translate(sentence).format(figure=figure)
