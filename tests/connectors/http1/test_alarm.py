"""One timer for many deadlines."""

import asyncio

from connectors.http1.alarm import Alarm


class Rung:
    """Counts."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def __call__(self) -> None:
        """Note when."""
        self.times.append(asyncio.get_running_loop().time())


async def test_it_rings_at_what_was_set_last() -> None:
    """Later or sooner than what was set before, and once."""
    loop = asyncio.get_running_loop()
    for first, last in ((0.02, 0.1), (5.0, 0.1)):
        rung, began = Rung(), loop.time()
        alarm = Alarm(loop, rung)
        alarm.set(began + first)
        alarm.set(began + last)

        await asyncio.sleep(0.2)

        assert len(rung.times) == 1
        assert rung.times[0] - began > 0.09


async def test_a_stopped_alarm_does_not_ring() -> None:
    """Nor does one that is closed; a stopped one can be set again."""
    loop, stopped, closed, again = asyncio.get_running_loop(), Rung(), Rung(), Rung()
    alarms = [Alarm(loop, rung) for rung in (stopped, closed, again)]
    for alarm in alarms:
        alarm.set(loop.time() + 0.02)
    alarms[0].stop()
    alarms[1].close()
    alarms[2].stop()
    alarms[2].set(loop.time() + 0.05)

    await asyncio.sleep(0.15)

    assert [len(rung.times) for rung in (stopped, closed, again)] == [0, 0, 1]


async def test_calls_one_after_another_share_a_timer() -> None:
    """Later deadlines wind none of their own."""
    loop = asyncio.get_running_loop()
    alarm = Alarm(loop, Rung())
    alarm.set(loop.time() + 5)
    timer = alarm._timer

    for more in range(100):
        alarm.stop()
        alarm.set(loop.time() + 6 + more)

    assert alarm._timer is timer
    alarm.close()
