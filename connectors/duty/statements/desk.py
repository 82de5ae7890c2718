"""The duty platform's desk for statements."""

from connectors.contracted.rows import Shape
from connectors.duty.desks import DutyDesk, Write, speaker_of, staff_of
from connectors.duty.statements.mapping import likes_from
from connectors.duty.statements.payloads import LikesPayload
from connectors.duty.statements.sources import STATEMENT
from connectors.records.statement import Statement, StatementDraft, StatementLikes
from connectors.viewer import Ask, Role

_POST = Write("statements.post", "/statements", STATEMENT)
_LIKE = Write("statements.like", "/statements/likes", Shape(LikesPayload, likes_from))
_MODERATE = Write("statements.moderate", "/statements/moderation", STATEMENT)


class DutyStatementDesk:
    """``StatementDesk``."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def post_statement(self, draft: StatementDraft, write_id: str, ask: Ask) -> Statement:
        """Hand a statement in; a citizen's name goes along only as it may be shown."""
        actor = speaker_of(ask.viewer)
        body = {"deliberationId": self._desk.known(_POST, draft.deliberation_key), "body": draft.body}
        if draft.display_name is not None and "citizenId" in (actor or {}):
            body["displayName"] = draft.display_name
        return await self._desk.done(_POST, body, write_id, actor, ask)

    async def like_statement(self, key: str, write_id: str, ask: Ask, *, liked: bool) -> StatementLikes:
        """Like a statement, or like it no more."""
        body = {"statementId": self._desk.known(_LIKE, key), "liked": liked}
        return await self._desk.done(_LIKE, body, write_id, speaker_of(ask.viewer), ask)

    async def moderate_statement(self, key: str, write_id: str, ask: Ask, *, publish: bool) -> Statement:
        """Publish a statement or refuse it, or take a published one down."""
        moderator = Role.MODERATOR in ask.viewer.roles
        body = {"statementId": self._desk.known(_MODERATE, key), "publish": publish, "moderator": moderator}
        return await self._desk.done(_MODERATE, body, write_id, staff_of(ask.viewer), ask)
