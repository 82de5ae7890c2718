"""Statements in deliberations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.statement import Statement, StatementDraft, StatementLikes, StatementQueue
from connectors.viewer import Ask


@runtime_checkable
class StatementSource(Protocol):
    """Knows the published statements; everybody sees them alike."""

    async def load_statements(self, keys: Sequence[str], ask: Ask) -> Sequence[Statement | PlatformError | None]:
        """Read statements by key; None also for one that is not published."""

    async def list_deliberation_statements(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read one page per deliberation key, newest first."""

    async def list_member_statements(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read one page per member key, newest first."""

    async def list_statement_changes(
        self, keys: Sequence[str], since: datetime, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read what was published or withdrawn since a moment per deliberation key, in that order; never kept.

        To follow a deliberation, go on after the last row's cursor; ``since`` stays the same.
        """

    async def list_waiting_statements(
        self, queries: Sequence[StatementQueue], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read what waits for moderation, the longest wait first: one page per query, empty but for moderators."""


@runtime_checkable
class StatementDesk(Protocol):
    """Takes statements and likes.

    Who acts is the asker: a member by ``member_key``, else a citizen by their account. Each write raises
    ``PlatformError``: ``NotAllowedError`` for somebody who is neither, ``NotFoundError``, ``ForbiddenMoveError`` where
    the deliberation takes no statements, ``RejectedInputError``, ``WriteIdReusedError``, ``OutcomeUnknownError``.
    ``write_id`` makes it happen once.
    """

    async def post_statement(self, draft: StatementDraft, write_id: str, ask: Ask) -> Statement:
        """Hand a statement in. A member's is published at once; a citizen's waits for moderation."""

    async def moderate_statement(self, key: str, write_id: str, ask: Ask, *, publish: bool) -> Statement:
        """Publish a waiting statement or refuse it, or take a published one down; the asker is staff or a moderator."""

    async def like_statement(self, key: str, write_id: str, ask: Ask, *, liked: bool) -> StatementLikes:
        """Like a statement, or like it no more; once a person."""
