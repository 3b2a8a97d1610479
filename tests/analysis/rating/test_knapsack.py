import pytest

from analysis.rating.knapsack import Choice, choose, most_points


def groups_of(chosen: tuple[Choice, ...] | None) -> list[str]:
    assert chosen is not None
    return [choice.group for choice in chosen]


def test_where_nothing_is_needed_nothing_is_chosen() -> None:
    assert choose([Choice("a", 1, 0.0)], needed=0) == ()


def test_where_all_is_not_enough_there_is_no_choice() -> None:
    assert choose([Choice("a", 1, 1.0), Choice("b", 1, 1.0)], needed=3) is None


def test_of_a_group_one_is_chosen() -> None:
    choices = [Choice("a", 1, 1.0), Choice("a", 2, 1.5), Choice("b", 1, 9.0)]

    assert choose(choices, needed=3) == (choices[1], choices[2])


@pytest.mark.parametrize(("pool_cap", "expected"), [(2, ["a", "b"]), (1, ["a", "c"])])
def test_a_pool_counts_to_its_cap(pool_cap: int, expected: list[str]) -> None:
    choices = [
        Choice("a", 1, 1.0, is_pooled=True),
        Choice("b", 1, 2.0, is_pooled=True),
        Choice("c", 1, 5.0),
    ]

    assert groups_of(choose(choices, needed=2, pool_cap=pool_cap)) == expected


def test_ties_are_broken_one_after_another() -> None:
    choices = [
        Choice("a", 1, 1.0, (1, 1)),
        Choice("b", 2, 2.0, (1, 9)),
        Choice("c", 1, 1.0, (1, 2)),
        Choice("d", 2, 2.0, (1, 8)),
    ]

    assert groups_of(choose(choices, needed=2)) == ["d"]


def test_ties_change_nothing_that_costs_more() -> None:
    choices = [Choice("a", 1, 1.0, (9,)), Choice("b", 1, 1.001, (1,))]

    assert groups_of(choose(choices, needed=1)) == ["a"]


def test_what_costs_nothing_is_not_chosen_without_need() -> None:
    choices = [Choice(group, 1, 0.0, (1,)) for group in "abc"]

    assert len(groups_of(choose(choices, needed=1))) == 1


def test_a_choice_that_nobody_can_pay_for_blurs_no_other_cost() -> None:
    choices = [Choice("a", 1, 2.0, (1,)), Choice("b", 1, 1.0, (2,)), Choice("c", 9, 1e12, (1,))]

    assert groups_of(choose(choices, needed=1)) == ["b"]


def test_the_most_points_are_the_best_of_each_group_and_the_pool_to_its_cap() -> None:
    choices = [
        Choice("a", 1, 1.0),
        Choice("a", 3, 1.0),
        Choice("b", 4, 1.0, is_pooled=True),
        Choice("c", 4, 1.0, is_pooled=True),
    ]

    assert most_points(choices, pool_cap=5) == 8
