"""When and how the simulated responses come in."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from backend.demo.fieldwork import CHANNELS, FIELDWORK_DAYS, draw_channels, draw_times

UNTIL = datetime(2024, 3, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_responses_come_in_during_the_four_weeks_before_the_day() -> None:
    times = draw_times(500, UNTIL, np.random.default_rng(1))

    midnight = UNTIL.replace(hour=0, minute=0)
    submitted = [at for _, at in times]
    assert submitted == sorted(submitted)
    assert midnight - timedelta(days=FIELDWORK_DAYS) <= submitted[0]
    assert submitted[-1] < midnight


def test_nobody_submits_before_opening_and_most_take_some_minutes() -> None:
    times = draw_times(500, UNTIL, np.random.default_rng(1))

    seconds = sorted((submitted - opened).total_seconds() for opened, submitted in times)
    assert seconds[0] > 20
    assert 150 < seconds[len(seconds) // 2] < 300


def test_the_reminder_brings_a_second_wave() -> None:
    times = draw_times(3000, UNTIL, np.random.default_rng(1))

    first_day = UNTIL.date() - timedelta(days=FIELDWORK_DAYS)
    by_day = Counter((at.date() - first_day).days for _, at in times)
    assert by_day[14] > 2 * by_day[13]


def test_the_old_are_visited_and_the_young_come_by_wechat() -> None:
    generator = np.random.default_rng(1)

    old = Counter(draw_channels(["70+"] * 500, generator))
    young = Counter(draw_channels(["18-29"] * 500, generator))

    assert set(old) <= set(CHANNELS)
    assert old.most_common(1)[0][0] == "interviewer"
    assert young.most_common(1)[0][0] == "wechat"
