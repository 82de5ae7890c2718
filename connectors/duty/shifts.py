"""Who is on duty when: ``ShiftSource`` over the duty platform, with the limits its lists have."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.mapping import shift_from, shifts_from
from connectors.duty.payloads import RegionShiftsPayload, ShiftPayload, StudioShiftsPayload
from connectors.duty.rows import records_in
from connectors.duty.sources import read_known
from connectors.errors import PlatformError, RangeTooWideError, RejectedInputError
from connectors.reading import Reader, ReadRule
from connectors.records.shift import DutyShift, Span
from connectors.viewer import Ask

_LONGEST = timedelta(days=31)
_TOO_WIDE = "RANGE_TOO_WIDE"
Shifts = tuple[DutyShift, ...]
Fetch = Callable[[list[str], Deadline], Awaitable[Mapping[str, Shifts | PlatformError]]]


class DutyShifts:
    """``ShiftSource``. Counts of questions change during a shift, so nothing is kept for longer than a minute."""

    def __init__(self, client: DutyClient, reader: Reader, batch: int) -> None:
        self._client = client
        self._reader = reader
        self._by_key = ReadRule("shifts", batch, fresh_for=60.0)
        self._by_studio = ReadRule("studios.shifts", batch, fresh_for=60.0)
        self._by_region = ReadRule("regions.shifts", batch, fresh_for=60.0)

    async def load_shifts(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyShift | PlatformError | None]:
        """Read shifts by key."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, DutyShift | PlatformError]:
            return records_in(await self._client.fetch_shifts(chunk, deadline), ShiftPayload, "id", shift_from)

        return await read_known(self._reader, self._by_key, keys, ask, fetch)

    async def list_studio_shifts(self, keys: Sequence[str], span: Span, ask: Ask) -> Sequence[Shifts | PlatformError]:
        """Read each studio's shifts that touch the span, by start; an unknown studio has none."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Shifts | PlatformError]:
            answer = await self._client.fetch_studio_shifts(chunk, span, deadline)
            return records_in(answer, StudioShiftsPayload, "studioId", lambda row: shifts_from(row.shifts))

        return await self._listed(self._by_studio, keys, span, ask, fetch)

    async def list_region_shifts(self, keys: Sequence[str], span: Span, ask: Ask) -> Sequence[Shifts | PlatformError]:
        """Read the shifts in each region and what lies in it, by start; above 500 it says ``RANGE_TOO_WIDE``."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Shifts | PlatformError]:
            answer = await self._client.fetch_region_shifts(chunk, span, deadline)
            return records_in(answer, RegionShiftsPayload, "regionCode", lambda row: shifts_from(row.shifts))

        return await self._listed(self._by_region, keys, span, ask, fetch)

    async def _listed(
        self, rule: ReadRule, keys: Sequence[str], span: Span, ask: Ask, fetch: Fetch
    ) -> Sequence[Shifts | PlatformError]:
        refused = _refusal_of(span)
        if refused is not None:
            kind = RangeTooWideError if refused == _TOO_WIDE else RejectedInputError
            error = kind(self._reader.platform, rule.operation, "span", upstream_code=refused)
            return [error for _ in keys]
        entries = await read_known(self._reader, rule, keys, ask, _in_halves(fetch), per=span)
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

    async def halved(keys: list[str], deadline: Deadline) -> Mapping[str, Shifts | PlatformError]:
        try:
            return await fetch(keys, deadline)
        except RangeTooWideError as error:
            if len(keys) == 1:
                return {keys[0]: error}
        middle = len(keys) // 2
        first, second = await asyncio.gather(halved(keys[:middle], deadline), halved(keys[middle:], deadline))
        return {**first, **second}

    return halved
