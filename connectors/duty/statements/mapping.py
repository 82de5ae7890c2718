"""Payload → record of statements."""

from datetime import datetime
from typing import Any

from msgspec import structs

from connectors.duty.named import maybe
from connectors.duty.statements.payloads import AuthorPayload, LikesPayload, StatementPayload
from connectors.errors import PlatformError
from connectors.lenient import broken_in, kept
from connectors.masking import masked_name
from connectors.records.member import MemberRef, Sector
from connectors.records.question import PublicPerson
from connectors.records.statement import Expert, Statement, StatementLikes, StatementState

_MASK = "*"


def statement_from(payload: StatementPayload) -> Statement:
    """Read one statement."""
    return Statement(
        key=payload.id,
        deliberation_key=payload.deliberation_id,
        body=payload.body,
        posted_at=payload.posted_at,
        likes=payload.likes,
        author=maybe(payload.author, author_from),
        state=payload.state,
        changed_at=payload.changed_at,
        withdrawn_at=payload.withdrawn_at,
    )


def is_published(payload: StatementPayload) -> bool | PlatformError:
    """Whether everybody may see it; the error where that cannot be read.

    The platform leaves out what is not published; here it is looked at again, so that its fault is no leak of ours.
    """
    state: StatementState | PlatformError = payload.state
    if isinstance(state, PlatformError):
        return state
    return state is StatementState.PUBLISHED and not isinstance(payload.withdrawn_at, datetime)


def is_waiting(payload: StatementPayload) -> bool | PlatformError:
    """Whether it waits for moderation; the error where that cannot be read."""
    state: StatementState | PlatformError = payload.state
    return state if isinstance(state, PlatformError) else state is StatementState.WAITING


def is_a_change(payload: StatementPayload) -> bool | PlatformError:
    """Whether everybody may know of it: it is published, or was."""
    shown = is_published(payload)
    return shown or payload.withdrawn_at is not None


def change_from(payload: StatementPayload) -> Statement:
    """Read one statement as a change: of one that is not published any more neither text nor author."""
    statement = statement_from(payload)
    return statement if is_published(payload) is True else structs.replace(statement, body="", author=None)


def author_from(payload: AuthorPayload) -> Any:
    """Who speaks; an error where it cannot be told, for a citizen must not be shown as something else.

    A platform that forgets to mask a citizen's name is corrected here.
    """
    kind: str | PlatformError = payload.kind
    if isinstance(kind, PlatformError):
        return kind
    if kind == "MEMBER" and payload.id is not None:
        return kept(payload.id, lambda key: MemberRef(key=key, name=_said(payload.name), sector=_sector_of(payload)))
    if kind == "EXPERT":
        return Expert(name=_said(payload.name), title=payload.title)
    if kind == "CITIZEN":
        return maybe(payload.display_name, lambda name: PublicPerson(name=masked(name)))
    return broken_in("duty", "statements")


def masked(name: str) -> str:
    """A name with its first character hidden, if it is not hidden already."""
    return name if name.startswith(_MASK) else masked_name(name)


def likes_from(payload: LikesPayload) -> StatementLikes:
    """Read how many like a statement."""
    return StatementLikes(key=payload.id, likes=payload.likes, liked=payload.liked)


def _sector_of(payload: AuthorPayload) -> Any:
    return kept(_said(payload.sector_code), lambda code: Sector(code=code, name=_said(payload.sector_name)))


def _said(text: str | None) -> Any:
    """A text that must be there."""
    return broken_in("duty", "statements") if text is None else text
