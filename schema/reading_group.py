"""Members reading together (委员读书): groups, and what is written in them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import ReadingGroupSource
from connectors.records.reading_group import ReadingGroup as ReadingGroupRecord
from connectors.records.reading_group import ReadingGroupQuery
from connectors.records.reading_group import ReadingPost as ReadingPostRecord
from connectors.viewer import Scope
from schema.declarations import Found, Requirement
from schema.fields import described, identifier, link, value
from schema.node import Node
from schema.paging import Connection, connection

if TYPE_CHECKING:
    from schema.member import Member
    from schema.organization import Organization

_DUTY = Requirement(Scope.DUTY_READ)
"""Nobody but members and staff is given it; their lists and ids take it, and so all that these lead to."""


@described(
    zh="读书群中的一帖；委员和机关工作人员可见",
    en="What a member wrote in a reading group; for members and committee staff.",
    of=ReadingPostRecord,
)
class ReadingPost(Node):
    """Read from ``connectors.records.reading_group.ReadingPost``."""

    id: strawberry.ID = identifier("ReadingPost")
    body: str | None = value("body", zh="正文", en="The text.")
    posted_at: datetime | None = value("posted_at", zh="发表时间", en="When it was written.")
    author: Annotated["Member", strawberry.lazy("schema.member")] | None = value(
        "author", zh="作者", en="The member who wrote it."
    )
    group: "ReadingGroup | None" = link(
        ReadingGroupSource.load_reading_groups,
        key="group_key",
        zh="所在的读书群",
        en="The group it was written in.",
    )


@described(
    zh="委员读书群；委员和机关工作人员可见",
    en="A group of members who read a book together; for members and committee staff.",
    of=ReadingGroupRecord,
)
class ReadingGroup(Node):
    """Read from ``connectors.records.reading_group.ReadingGroup``."""

    id: strawberry.ID = identifier("ReadingGroup")
    name: str | None = value("name", zh="名称", en="What it is called.")
    book: str | None = value("book", zh="在读的书", en="The book it reads.")
    introduction: str | None = value("introduction", zh="简介", en="What it is about.")
    member_count: int | None = value("member_count", zh="群内委员人数", en="How many joined it.")
    post_count: int | None = value("post_count", zh="帖数", en="How many posts there are.")
    convener: Annotated["Member", strawberry.lazy("schema.member")] | None = value(
        "convener", zh="召集人；没有则为空", en="The member who leads it; null without one."
    )
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = value(
        "organization", zh="所属政协组织", en="The committee it belongs to."
    )
    posts: Connection[ReadingPost] | None = connection(
        ReadingGroupSource.list_group_posts, zh="帖子，新的在前", en="What was written, newest first."
    )


def groups(owner: Callable[[Any, Mapping[str, Any]], ReadingGroupQuery], *, zh: str, en: str) -> Any:
    """A list of groups, the latest begun first."""
    return connection(ReadingGroupSource.list_reading_groups, owner=owner, requires=_DUTY, zh=zh, en=en)


ALL: Any = groups(
    lambda *_: ReadingGroupQuery(),
    zh="委员读书群，新建的在前；委员和机关工作人员可见",
    en="Reading groups, the latest begun first; for members and committee staff.",
)
OF_MEMBER: Any = groups(
    lambda parent, _: ReadingGroupQuery(member_key=parent.key),
    zh="所加入的读书群，新建的在前；委员和机关工作人员可见",
    en="The reading groups the member joined; for members and committee staff.",
)
OF_COMMITTEE: Any = groups(
    lambda parent, _: ReadingGroupQuery(organization_key=parent.key),
    zh="本组织的读书群，新建的在前；委员和机关工作人员可见",
    en="Its reading groups, the latest begun first; for members and committee staff.",
)
GROUPS_BY_ID = Found(ReadingGroupSource.load_reading_groups, requires=_DUTY)
POSTS_BY_ID = Found(ReadingGroupSource.load_reading_posts, requires=_DUTY)
