"""What the quality rules read, made from stored responses and the questionnaire; pure.

The rules themselves are `analysis.quality`'s, and which of them a survey has its questionnaire's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis.quality import (
    Attention,
    Bursts,
    Duplicates,
    Flags,
    Implausible,
    LongString,
    LowVariability,
    Parameters,
    ResponseSet,
    Speeding,
    StraightLining,
)
from analysis.quality.response_set import NO_LEVEL, UNKNOWN
from survey_forms.coding import ATTENTION_PREFIX, IMPLAUSIBLE_PREFIX, NOT_SHOWN_CODE
from survey_forms.definition import Quality, Questionnaire

# 60 bits of a keyed hash: they fit an integer, and two of ten million hardly ever agree.
_DIGITS_KEPT = 15


@dataclass(frozen=True)
class StoredResponse:
    """What is stored of one response that a rule may read; no answer beyond its levels."""

    id: int
    submitted_at: datetime
    opened_at: datetime | None
    levels: str
    failed_checks: str | None
    device_hash: str | None
    identity_hash: str | None
    network_hash: str | None


@dataclass(frozen=True)
class Evidence:
    """Why a response is flagged: the rule, what was measured, and the limit."""

    rule: str
    value: float
    limit: float


def rules_of(quality: Quality | None) -> tuple[Parameters, ...]:
    """Return the parameters of the rules that a questionnaire names."""
    return () if quality is None else tuple(_rules_of(quality))


def _rules_of(quality: Quality) -> Iterator[Parameters]:
    if (speeding := quality.speeding) is not None:
        yield Speeding(speeding.share_of_median, speeding.seconds_per_item)
    if (alike := quality.straight_lining) is not None:
        yield StraightLining(alike.matrices, alike.min_rows)
        if alike.longest_run is not None:
            yield LongString(alike.longest_run)
        if alike.least_sd is not None:
            yield LowVariability(alike.matrices, alike.least_sd, alike.min_rows)
    if quality.attention:
        yield Attention()
    if quality.duplicates is not None:
        yield Duplicates(quality.duplicates.by)
    if quality.bursts is not None:
        yield Bursts(quality.bursts.most, quality.bursts.minutes)
    if quality.implausible:
        yield Implausible()


def response_set(
    questionnaire: Questionnaire, chunks: Iterable[Sequence[StoredResponse]]
) -> ResponseSet:
    """Return the responses of all chunks as the rules read them, a chunk at a time in memory."""
    columns = [_columns(chunk, len(questionnaire.measures)) for chunk in (*chunks, ())]
    joined = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]}
    levels = joined["levels"]
    is_level = (levels >= ord("1")) & (levels <= ord("5"))
    return ResponseSet(
        arrival=joined["id"],
        submitted_at=joined["submitted_at"],
        seconds=joined["seconds"],
        levels=np.where(is_level, levels - ord("0"), NO_LEVEL).astype(np.int8),
        shown=(levels != ord(NOT_SHOWN_CODE)).sum(axis=1),
        matrices=_matrices(questionnaire),
        sources={name: joined[name] for name in ("device", "identity", "network")},
        failed_checks=joined["failed_checks"],
        contradictions=joined["contradictions"],
    )


def evidence(responses: ResponseSet, found: Iterable[Flags]) -> dict[int, tuple[Evidence, ...]]:
    """Return the evidence on each flagged response by its id, in the order of the rules' names."""
    by_response: dict[int, list[Evidence]] = {}
    for flags in sorted(found, key=lambda flags: flags.rule):
        for index in np.flatnonzero(flags.flagged):
            by_response.setdefault(int(responses.arrival[index]), []).append(
                Evidence(flags.rule, float(flags.value[index]), float(flags.limit[index]))
            )
    return {number: tuple(each) for number, each in by_response.items()}


def _columns(chunk: Sequence[StoredResponse], measures: int) -> dict[str, NDArray[np.generic]]:
    failed = [(row.failed_checks or "").split() for row in chunk]
    marks = "".join(row.levels for row in chunk).encode("ascii")
    return {
        "id": np.array([row.id for row in chunk], dtype=np.int64),
        "submitted_at": np.array([row.submitted_at.timestamp() for row in chunk], dtype=float),
        "seconds": np.array([_seconds(row) for row in chunk], dtype=float),
        "levels": np.frombuffer(marks, dtype=np.uint8).reshape(len(chunk), measures),
        "device": _numbers(row.device_hash for row in chunk),
        "identity": _numbers(row.identity_hash for row in chunk),
        "network": _numbers(row.network_hash for row in chunk),
        "failed_checks": _counts(failed, ATTENTION_PREFIX),
        "contradictions": _counts(failed, IMPLAUSIBLE_PREFIX),
    }


def _seconds(row: StoredResponse) -> float:
    if row.opened_at is None:
        return float("nan")
    return (row.submitted_at - row.opened_at).total_seconds()


def _numbers(hashes: Iterable[str | None]) -> NDArray[np.int64]:
    numbers = (int(each[:_DIGITS_KEPT], 16) if each else UNKNOWN for each in hashes)
    return np.fromiter(numbers, dtype=np.int64)


def _counts(failed: Sequence[Sequence[str]], prefix: str) -> NDArray[np.int64]:
    counts = (sum(key.startswith(prefix) for key in keys) for keys in failed)
    return np.fromiter(counts, dtype=np.int64)


def _matrices(questionnaire: Questionnaire) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for column, measure in enumerate(questionnaire.measures):
        if measure.row is not None:
            columns[measure.item] = (*columns.get(measure.item, ()), column)
    return columns
