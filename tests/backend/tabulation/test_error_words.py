"""Every error of the analysis and of the files has its words, and every word its argument."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from backend.tabulation.error_words import SENTENCES, error_sentence
from backend.web.catalogue import catalogue

ROOT = Path(__file__).parents[3]
# The rules of data quality and the sample sizes have their words with their features.
SOURCES = (
    *("analysis/tabulation.py", "analysis/metrics.py", "analysis/margins.py"),
    *("analysis/weighting", "analysis/estimation", "backend/tabulation", "backend/scoring"),
)


def raised() -> Iterator[tuple[str, set[str] | None]]:
    """Each code that is raised, with the names of its arguments where they are all written out."""
    for source in SOURCES:
        place = ROOT / source
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id="AnalysisError"),
                        args=[ast.Constant(value=str(code))],
                        keywords=keywords,
                    ):
                        names = [keyword.arg for keyword in keywords]
                        yield code, None if None in names else {name for name in names if name}
                    case ast.Call(
                        func=ast.Name(id="_refuse"), args=[ast.Constant(value=str(code)), *_]
                    ):
                        yield code, {"row", "column", "value"}


RAISED = list(raised())


def test_every_error_has_its_words() -> None:
    missing = {code for code, _ in RAISED} - set(SENTENCES)

    assert missing == set()


def test_no_words_are_left_over() -> None:
    left_over = set(SENTENCES) - {code for code, _ in RAISED}

    assert left_over == set()


@pytest.mark.parametrize(
    ("code", "arguments"), [(code, names) for code, names in RAISED if names is not None]
)
def test_words_use_only_what_the_error_carries(code: str, arguments: set[str]) -> None:
    used = set(re.findall(r"\{(\w+)", SENTENCES.get(code, "")))
    if code == "population_differs":
        arguments = arguments | {"stratum"}  # made of the cell where there is none

    assert used <= arguments


def test_a_sentence_names_row_column_and_value() -> None:
    error = AnalysisError("not_a_number", file="a.csv", row=7, column="q1", value="good")

    sentence = error_sentence(error, catalogue("zh-CN").gettext)

    assert sentence.startswith("第 7 行，列“q1”：“good”不是数字")


def test_the_columns_that_there_are_are_listed() -> None:
    error = AnalysisError("unknown_column", column="q1", columns=("sex", "q2"))

    sentence = error_sentence(error, catalogue("zh-CN").gettext)

    assert "sex, q2" in sentence


def test_where_there_are_no_strata_the_only_one_has_a_name() -> None:
    error = AnalysisError("population_below_sample", stratum="", population=25.0, n=30)

    sentence = error_sentence(error, catalogue("zh-CN").gettext)

    assert sentence == "层“全体答卷”的总体数量 25 小于样本数 30。"
