"""Micro-suggestions and their five steps."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.micro_suggestion import (
    MicroStepMove,
    MicroSuggestion,
    MicroSuggestionDraft,
    MicroSuggestionQuery,
)
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class MicroSuggestionSource(Protocol):
    """Knows micro-suggestions; everybody sees them alike."""

    async def load_micro_suggestions(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MicroSuggestion | PlatformError | None]:
        """Read micro-suggestions by key."""

    async def list_micro_suggestions(
        self, queries: Sequence[MicroSuggestionQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MicroSuggestion] | PlatformError]:
        """Read one page per query."""

    async def list_member_micro_suggestions(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MicroSuggestion] | PlatformError]:
        """Read one page per member key, newest first."""


@runtime_checkable
class MicroSuggestionDesk(Protocol):
    """Takes micro-suggestions and leads them through their steps; the asker acts, as at ``ProposalDesk``."""

    async def submit_micro_suggestion(self, draft: MicroSuggestionDraft, write_id: str, ask: Ask) -> MicroSuggestion:
        """Submit one; its first step is done by that. Raises ``PlatformError``."""

    async def advance_micro_step(self, move: MicroStepMove, write_id: str, ask: Ask) -> MicroSuggestion:
        """Begin or end a step; the one before it must be done. Raises ``PlatformError``."""
