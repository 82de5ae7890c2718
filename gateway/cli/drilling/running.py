"""Runs one drill from end to end; ends its faults also on Ctrl-C."""

import asyncio
import signal
from collections.abc import Callable

import msgspec

from gateway.cli.drilling.judging import NOTICED_SECONDS
from gateway.cli.drilling.people import Desk
from gateway.cli.drilling.playing import Pace, Play
from gateway.cli.drilling.questions import most_needed, needs_of
from gateway.cli.drilling.recording import Recording
from gateway.cli.drilling.sandbox import Led, refuse_the_real
from gateway.cli.drilling.scenarios import SCENARIOS
from gateway.platforms import PLATFORMS
from gateway.settings import Settings


def prepared(name: str, platform: str | None, pace: Pace, settings: Settings) -> Recording:
    """An empty recording of that outage; without a platform it is the one that most questions need."""
    needs = needs_of(settings)
    order = most_needed(needs)
    chosen = [platform or order[0]]
    chosen += [other for other in order if other not in chosen][: SCENARIOS[name].platforms - 1]
    deadline = settings.edge.request_timeout_ms + settings.edge.grace_ms
    return Recording(
        scenario=name,
        platforms=tuple(chosen),
        seconds=pace.seconds,
        calm=pace.calm,
        deadline_ms=deadline,
        probe_s=settings.ops.probe_interval_s,
        needs=needs,
    )


def recovery_of(settings: Settings) -> float:
    """How long recovery is waited for, in seconds."""
    return settings.ops.probe_interval_s + NOTICED_SECONDS


def played(gateway: str, settings: Settings, recording: Recording, pace: Pace, say: Callable[[str], None]) -> Recording:
    """Play it, and give what was seen. Raises ``NoSandboxError`` before anything is touched that is no sandbox."""
    refuse_the_real(settings, PLATFORMS, gateway)
    with Led(settings, PLATFORMS) as led:
        led.check()
        led.end()
        say("signing_in")
        people = Desk(settings, gateway).people()
        say("playing")
        try:
            asyncio.run(_until_told(Play(gateway, people, led, recording, pace)))
        except (KeyboardInterrupt, asyncio.CancelledError):
            return msgspec.structs.replace(recording, interrupted=True)
    return recording


async def _until_told(play: Play) -> None:
    """SIGTERM ends it as Ctrl-C does, which asyncio sees to."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await play.run()
