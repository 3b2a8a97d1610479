"""How long the simulated responses took, and where they came from."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from backend.demo.fieldwork import draw_times
from backend.demo.paradata import BURST_PACE, BURST_SIZE, Paradata, draw_paradata

UNTIL = datetime(2024, 3, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNT = 3000


def drawn(channel: str = "web", seed: int = 1) -> list[Paradata]:
    generator = np.random.default_rng(seed)
    times = draw_times(COUNT, UNTIL, generator)
    return draw_paradata(times, [channel] * COUNT, generator)


def test_the_order_of_submission_stays_as_it_is() -> None:
    given = drawn()

    assert all(one.submitted_at <= other.submitted_at for one, other in pairwise(given))


def test_a_few_hurry() -> None:
    seconds = [(each.submitted_at - each.opened_at).total_seconds() for each in drawn()]

    assert 0.005 * COUNT < sum(each < 45 for each in seconds) < 0.02 * COUNT
    assert min(seconds) > 10


def test_a_few_devices_answer_again() -> None:
    devices = Counter(each.device for each in drawn())

    assert 0.005 * COUNT < COUNT - len(devices) < 0.02 * COUNT


def test_one_burst_comes_from_one_network_within_minutes() -> None:
    given = drawn()

    (address, size), *_ = Counter(each.address for each in given).most_common(1)
    times = [each.submitted_at for each in given if each.address == address]
    assert size == BURST_SIZE
    assert times[-1] - times[0] <= BURST_SIZE * BURST_PACE < timedelta(minutes=10)


def test_an_interviewer_has_no_device_of_the_respondent() -> None:
    assert {(each.device, each.address) for each in drawn("interviewer")} == {(None, None)}


def test_visitors_of_a_hall_share_its_network() -> None:
    assert len({each.address for each in drawn("hall-qr")}) < 12


def test_the_same_seed_gives_the_same_paradata() -> None:
    assert drawn(seed=5) == drawn(seed=5)
