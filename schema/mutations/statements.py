"""What people say in deliberations, and what they like of it."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import strawberry

from connectors.errors import PlatformError
from connectors.masking import masked_name
from connectors.ports import AccountSource, StatementDesk
from connectors.records.effect import EffectKind
from connectors.records.record import Record
from connectors.records.statement import Statement as StatementRecord
from connectors.records.statement import StatementDraft, StatementLikes, StatementState
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Finder, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.guards import may_speak, may_take_part
from schema.mutations.naming import asker_in, key_in, new_subject
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import text
from schema.statement import Statement

MOST_WORDS = 2000
_MOST_NAME = 20


@strawberry.input(description="Something to say in a deliberation.")
class PostStatementInput:
    """See ``connectors.records.statement.StatementDraft``."""

    deliberation_id: strawberry.ID = needed("协商的全局标识", "Global id of the deliberation.")
    body: str = needed("发言，至多 2000 字", "What is said, at most 2,000 characters.")
    anonymous: bool | None = optional(
        "群众是否匿名，默认显示脱敏姓名；委员以本人姓名发言",
        "Whether a citizen wants no name shown; else it is shown masked. Members speak by their own name.",
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="Liking a statement, or no more.")
class LikeStatementInput:
    """See ``Liking``."""

    statement_id: strawberry.ID = needed("发言的全局标识", "Global id of the statement.")
    liked: bool | None = optional("点赞或取消，默认点赞", "Whether it is liked, which it is unless told.")
    idempotency_key: str | None = idempotency_key()


setattr(PostStatementInput, CHINESE, "在协商中的发言")
setattr(LikeStatementInput, CHINESE, "点赞发言或取消点赞")


@described(zh="发言的结果", en="What came of saying something.")
class PostStatementPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    statement: Statement | None = value(
        "entity", zh="发言；只有发言人看到尚未发布的", en="The statement; before it is published for who made it alone."
    )
    published: bool | None = value(
        "entity",
        then=lambda statement, _: statement.state is StatementState.PUBLISHED,
        zh="是否已发布：委员的发言立即发布，群众的须先审核",
        en="Whether everybody sees it: a member's at once, a citizen's after moderation.",
    )


@described(zh="点赞的结果", en="What came of liking a statement.")
class LikeStatementPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    statement: Statement | None = value(
        "entity", then=lambda likes, _: likes, zh="发言，含现在的点赞数", en="The statement, with how many like it now."
    )
    liked: bool | None = value(
        "entity", then=lambda likes, _: likes.liked, zh="本人现在是否点赞", en="Whether the asker likes it now."
    )


class Posting(StatementDraft, frozen=True, kw_only=True):
    """A statement to be; ``named``: by the masked name of who makes it, which is read before it is kept."""

    named: bool


class Liking(Record, frozen=True):
    """Which statement is liked, or no more."""

    key: str
    liked: bool


def _posting(given: Given, viewer: Viewer) -> Posting:
    """A member speaks by name, and nothing else is to be said of them."""
    anonymous = given.get("anonymous") is True
    if anonymous and viewer.member_key:
        raise InputError("MEMBERS_SPEAK_BY_NAME", "anonymous")
    return Posting(
        deliberation_key=key_in(given, "deliberationId", "Deliberation"),
        body=text(given["body"], "body", MOST_WORDS),
        named=not anonymous and viewer.member_key is None,
    )


async def _named(posting: Posting, find: Finder, ask: Ask) -> Posting:
    """Give it the name sign-on knows, masked by the citizen app's rule."""
    if not posting.named or ask.viewer.person_id is None:
        return posting
    [account] = await find(AccountSource.load_accounts)([ask.viewer.person_id], ask)
    if isinstance(account, PlatformError):
        raise account
    name = masked_name(account.display_name)[:_MOST_NAME] if account else None
    return msgspec.structs.replace(posting, display_name=name or None)


def _liking(given: Given, _: Viewer) -> Liking:
    return Liking(key=key_in(given, "statementId", "Statement"), liked=given.get("liked") is not False)


async def _liked(method: Callable[..., Awaitable[Any]], request: Liking, write_id: str, ask: Ask) -> StatementLikes:
    likes: StatementLikes = await method(request.key, write_id, ask, liked=request.liked)
    return likes


def changes_of_statement(_request: object, statement: StatementRecord, _viewer: Viewer) -> tuple[str, ...]:
    """What was read before of a statement, of its deliberation, and of the lists that count them."""
    return (
        f"statement:{statement.key}",
        "statements",
        f"deliberation:{statement.deliberation_key}",
        "deliberations",
    )


def told_of_statement(_request: object, statement: StatementRecord) -> tuple[tuple[str, str], ...]:
    """Those who follow a deliberation are told of what everybody may see."""
    shown = statement.state is StatementState.PUBLISHED
    return ((f"statements:{statement.deliberation_key}", statement.key),) if shown else ()


POST = Act(
    "postStatement",
    EffectKind.STATEMENT,
    StatementDesk.post_statement,
    Posting,
    _posting,
    subject=lambda posting, viewer: new_subject(
        "Statement", msgspec.structs.replace(posting, display_name=None), viewer
    ),
    filled=_named,
    changes=changes_of_statement,
    tells=told_of_statement,
)
LIKE = Act(
    "likeStatement",
    EffectKind.STATEMENT_LIKE,
    StatementDesk.like_statement,
    Liking,
    _liking,
    subject=lambda request, viewer: f"Liking:{request.key}:{asker_in(viewer)}",
    call=_liked,
    changes=lambda request, *_: (f"statement:{request.key}", "statements"),
)


@described(zh="在协商中发言和点赞", en="What people say in deliberations, and what they like of it.")
class StatementMutations:
    """Part of ``Mutation``."""

    post_statement: PostStatementPayload | None = mutation(
        POST,
        PostStatementInput,
        requires=Requirement(sees=may_speak),
        zh="在协商中发言：委员的立即发布，群众的审核后发布；委员需 duty:write，群众需 question:write",
        en="Say something in a deliberation: a member's is published at once, a citizen's after moderation. Members "
        "need duty:write, citizens question:write.",
    )
    like_statement: LikeStatementPayload | None = mutation(
        LIKE,
        LikeStatementInput,
        requires=Requirement(sees=may_take_part),
        zh="点赞发言或取消点赞，每人一次；需 duty:write 或 question:write",
        en="Like a statement, or no more; once a person. It takes duty:write or question:write.",
    )
