"""What every mutation takes and answers beside what it is about (Relay: one ``input``, one payload)."""

from typing import Any

import strawberry

from connectors.ports import WriteStatusSource
from connectors.records.effect import EffectKind, EffectStatus
from connectors.viewer import Scope
from schema.declarations import Requirement
from schema.fields import CHINESE, argument, described, many, optional, value

strawberry.enum(EffectKind, description="What one effect of a write is.")
setattr(EffectKind, CHINESE, "写入产生的一项效果")
strawberry.enum(EffectStatus, description="How far one effect of a write is.")
setattr(EffectStatus, CHINESE, "一项效果的进展")


@described(zh="可由本人改正的问题", en="Something a person can mend.")
class UserError:
    """Read from ``schema.acts.UserError``."""

    code: str = value("code", zh="稳定的代码", en="A stable code, see docs/errors.md.")
    message: str = value(
        "message", zh="说明，按调用者的语言", en="What is wrong and what to do, in the caller's language."
    )
    field: str | None = value("field", zh="所在的输入字段", en="The field of the input it stands in; null for none.")


@described(zh="写入在一个平台上的效果", en="What a write brings about on one platform.")
class Effect:
    """Read from ``connectors.records.effect.Effect``."""

    kind: EffectKind = value("kind", zh="效果", en="What it is.")
    platform: str = value("platform", zh="所在平台", en="The platform it is on, e.g. `zheliban`.")
    status: EffectStatus = value("status", zh="进展", en="How far it is.")
    code: str | None = value(
        "code", zh="未成的原因代码", en="Why it failed or still waits, see docs/errors.md; null while nothing is wrong."
    )


@described(zh="一次写入的进展", en="How far a write is.")
class WriteStatus:
    """Read from ``connectors.records.effect.WriteStatus``."""

    id: strawberry.ID = value("key", zh="写入的标识", en="The write's id.")
    effects: list[Effect] = value("effects", zh="各项效果，主要效果在前", en="Its effects, the primary one first.")


@described(zh="写入的结果", en="What every mutation answers beside what it is about.")
class WritePayload:
    """The base of payloads; read from ``schema.acts.Payload``."""

    write_id: strawberry.ID | None = value(
        "write_id",
        zh="写入的标识，可据此查询进展；未开始则为空",
        en="Finds out what became of it (`writeStatus`); null where nothing was begun.",
    )
    effects: list[Effect] = value(
        "effects", zh="各项效果，主要效果在前", en="What it brings about, the primary effect first."
    )
    user_errors: list[UserError] = value(
        "user_errors", zh="可由本人改正的问题；有则未写入", en="What the person can mend; nothing was written then."
    )


def idempotency_key() -> Any:
    """The field ``idempotencyKey`` of an input."""
    return optional(
        "幂等键：同一键重复提交只生效一次，24 小时内有效；也可用请求头 Idempotency-Key",
        "The same key with the same input happens once and is answered alike, for 24 hours; also as header "
        "`Idempotency-Key`.",
    )


WRITE_STATUS = many(
    WriteStatusSource.load_write_statuses,
    arguments=(argument("id", strawberry.ID, zh="写入的标识", en="The write's id, as its payload told it."),),
    owner=lambda _, arguments: arguments["id"],
    requires=Requirement(Scope.GRAPH_READ),
    zh="本人一次写入的进展；他人的或已过期的为空",
    en="How far a write of one's own is; null for another's, and for one that was forgotten.",
)
