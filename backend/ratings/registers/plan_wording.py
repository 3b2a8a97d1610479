"""The words of plans' targets, as message ids of the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.rating.plan import Target
from analysis.rating.progress import Progress
from backend.ratings.forms.numbers import shown_figure
from backend.ratings.registers.plan_form import measure_of
from backend.ratings.wording import OPERATOR_WORDS
from backend.results.reader import Reader

STATUS_WORDS: Mapping[Progress, str] = MappingProxyType(
    {"met": "已达到", "on_track": "推进中", "late": "滞后", "unknown": "未填报"}
)
# Classes of the tags.
STATUS_TONES: Mapping[Progress, str] = MappingProxyType(
    {"met": "open", "on_track": "paused", "late": "error", "unknown": ""}
)
REPORTED = "已填报。"


def wanted(target: Target, reader: Reader) -> str:
    """Say which figure a target promises, with its unit."""
    operator = next(each for each in OPERATOR_WORDS if getattr(target, each) is not None)
    bound = shown_figure(measure_of(target), target.figure)
    return reader.translate(OPERATOR_WORDS[operator]).format(bound=bound)
