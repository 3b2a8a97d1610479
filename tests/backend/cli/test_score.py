"""`minsheng score`: what R says of the reference cases, and one clear sentence for bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from backend.cli.main import app

REFERENCE = Path(__file__).parents[2] / "reference"


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def minsheng(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["score", *(str(argument) for argument in arguments)])


def score(*arguments: object) -> dict[str, Any]:
    result = minsheng(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def near(expected: object) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=0.0)


def expected_of(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REFERENCE / f"{case}.json").read_text(encoding="utf-8"))
    return found["expected"]  # type: ignore[no-any-return]


def case_files(case: str) -> tuple[object, ...]:
    margins = REFERENCE / f"{case}.margins.csv"
    given = ("--margins", margins) if margins.exists() else ()
    return (REFERENCE / f"{case}.csv", *given)


V1 = (
    *("--base-weight", "pw", "--strata", "stype", "--fpc", "fpc", "--domain", "stype"),
    *("--method", "poststratify", "--satisfied-from", "1"),
)
V3 = (
    *("--base-weight", "pw", "--psu", "dnum", "--fpc", "fpc", "--domain", "stype"),
    *("--method", "linear", "--satisfied-from", "1"),
)
V2 = ("--base-weight", "pw", "--fpc", "fpc", "--domain", "stype", "--satisfied-from", "1")


@pytest.mark.parametrize(
    ("case", "options", "share", "domains", "key"),
    [
        pytest.param("v1_apistrat_poststratify", V1, "awards01", "stype", None, id="v1"),
        pytest.param("v2_apisrs_rake2", V2, "awards01", "stype", "calibrate_raking", id="v2"),
        pytest.param("v3_apiclus1_linear", V3, "awards01", "stype", None, id="v3"),
        pytest.param(
            "v4_syn_rake3_unequal",
            ("--base-weight", "w", "--domain", "district"),
            "y",
            "district",
            "calibrate_raking",
            id="v4",
        ),
    ],
)
def test_a_weighted_share_with_its_domains_is_that_of_r(
    case: str, options: tuple[str, ...], share: str, domains: str, key: str | None
) -> None:
    expected = expected_of(case)
    expected = expected[key] if key else expected
    item = "q1" if share == "y" else share

    answer = score(*case_files(case), *options, "--item", item)

    (found,) = answer["items"]
    assert [found["estimate"], found["se"], *found["ci"]] == near(
        [expected[share]["estimate"], expected[share]["se"], *expected[share]["ci"]["logit"]]
    )
    assert [answer["weights"][name] for name in ("min", "max", "mean", "cv")] == near(
        [expected["weights"][name] for name in ("min", "max", "mean", "cv")]
    )
    rows = expected[f"domains_{domains}"]
    assert [domain["category"] for domain in found["domains"]] == [row["category"] for row in rows]
    for domain, row in zip(found["domains"], rows, strict=True):
        assert [domain["n"], domain["estimate"], domain["se"]] == near(
            [row["n"], row["estimate"], row["se"]]
        )
    for margin in answer["margins"]:
        assert margin["weighted"] == near(margin["population"])


def test_a_mean_of_codes_is_that_of_r() -> None:
    expected = expected_of("v3_apiclus1_linear")["api00"]

    answer = score(*case_files("v3_apiclus1_linear"), *V3, "--item", "api00", "--metric", "mean")

    (found,) = answer["items"]
    assert [found["estimate"], found["se"]] == near([expected["estimate"], expected["se"]])
    assert found["p_below"] == {"0.7": None, "0.6": None}


def test_waves_stand_side_by_side_with_their_difference_as_in_r() -> None:
    expected = expected_of("v6_syn_two_waves")

    answer = score(
        *case_files("v6_syn_two_waves"),
        *("--base-weight", "w", "--wave", "wave", "--method", "poststratify"),
        *("--cross", "sex,age", "--item", "q1"),
    )

    for wave in answer["waves"]:
        (found,) = wave["items"]
        of_r = expected[f"wave{wave['wave']}"]
        assert [found["estimate"], found["se"], *found["ci"]] == near(
            [of_r["estimate"], of_r["se"], *of_r["ci"]["logit"]]
        )
    (difference,) = answer["differences"]
    assert (difference["from"], difference["to"], difference["item"]) == ("1", "2", "q1")
    assert [difference["estimate"], difference["se"]] == near(
        [expected["difference"], expected["difference_se"]]
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("wilson", "wilson_proptest_at_neff_variance"),
        ("beta", "beta"),
        ("normal", "mean"),
        ("logit", "logit"),
    ],
)
def test_unweighted_intervals_are_those_of_r(name: str, key: str) -> None:
    expected = expected_of("v7_unweighted_intervals")["y"]

    answer = score(*case_files("v7_unweighted_intervals"), "--item", "q1", "--ci", name)

    assert (answer["method"], answer["n"], answer["n_used"]) == ("none", 137, 137)
    assert answer["items"][0]["ci"] == near(expected["ci"][key])


def test_trimmed_weights_lie_within_their_bounds_and_meet_the_margins() -> None:
    answer = score(
        *case_files("v5_syn_trim"), "--base-weight", "w", "--trim", "0.6:1.7", "--item", "q1"
    )

    weights = answer["weights"]
    assert weights["min"] >= 0.6 * weights["mean"] * (1 - 1e-12)
    assert weights["max"] <= 1.7 * weights["mean"] * (1 + 1e-12)
    for margin in answer["margins"]:
        assert margin["weighted"] == near(margin["population"])


def test_bounds_hold_for_single_weights_where_base_weights_differ() -> None:
    answer = score(
        *case_files("v4_syn_rake3_unequal"),
        *("--base-weight", "w", "--trim", "0.4:2", "--item", "q1"),
    )

    weights = answer["weights"]
    assert weights["min"] >= 0.4 * weights["mean"] * (1 - 1e-12)
    assert weights["max"] <= 2.0 * weights["mean"] * (1 + 1e-12)


HEADER = "sex,age,q1,q2,w"
ROWS = ("f,young,5,4,1", "m,old,3,2,1", "f,old,4,,2", "m,young,2,5,1", "f,young,4,9,1")
MARGINS = ("variable,category,population", "sex,f,51", "sex,m,49")


@pytest.fixture
def responses(tmp_path: Path) -> Path:
    return written(tmp_path / "responses.csv", HEADER, *ROWS)


@pytest.fixture
def margins(tmp_path: Path) -> Path:
    return written(tmp_path / "margins.csv", *MARGINS)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_missing_codes_and_empty_cells_are_item_nonresponse(responses: Path) -> None:
    answer = score(responses, "--item", "q2", "--missing", "9")

    (found,) = answer["items"]
    assert (answer["n"], answer["n_used"], found["n"]) == (5, 5, 3)
    assert found["estimate"] == pytest.approx(2 / 3)


def test_scored_codes_are_worth_what_the_scores_say(responses: Path) -> None:
    answer = score(responses, "--item", "q1", "--metric", "scored", "--scores", "0,25,50,75,100")

    assert answer["items"][0]["estimate"] == pytest.approx((1 + 0.5 + 0.75 + 0.25 + 0.75) / 5)
    assert answer["metric"] == "scored"


def test_a_composite_is_each_respondents_mean_over_what_they_answered(responses: Path) -> None:
    answer = score(responses, "--composite", "both=q1:0.6,q2:0.4", "--missing", "9")

    (found,) = answer["items"]
    assert found["item"] == "both"
    assert found["estimate"] == pytest.approx((1 + 0 + 1 + 0.4 + 1) / 5)


def test_respondents_without_a_weighting_variable_are_left_out_and_counted(
    tmp_path: Path, margins: Path
) -> None:
    file = written(tmp_path / "partial.csv", HEADER, *ROWS, ",old,5,5,1")

    answer = score(file, "--item", "q1", "--margins", margins)

    assert (answer["n"], answer["n_used"]) == (6, 5)
    assert any("1" in warning for warning in answer["warnings"])


def test_a_category_without_respondents_joins_its_neighbour_when_asked(
    tmp_path: Path, responses: Path
) -> None:
    margins = written(
        tmp_path / "margins.csv", *MARGINS, "age,young,60", "age,mid,20", "age,old,20"
    )

    refused = minsheng(responses, "--item", "q1", "--margins", margins)
    joined = score(responses, "--item", "q1", "--margins", margins, "--collapse", "auto")
    merged = score(responses, "--item", "q1", "--margins", margins, "--merge", "age:mid=old")

    assert refused.exit_code == 1
    assert "mid" in refused.stderr
    ages = {
        row["category"]: row["population"] for row in joined["margins"] if row["variable"] == "age"
    }
    assert ages == {"young": 80, "old": 20}
    assert any("mid" in warning for warning in joined["warnings"])
    ages = {
        row["category"]: row["population"] for row in merged["margins"] if row["variable"] == "age"
    }
    assert ages == {"young": 60, "old": 40}


def test_domains_below_a_size_are_named_without_figures(responses: Path) -> None:
    answer = score(responses, "--item", "q1", "--domain", "sex", "--suppress-below", "3")

    by_category = {domain["category"]: domain for domain in answer["items"][0]["domains"]}
    assert (by_category["m"]["suppressed"], by_category["m"]["estimate"]) == (True, None)
    assert (by_category["f"]["suppressed"], by_category["f"]["estimate"]) == (False, 1.0)


def test_categories_are_compared_pairwise_with_a_correction(responses: Path) -> None:
    answer = score(responses, "--item", "q1", "--compare", "sex")

    (pair,) = answer["items"][0]["comparisons"]
    assert (pair["variable"], pair["from"], pair["to"]) == ("sex", "f", "m")
    assert pair["estimate"] == pytest.approx(-1.0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_files_are_read_in_their_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "responses.csv"
    file.write_text("县区,满意度\r\n任城区,5\r\n兖州区,2\r\n任城区,4\r\n", encoding=encoding)
    margins = tmp_path / "margins.csv"
    margins.write_text(
        "variable,category,population\n县区,任城区,60\n县区,兖州区,40\n", encoding=encoding
    )

    answer = score(file, "--item", "满意度", "--margins", margins)

    assert answer["items"][0]["estimate"] == pytest.approx(0.6)


def test_without_json_a_table_for_people_is_printed(responses: Path, margins: Path) -> None:
    result = minsheng(responses, "--item", "q1", "--domain", "sex", "--margins", margins)

    assert result.exit_code == 0
    assert "sex=f" in result.stdout
    assert "0.5100" in result.stdout


def test_a_tabulation_is_scored_like_the_file_that_it_was_made_of(
    tmp_path: Path, responses: Path, margins: Path
) -> None:
    tabulation = tmp_path / "tabulation.json"
    made = CliRunner().invoke(
        app,
        [
            *("tabulate", "file", str(responses), "--item", "q1"),
            *("--variable", "sex", "--out", str(tabulation)),
        ],
    )
    assert made.exit_code == 0, made.stderr

    from_file = score(responses, "--item", "q1", "--margins", margins, "--domain", "sex")
    from_tabulation = score(tabulation, "--item", "q1", "--margins", margins, "--domain", "sex")
    unknown = minsheng(tabulation, "--item", "q9")

    assert from_tabulation == from_file
    assert one_sentence(unknown)


BAD_RESPONSES = {
    "no rows": ((HEADER,), (), "responses.csv"),
    "an unknown column": ((HEADER, *ROWS), ("--item", "q9"), "q9"),
    "a code that is no number": ((HEADER, *ROWS, "f,old,good,1,1"), (), "row 7"),
    "NaN": ((HEADER, *ROWS, "f,old,NaN,1,1"), (), "row 7"),
    "a row too short": ((HEADER, *ROWS, "f,old"), (), "7"),
    "a negative weight": (
        (HEADER, *ROWS, "f,old,1,1,-2"),
        ("--base-weight", "w"),
        "row 7",
    ),
    "a weight that is missing": ((HEADER, *ROWS, "f,old,1,1,"), ("--base-weight", "w"), "row 7"),
    "an item that nobody answered": (
        (HEADER, "f,old,,1,1", "m,old,,1,1"),
        (),
        "q1",
    ),
    "a single PSU": ((HEADER, *ROWS), ("--strata", "age", "--psu", "age"), "old"),
    "a population below the sample": (
        ("sex,age,q1,w,N", "f,a,1,1,2", "f,a,5,1,2", "f,a,5,1,2"),
        ("--fpc", "N"),
        "2",
    ),
    "bounds the wrong way": ((HEADER, *ROWS), ("--trim", "2:3"), "3"),
}


@pytest.mark.parametrize("name", BAD_RESPONSES)
def test_bad_responses_end_in_one_sentence(tmp_path: Path, name: str) -> None:
    lines, options, wanted = BAD_RESPONSES[name]
    file = written(tmp_path / "responses.csv", *lines)
    item = () if "--item" in options else ("--item", "q1")

    result = minsheng(file, *item, *options, "--json")

    assert one_sentence(result)
    assert wanted in result.stderr


BAD_MARGINS = {
    "a category that no respondent has": (
        (*MARGINS, "age,young,60", "age,old,30", "age,x,10"),
        (),
        '"x"',
    ),
    "a respondent's category that it lacks": (MARGINS[:2], (), "m"),
    "totals that disagree": ((*MARGINS, "age,young,60", "age,old,60"), (), "120"),
    "a population that is no number": ((*MARGINS, "age,young,many", "age,old,5"), (), "row 4"),
    "a negative population": ((*MARGINS, "age,young,-1", "age,old,101"), (), "young"),
    "NaN": ((*MARGINS, "age,young,nan", "age,old,5"), (), "row 4"),
    "a column missing": (("variable,population", "sex,100"), (), "category"),
    "no rows": (MARGINS[:1], (), "margins.csv"),
    "a variable that is no column": ((*MARGINS, "town,a,60", "town,b,40"), (), "town"),
    "several margins to post-stratify": (
        (*MARGINS, "age,young,60", "age,old,40"),
        ("--method", "poststratify"),
        "2",
    ),
    "a joint table missing": (MARGINS, ("--cross", "sex,age"), "sex*age"),
    "a merge of nothing": (MARGINS, ("--merge", "sex:x=m"), "x"),
    "bounds that cannot be kept": (
        ("variable,category,population", "sex,f,95", "sex,m,5"),
        ("--trim", "0.5:1.2"),
        "sex",
    ),
}


@pytest.mark.parametrize("name", BAD_MARGINS)
def test_bad_margins_end_in_one_sentence(tmp_path: Path, responses: Path, name: str) -> None:
    lines, options, wanted = BAD_MARGINS[name]
    margins = written(tmp_path / "margins.csv", *lines)

    result = minsheng(responses, "--item", "q1", "--margins", margins, *options, "--json")

    assert one_sentence(result)
    assert wanted in result.stderr


def test_margins_that_contradict_the_sample_do_not_pass_for_weights(tmp_path: Path) -> None:
    file = written(tmp_path / "responses.csv", "sex,age,q1", "f,old,5", "m,young,4", "f,old,1")
    margins = written(tmp_path / "margins.csv", *MARGINS, "age,old,70", "age,young,30")

    result = minsheng(file, "--item", "q1", "--margins", margins)

    assert one_sentence(result)


def one_sentence(result: Result) -> bool:
    return (
        result.exit_code == 1
        and result.stdout == ""
        and len(result.stderr.strip().splitlines()) == 1
        and "Traceback" not in result.stderr
    )


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), id="no item"),
        pytest.param(("--item", "q1", "--method", "rake"), id="raking to nothing"),
        pytest.param(("--item", "q1", "--trim", "a:b"), id="bounds that are no numbers"),
        pytest.param(("--item", "q1", "--level", "95"), id="a level in per cent"),
        pytest.param(("--item", "q1", "--merge", "sex"), id="half a merge"),
        pytest.param(("--composite", "both"), id="half a composite"),
        pytest.param(("--item", "q1", "--scores", "a"), id="scores that are no numbers"),
    ],
)
def test_a_wrong_use_is_told_apart_from_bad_input(
    responses: Path, options: tuple[str, ...]
) -> None:
    scored = ("--metric", "scored") if "--scores" in options else ()

    result = minsheng(responses, *options, *scored)

    assert result.exit_code == 2
