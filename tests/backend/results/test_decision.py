"""Decision support from counted cells, without a database."""

from dataclasses import replace

import numpy as np

from analysis.margins import Margin, Margins
from analysis.scoring import METHODS
from analysis.shipped import survey_rule
from backend.results.decision import support_decision
from backend.results.plan import EstimationPlan, plan_estimation
from backend.results.weigh import weigh
from backend.tabulation.counts import CellCounts
from backend.tabulation.groups import MARKS
from tests.builders import a_questionnaire

MARGINS = Margins(
    (
        Margin("district", ("A", "B"), (60.0, 40.0)),
        Margin("sex", ("male", "female"), (50.0, 50.0)),
    )
)
RULE = survey_rule("shandong-2023-city")


def a_plan() -> EstimationPlan:
    plan = plan_estimation(a_questionnaire())
    assert plan is not None
    return plan


def counts(n: dict[tuple[str, str, str], int], satisfied: float = 0.8) -> CellCounts:
    """Cells with one measure and the same satisfied share everywhere."""
    total = np.array(list(n.values()), dtype=float)
    moments = np.stack([total, satisfied * total, satisfied * total], axis=1)
    return CellCounts(
        variables=("district", "sex", "channel"),
        cells=tuple(n),
        measures=("overall",),
        n=total,
        marks=np.zeros((len(n), 1, len(MARKS))),
        composites=np.stack([moments] * len(METHODS), axis=1),
    )


SAMPLE = counts(
    {
        ("A", "male", "web"): 30,
        ("A", "female", "web"): 300,
        ("A", "female", "wechat"): 200,
        ("B", "male", "web"): 40,
        ("B", "female", "wechat"): 430,
    }
)


def test_the_categories_that_are_short_of_respondents_gain_most() -> None:
    support = support_decision(a_plan(), weigh(SAMPLE, MARGINS), RULE)

    assert support.gains[0].category == "male"
    assert {gain.variable for gain in support.gains} == {"district", "sex"}


def test_every_line_of_the_rule_has_its_fakes() -> None:
    support = support_decision(a_plan(), weigh(SAMPLE, MARGINS), RULE)

    seventy, sixty = support.crossings
    assert (seventy.line, sixty.line) == (0.7, 0.6)
    # 0.8·1000/(1000 + k) < 0.7 from k = 143 on, and < 0.6 from 334 on.
    assert (seventy.spread, sixty.spread) == (143, 334)
    assert seventy.aimed is not None
    assert seventy.aimed < 143


def test_an_unweighted_survey_has_no_category_to_ask_more_of() -> None:
    plan = replace(a_plan(), variables=(), margins=None)

    support = support_decision(plan, weigh(SAMPLE, None), None)

    assert support.gains == ()
    assert [crossing.spread for crossing in support.crossings] == [143, 334]


def test_without_respondents_there_is_nothing_to_support() -> None:
    support = support_decision(a_plan(), weigh(counts({}), MARGINS), RULE)

    assert (support.gains, support.crossings) == ((), ())
