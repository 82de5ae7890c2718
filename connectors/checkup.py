"""A check of one platform from end to end, step by step, as ``tongxin doctor`` shows it.

Each platform's folder says how its steps are done; what to mend when one fails is told by the step and the error.
"""

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from connectors.clock import PlatformClock
from connectors.deadline import Deadline


class Step(enum.StrEnum):
    """What is looked at, in this order: each needs the ones before."""

    CONFIGURED = "configured"  # credentials are set
    REACH = "reach"  # a connection, and any HTTP answer
    CLOCK = "clock"  # the difference to the platform's clock
    SIGNATURE = "signature"  # a signed call is taken
    TOKEN = "token"  # noqa: S105 - a name; the application's token is given out
    RANGE = "range"  # what the application was authorised to read
    READ = "read"  # one harmless read


@dataclass(frozen=True, slots=True)
class Check:
    """One step: ``run`` answers what it found in a few words, and raises ``PlatformError``."""

    step: Step
    run: Callable[[Deadline], Awaitable[str]]


Checkup = Sequence[Check]


def clock_check(clock: PlatformClock) -> Check:
    """The step that tells how far the platform's clock is from ours, as the answers before it showed."""

    async def run(_: Deadline) -> str:
        return f"{clock.difference:+.0f} s" if clock.difference else "no difference worth correcting"

    return Check(Step.CLOCK, run)
