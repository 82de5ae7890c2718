"""Who is on duty when: ``ShiftSource`` and ``ShiftDesk`` over the duty platform, with the limits its lists have."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from connectors.contracted.pages import lists_in
from connectors.contracted.reads import REGION, Endpoint, moment_text
from connectors.deadline import Deadline
from connectors.duty.desks import DutyDesk, Write, member_of, staff_of
from connectors.duty.mapping import SHIFT
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError, RangeTooWideError, RejectedInputError
from connectors.freshness import REGISTRY
from connectors.records.shift import DutyShift, NewShift, Span
from connectors.viewer import Ask

_LONGEST = timedelta(days=31)
_TOO_WIDE = "RANGE_TOO_WIDE"
_SHIFTS = Endpoint("shifts", "/shifts", REGISTRY, tags=("shift:{key}",))
_OF_STUDIOS = Endpoint(
    "studios.shifts",
    "/studios/shifts",
    REGISTRY,
    tags=(
        "shifts",
        "studio:{key}",
    ),
)
_OF_MEMBERS = Endpoint(
    "members.shifts",
    "/members/shifts",
    REGISTRY,
    tags=(
        "shifts",
        "member:{key}",
    ),
)
_OF_REGIONS = Endpoint("regions.shifts", "/regions/shifts", REGISTRY, tags=("shifts",), form=REGION)
_SCHEDULE = Write("shifts.schedule", "/shifts/schedule", SHIFT)
Shifts = tuple[DutyShift, ...]
Fetch = Callable[[list[str], Deadline], Awaitable[Mapping[str, Any]]]


class DutyShifts:
    """``ShiftSource``. Counts of questions change during a shift, so nothing is kept for longer than a minute."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_shifts(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyShift | PlatformError | None]:
        """Read shifts by key."""
        return await self._reads.keyed(_SHIFTS, SHIFT, keys, ask)

    async def list_studio_shifts(self, keys: Sequence[str], span: Span, ask: Ask) -> Sequence[Shifts | PlatformError]:
        """Read each studio's shifts that touch the span, by start; an unknown studio has none."""
        return await self._listed(_OF_STUDIOS, keys, span, ask)

    async def list_member_shifts(self, keys: Sequence[str], span: Span, ask: Ask) -> Sequence[Shifts | PlatformError]:
        """Read each member's shifts that touch the span, by start; an unknown member has none."""
        return await self._listed(_OF_MEMBERS, keys, span, ask)

    async def list_region_shifts(self, keys: Sequence[str], span: Span, ask: Ask) -> Sequence[Shifts | PlatformError]:
        """Read the shifts in each region and what lies in it, by start; above 500 it says ``RANGE_TOO_WIDE``."""
        return await self._listed(_OF_REGIONS, keys, span, ask)

    async def schedule_shift(self, shift: NewShift, write_id: str, ask: Ask) -> DutyShift:
        """Put a member on duty for a studio. Raises ``PlatformError`` as ``DutyClient.write``."""
        body = {
            "studioId": shift.studio_key,
            "memberId": shift.member_key,
            "startsAt": shift.starts_at.isoformat(),
            "endsAt": shift.ends_at.isoformat(),
            "topic": shift.topic,
        }
        actor = member_of(ask.viewer) or staff_of(ask.viewer)
        return await DutyDesk(self._reads.client).done(_SCHEDULE, body, write_id, actor, ask)

    async def _listed(
        self, endpoint: Endpoint, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[Shifts | PlatformError]:
        refused = _refusal_of(span)
        if refused is not None:
            kind = RangeTooWideError if refused == _TOO_WIDE else RejectedInputError
            return [kind(self._reads.platform, endpoint.operation, "span", upstream_code=refused)] * len(keys)
        query = {"from": moment_text(span.start), "to": moment_text(span.end)}

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Any]:
            asked = {"ownerIds": ",".join(chunk), **query}
            return await self._reads.client.read(
                endpoint.operation, endpoint.path, asked, lambda answer: lists_in(answer, SHIFT, chunk), deadline
            )

        entries = await self._reads.known(endpoint, keys, ask, _in_halves(fetch), per=query)
        return [() if entry is None else entry for entry in entries]


def _refusal_of(span: Span) -> str | None:
    """Why the platform would refuse this span for any key: then it need not be asked."""
    if span.start >= span.end:
        return "INVALID_RANGE"
    return _TOO_WIDE if span.end - span.start > _LONGEST else None


def _in_halves(fetch: Fetch) -> Fetch:
    """Fetch in one call, in halves of it where together they hold too many rows.

    The platform limits the rows of an answer, not of a key: the one key that is too wide by itself must not cost
    the others their answer.
    """

    async def halved(keys: list[str], deadline: Deadline) -> Mapping[str, Any]:
        try:
            return await fetch(keys, deadline)
        except RangeTooWideError as error:
            if len(keys) == 1:
                return {keys[0]: error}
        middle = len(keys) // 2
        first, second = await asyncio.gather(halved(keys[:middle], deadline), halved(keys[middle:], deadline))
        return {**first, **second}

    return halved
