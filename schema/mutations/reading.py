"""What members do in reading groups."""

from collections.abc import Awaitable, Callable

import strawberry

from connectors.ports import ReadingDesk
from connectors.records.effect import EffectKind
from connectors.records.reading_group import ReadingGroup as GroupRecord
from connectors.records.reading_group import ReadingPost as PostRecord
from connectors.records.record import Record, Ref
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Given
from schema.fields import CHINESE, described, mutation, needed, value
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.proposals import MEMBERS
from schema.mutations.texts import text
from schema.reading_group import ReadingGroup, ReadingPost

MOST_WORDS = 2000


@strawberry.input(description="A reading group to join.")
class JoinReadingGroupInput:
    """Which one."""

    reading_group_id: strawberry.ID = needed("读书群的全局标识", "Global id of the group.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="Something to write in a reading group.")
class PostInReadingGroupInput:
    """See ``NewPost``."""

    reading_group_id: strawberry.ID = needed("读书群的全局标识", "Global id of the group.")
    body: str = needed("正文，至多 2000 字", "The text, at most 2,000 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(JoinReadingGroupInput, CHINESE, "要加入的读书群")
setattr(PostInReadingGroupInput, CHINESE, "在读书群中发帖")


@described(zh="加入读书群的结果", en="What came of joining a group.")
class JoinReadingGroupPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    reading_group: ReadingGroup | None = value(
        "entity", zh="读书群", en="The group, with the new member counted; null while that is on its way."
    )


@described(zh="发帖的结果", en="What came of writing in a group.")
class PostInReadingGroupPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    reading_post: ReadingPost | None = value("entity", zh="帖子", en="The post; null while it is on its way.")


class NewPost(Record, frozen=True):
    """What a member writes in a group."""

    group_key: str
    body: str


def _group(given: Given, _: Viewer) -> Ref:
    return Ref(key=key_in(given, "readingGroupId", "ReadingGroup"))


def _post(given: Given, _: Viewer) -> NewPost:
    return NewPost(
        group_key=key_in(given, "readingGroupId", "ReadingGroup"), body=text(given["body"], "body", MOST_WORDS)
    )


async def _joined(method: Callable[..., Awaitable[GroupRecord]], request: Ref, write_id: str, ask: Ask) -> GroupRecord:
    return await method(request.key, write_id, ask)


async def _posted(
    method: Callable[..., Awaitable[PostRecord]], request: NewPost, write_id: str, ask: Ask
) -> PostRecord:
    return await method(request.group_key, request.body, write_id, ask)


JOIN = Act(
    "joinReadingGroup",
    EffectKind.READING_GROUP,
    ReadingDesk.join_reading_group,
    Ref,
    _group,
    subject=lambda request, viewer: f"Reader:{request.key}:{viewer.member_key}",
    call=_joined,
    changes=lambda request, *_: (f"reading-group:{request.key}", "reading-groups"),
)
POST = Act(
    "postInReadingGroup",
    EffectKind.READING_POST,
    ReadingDesk.post_in_reading_group,
    NewPost,
    _post,
    subject=lambda request, viewer: f"Reader:{request.group_key}:{viewer.member_key}",
    call=_posted,
    changes=lambda request, post, _: (
        f"reading-post:{post.key}",
        "reading-posts",
        f"reading-group:{request.group_key}",
        "reading-groups",
    ),
)


@described(zh="委员读书", en="What members do in reading groups.")
class ReadingMutations:
    """Part of ``Mutation``."""

    join_reading_group: JoinReadingGroupPayload | None = mutation(
        JOIN, JoinReadingGroupInput, requires=MEMBERS, zh="委员加入读书群", en="A member joins a reading group."
    )
    post_in_reading_group: PostInReadingGroupPayload | None = mutation(
        POST,
        PostInReadingGroupInput,
        requires=MEMBERS,
        zh="委员在已加入的读书群中发帖",
        en="A member writes in a group they have joined.",
    )
