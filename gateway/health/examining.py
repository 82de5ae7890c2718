"""Looks at a platform from end to end, step by step, and says how each step went (``tongxin doctor``).

Owns the order and the bounds: each step has the platform's own time for one call, and one that hangs is given up.
Leaves the steps to the platforms' ``checkup.py`` and the words to ``gateway/cli/doctor_advice.py``.
"""

import asyncio
import enum
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.checkup import Check, Step
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError
from connectors.platform import Connection
from connectors.probing import probing

NOTICED_SECONDS = 30
"""A clock that is further off is told as something to mend, though signing by the platform's clock bridges it."""

_GRACE_SECONDS = 1.0


class Ending(enum.StrEnum):
    """How a step went."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"  # a step before it failed


@dataclass(frozen=True, slots=True)
class Finding:
    """One step: what it found in a few words, or the error that stopped it; ``seconds`` unless it was skipped."""

    step: Step
    ending: Ending
    found: str = ""
    seconds: float | None = None
    error: PlatformError | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """A platform's findings, in order; ``ahead`` is how many seconds its clock is before ours.

    ``certificates``: when those of its hosts end, in seconds since 1970.
    """

    platform: str
    findings: tuple[Finding, ...]
    ahead: float
    certificates: Mapping[str, float] = field(default_factory=dict)

    @property
    def clock_is_off(self) -> bool:
        """Whether the clocks differ by more than messages on their way explain."""
        return abs(self.ahead) > NOTICED_SECONDS

    @property
    def well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.clock_is_off and all(finding.ending is Ending.OK for finding in self.findings)


async def examine(connection: Connection, timeout: float) -> Examination:  # noqa: ASYNC109 - a platform's setting, in seconds
    """Run the checkup; each step needs the ones before, so that after a failure the rest is skipped."""
    findings: list[Finding] = []
    with probing():
        for check in connection.checkup:
            failed = any(finding.ending is not Ending.OK for finding in findings)
            skipped = Finding(check.step, Ending.SKIPPED)
            findings.append(skipped if failed else await _run(connection.meter.platform, check, timeout))
    meter = connection.meter
    return Examination(meter.platform, tuple(findings), round(meter.ahead(), 1), meter.connections.certificates)


async def _run(platform: str, check: Check, seconds: float) -> Finding:
    began = time.monotonic()
    error: PlatformError
    try:
        async with asyncio.timeout(seconds + _GRACE_SECONDS):
            found = await check.run(Deadline.after(seconds))
        return Finding(check.step, Ending.OK, found, time.monotonic() - began)
    except PlatformError as failed:
        error = failed
    except TimeoutError:
        error = TooSlowError(platform, check.step.value)
    except Exception as failed:  # noqa: BLE001 - one broken step must not keep the others' findings back
        error = UnexpectedAnswerError(platform, check.step.value, type(failed).__name__)
    return Finding(check.step, Ending.FAILED, "", time.monotonic() - began, error)
