"""Who is on duty when."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.shift import DutyShift, NewShift, Span
from connectors.viewer import Ask


@runtime_checkable
class ShiftSource(Protocol):
    """Knows who is on duty when."""

    async def load_shifts(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyShift | PlatformError | None]:
        """Read shifts by key."""

    async def list_studio_shifts(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[DutyShift, ...] | PlatformError]:
        """Read the shifts of each studio that touch the span, by start; at most 500 in all."""

    async def list_member_shifts(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[DutyShift, ...] | PlatformError]:
        """Read the shifts of each member, in whichever studio, that touch the span, by start; at most 500 in all."""

    async def list_region_shifts(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[DutyShift, ...] | PlatformError]:
        """Read the shifts in each region and what lies in it, by start; ``RejectedInputError`` above 500 rows."""


@runtime_checkable
class ShiftDesk(Protocol):
    """Lets a member, the convener of a studio or staff put a member on duty."""

    async def schedule_shift(self, shift: NewShift, write_id: str, ask: Ask) -> DutyShift:
        """Schedule one turn; the same ``write_id`` with the same turn answers the same one.

        Raises ``PlatformError``: ``NotAllowedError``, ``NotFoundError``, ``RejectedInputError`` (it overlaps, lies
        behind), ``WriteIdReusedError``, ``OutcomeUnknownError``.
        """
