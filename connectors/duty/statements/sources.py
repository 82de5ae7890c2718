"""The duty platform's port for statements."""

from collections.abc import Sequence
from datetime import datetime

from connectors.contracted.pages import empty_page
from connectors.contracted.reads import Endpoint, moment_text
from connectors.contracted.rows import Shape
from connectors.duty.hiding import guarded, pages_without_hidden
from connectors.duty.reads import DutyReads
from connectors.duty.statements.mapping import change_from, is_a_change, is_published, is_waiting, statement_from
from connectors.duty.statements.payloads import StatementPayload
from connectors.errors import PlatformError
from connectors.freshness import LIVELY, NOW
from connectors.records.page import Page, PageArgs
from connectors.records.statement import Statement, StatementQueue
from connectors.viewer import Ask, Role

_BY_KEY = Endpoint("statements", "/statements", LIVELY, tags=("statement:{key}",))
_OWNED = Endpoint(
    "deliberations.statements",
    "/deliberations/statements",
    LIVELY,
    tags=(
        "statements",
        "deliberation:{key}",
    ),
)
_OF_MEMBERS = Endpoint(
    "members.statements",
    "/members/statements",
    LIVELY,
    tags=(
        "statements",
        "member:{key}",
    ),
)
_CHANGES = Endpoint(
    "deliberations.statements",
    "/deliberations/statements",
    NOW,
    tags=(
        "statements",
        "deliberation:{key}",
    ),
)
_QUEUE = Endpoint("statements.waiting", "/statements/waiting", NOW)
STATEMENT = Shape(StatementPayload, statement_from)
"""A statement as a write answers it, to who wrote it."""
_SHOWN = guarded(StatementPayload, statement_from, is_published)
_WAITS = guarded(StatementPayload, statement_from, is_waiting)
_CHANGE = guarded(StatementPayload, change_from, is_a_change)
_NEWEST = {"orderBy": "POSTED_AT_DESC"}


class DutyStatements:
    """``StatementSource``: a room with many people in it is read every two seconds, not once a person."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_statements(self, keys: Sequence[str], ask: Ask) -> Sequence[Statement | PlatformError | None]:
        """Read statements by key."""
        return await self._reads.keyed(_BY_KEY, _SHOWN, keys, ask)

    async def list_deliberation_statements(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read one page per deliberation key, newest first; an unknown one has none."""
        return pages_without_hidden(await self._reads.owned(_OWNED, _SHOWN, keys, page, ask, _NEWEST))

    async def list_member_statements(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read one page per member key, newest first; an unknown one has none."""
        return pages_without_hidden(await self._reads.owned(_OF_MEMBERS, _SHOWN, keys, page, ask))

    async def list_statement_changes(
        self, keys: Sequence[str], since: datetime, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read what was published or withdrawn since then, in that order; those under way at once share a call."""
        query = {"orderBy": "CHANGED_AT_ASC", "changedSince": moment_text(since)}
        return pages_without_hidden(await self._reads.owned(_CHANGES, _CHANGE, keys, page, ask, query))

    async def list_waiting_statements(
        self, queries: Sequence[StatementQueue], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Statement] | PlatformError]:
        """Read one page per query, a call each; an empty one, without a call, for who is no moderator."""
        if Role.MODERATOR not in ask.viewer.roles:
            return [empty_page(page)] * len(queries)
        told = {"viewerModerator": "true"}
        asked = [
            told | ({} if query.deliberation_key is None else {"deliberationId": query.deliberation_key})
            for query in queries
        ]
        return pages_without_hidden(await self._reads.listed(_QUEUE, _WAITS, asked, page, ask))
