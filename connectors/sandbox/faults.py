"""Faults a sandbox platform can be told to show (design section 3; wire-formats E5, F2).

Most decide what is answered (``answers.py``). Two change the platform itself, and its parts ask for them while they
handle a request: ``platform_time`` (fault ``clock``) and ``tokens_ended`` (fault ``expired_token``).
"""

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

FAULT = "tongxin.fault"
"""Key in a request's scope under which the fault stands that its operation shows."""


class FaultKind(enum.StrEnum):
    """How the platform misbehaves."""

    REFUSE = "refuse"  # the connection ends without any HTTP answer
    HANG = "hang"  # no answer, ever
    SLOW = "slow"  # the right answer, so many milliseconds late
    DRIP = "drip"  # the right answer, a few bytes at a time with so many milliseconds between
    RESET = "reset"  # the connection is cut in the middle of the body
    HTTP500 = "http500"  # HTTP 500 with an HTML body
    GARBAGE = "garbage"  # HTTP 200 with bytes nobody can read
    TRUNCATED = "truncated"  # a whole HTTP answer whose JSON stops half way
    FAILURE_ENVELOPE = "failure_envelope"  # the platform's own way to say that it failed
    SCHEMA_DRIFT = "schema_drift"  # success, with documented keys renamed, missing or of another type
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - a name; every token fails
    CLOCK = "clock"  # the platform's clock runs so many milliseconds ahead


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for one operation, or for all when ``operation`` is None. ``ms`` is used by slow, drip and clock."""

    kind: FaultKind
    operation: str | None = None
    ms: int = 300


class Faults:
    """The faults set just now; for each operation the latest that names it, or names none, holds."""

    def __init__(self) -> None:
        self._set: dict[str | None, Fault] = {}

    def put(self, fault: Fault) -> None:
        """Begin a fault; one for all operations ends those set for single ones before."""
        if fault.operation is None:
            self._set.clear()
        self._set[fault.operation] = fault

    def clear(self) -> None:
        """End them all."""
        self._set.clear()

    def of(self, operation: str) -> Fault | None:
        """The fault that operation shows now."""
        return self._set.get(operation) or self._set.get(None)


def fault_of(request: Request) -> Fault | None:
    """The fault this request's operation shows."""
    fault: Fault | None = request.scope.get(FAULT)
    return fault


def tokens_ended(request: Request) -> bool:
    """Whether every token counts as ended."""
    fault = fault_of(request)
    return fault is not None and fault.kind is FaultKind.EXPIRED_TOKEN


def platform_time(request: Request, clock: Callable[[], float] = time.time) -> float:
    """Seconds since 1970 as the platform has it: what its ``Date`` header says and what it checks clocks against."""
    fault = fault_of(request)
    return clock() + (fault.ms / 1000 if fault is not None and fault.kind is FaultKind.CLOCK else 0.0)
