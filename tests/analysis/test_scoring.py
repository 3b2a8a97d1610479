import pytest

from analysis.scoring import METHODS, SatisfactionMethod, composite


def test_one_set_of_answers_reads_75_or_50_per_cent_by_the_method() -> None:
    # 20/30/25/15/10 per cent from very satisfied down: domain practice differs on the middle.
    levels = [5] * 20 + [4] * 30 + [3] * 25 + [2] * 15 + [1] * 10

    means = {
        method.id: sum(method.score(level) for level in levels) / len(levels)
        for method in METHODS.values()
    }

    assert means == pytest.approx(
        {
            "share_from_3": 0.75,
            "score_100_80_60_30_0": 0.635,
            "score_100_75_50_25_0": 0.5875,
            "share_from_4": 0.50,
        }
    )


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_better_level_never_scores_less(method: SatisfactionMethod) -> None:
    scores = [method.score(level) for level in (1, 2, 3, 4, 5)]

    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0.0, 1.0)


def test_a_composite_is_the_weighted_mean_of_the_item_scores() -> None:
    share = composite([5, 3], [0.6, 0.4], METHODS["score_100_80_60_30_0"])

    assert share == pytest.approx(0.6 * 1.0 + 0.4 * 0.6)


def test_an_item_without_an_answer_leaves_the_others_their_relative_weights() -> None:
    share = composite([5, None, 1], [0.3, 0.4, 0.1], METHODS["share_from_4"])

    assert share == pytest.approx(0.3 / 0.4)


@pytest.mark.parametrize(
    ("levels", "item_weights"),
    [
        pytest.param([], [], id="no items"),
        pytest.param([None, None], [0.5, 0.5], id="no answers"),
        pytest.param([5, None], [0.0, 1.0], id="only an item of weight 0 answered"),
    ],
)
def test_a_respondent_without_a_weighted_answer_has_no_composite(
    levels: list[int | None], item_weights: list[float]
) -> None:
    assert composite(levels, item_weights, METHODS["share_from_4"]) is None


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_outside_the_scale_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        METHODS["share_from_4"].score(level)
