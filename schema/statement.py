"""Statements: what members, experts and the public say in a deliberation."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import StatementSource
from connectors.records.deliberation import DeliberationRef
from connectors.records.statement import Expert as ExpertRecord
from connectors.records.statement import Statement as StatementRecord
from connectors.records.statement import StatementLikes, StatementOrder
from connectors.viewer import PersonalClass
from schema.fields import CHINESE, described, identifier, union, value
from schema.member import Member
from schema.node import Node
from schema.question import PublicPerson

if TYPE_CHECKING:
    from schema.deliberation import Deliberation

_LOAD = StatementSource.load_statements

strawberry.enum(StatementOrder, description="Orders in which statements can be listed.")
setattr(StatementOrder, CHINESE, "发言列表的次序")


@described(
    zh="专家学者：以专家身份发言、不是委员的人",
    en="An expert: somebody who speaks by name and title and is no member.",
    of=ExpertRecord,
)
class Expert:
    """Read from ``connectors.records.statement.Expert``."""

    name: str | None = value("name", personal=PersonalClass.PUBLIC_OFFICE, zh="姓名（公开）", en="Name, public.")
    title: str | None = value("title", zh="职称或职务", en="Academic or official title; null without one.")


StatementAuthor = Annotated[
    Member | Expert | PublicPerson,
    union(
        "StatementAuthor",
        zh="发言人：委员、专家，或姓名已脱敏的群众",
        en="Who speaks: a member, an expert, or one of the public by a masked name.",
    ),
]


@described(
    zh="协商中的一条发言", en="A statement: one contribution to a deliberation.", of=StatementRecord | StatementLikes
)
class Statement(Node):
    """Read from ``connectors.records.statement.Statement``; only what moderation published, but to who wrote it."""

    id: strawberry.ID = identifier("Statement")
    body: str | None = value("body", source=_LOAD, zh="正文", en="What was said.")
    posted_at: datetime | None = value("posted_at", source=_LOAD, zh="发言时间", en="When it was said.")
    likes: int | None = value("likes", source=_LOAD, zh="点赞数", en="How many like it.")
    author: StatementAuthor | None = value(
        "author", source=_LOAD, zh="发言人；匿名为空", en="Who said it; null for who wants no name."
    )
    deliberation: Annotated["Deliberation", strawberry.lazy("schema.deliberation")] | None = value(
        "deliberation_key",
        source=_LOAD,
        then=lambda key, _: DeliberationRef(key=key),
        zh="所在的协商",
        en="What it contributes to.",
    )
