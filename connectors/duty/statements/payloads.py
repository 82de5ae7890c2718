"""What the duty platform sends of statements, as ``contract/statements.yaml`` spells it."""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.records.statement import StatementState


class AuthorPayload(Payload, frozen=True):
    """Who speaks: by ``kind`` a member (id, name, sector), an expert (name, title) or a citizen (display name)."""

    kind: str
    id: str | None = None
    name: str | None = None
    sector_code: str | None = None
    sector_name: str | None = None
    title: str | None = None
    display_name: str | None = None


class StatementPayload(RowPayload, frozen=True, kw_only=True):
    """A statement; the author is null where none is to be shown."""

    id: str
    deliberation_id: str
    body: str
    posted_at: Moment
    likes: int
    author: AuthorPayload | None
    state: StatementState
    changed_at: Moment
    withdrawn_at: Moment | None


class LikesPayload(RowPayload, frozen=True, kw_only=True):
    """How many like a statement now."""

    id: str
    likes: int
    liked: bool
