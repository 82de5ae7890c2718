"""What offices do about notices to officials: publishing them, and having read them."""

from typing import Any

import strawberry
from msgspec import structs

from connectors.ports import NoticeDesk, NoticeSource
from connectors.records.effect import EffectKind
from connectors.records.office import NewNotice, ReadNotices
from connectors.records.office import Notice as NoticeRecord
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Given
from schema.declarations import ListSize
from schema.fields import CHINESE, described, links, mutation, needed, value
from schema.mutations.desk import AT_ONES_DESK, OFFICE_STAFF, at_desk
from schema.mutations.naming import key_in, some_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import text
from schema.notice import Notice

TITLE, BODY, MOST = 200, 20_000, 100
"""What the work app takes at most."""


@strawberry.input(description="A notice to officials.")
class PublishNoticeInput:
    """See ``connectors.records.office.NewNotice``."""

    publisher_id: strawberry.ID = needed("发布单位的全局标识", "Global id of the organisation it comes from.")
    audience_ids: list[strawberry.ID] = needed(
        "接收单位的全局标识，1 至 100 个；其全体人员可见",
        "Global ids of the organisations it goes to, 1 to 100: all who belong to them.",
    )
    title: str = needed("标题，至多 200 字", "In short, at most 200 characters.")
    body: str = needed("正文，至多 20000 字", "In full, at most 20,000 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(PublishNoticeInput, CHINESE, "发给公职人员的通知公告")


@described(zh="发布的结果", en="What came of publishing a notice.")
class PublishNoticePayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    notice: Notice | None = value("entity", zh="通知", en="The notice; null while it is on its way.")


@strawberry.input(description="Notices the asker has read.")
class MarkNoticesReadInput:
    """See ``connectors.records.office.ReadNotices``."""

    notice_ids: list[strawberry.ID] = needed("通知的全局标识，1 至 100 个", "Global ids of notices, 1 to 100.")
    idempotency_key: str | None = idempotency_key()


setattr(MarkNoticesReadInput, CHINESE, "本人已读的通知")


@described(zh="标为已读的结果", en="What came of marking notices as read.")
class MarkNoticesReadPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    notices: list[Notice | None] | None = links(
        NoticeSource.load_notices,
        keys="entity",
        size=ListSize(MOST),
        zh="这些通知",
        en="The notices, as they now are; null while the write is on its way.",
    )


def _notice_of(given: Given, _: Viewer) -> NewNotice:
    return NewNotice(
        write_id="",  # known once it is kept
        title=text(given["title"], "title", TITLE),
        body=text(given["body"], "body", BODY),
        publisher_key=key_in(given, "publisherId", "Organization"),
        audience=some_in(given, "audienceIds", "Organization", MOST),
    )


def _read_of(given: Given, _: Viewer) -> ReadNotices:
    return ReadNotices(keys=some_in(given, "noticeIds", "Notice", MOST))


async def _publish(method: Any, request: NewNotice, write_id: str, ask: Ask) -> NoticeRecord:
    published: NoticeRecord = await method(structs.replace(request, write_id=write_id), ask)
    return published


async def _mark(method: Any, request: ReadNotices, write_id: str, ask: Ask) -> None:
    await method(request.keys, write_id, ask)


def _of_publisher(request: NewNotice, _: Viewer) -> str:
    return f"NoticesOf:{request.publisher_key}"


def _notices_changed(*_: object) -> tuple[str, ...]:
    return ("office/notices",)


def _marked(_: None, request: ReadNotices) -> tuple[str, ...]:
    return request.keys


PUBLISH_NOTICE = Act(
    "publishNotice",
    EffectKind.NOTICE,
    NoticeDesk.publish_notice,
    NewNotice,
    _notice_of,
    subject=_of_publisher,
    call=_publish,
    changes=_notices_changed,
)
MARK_NOTICES_READ = Act(
    "markNoticesRead",
    EffectKind.NOTICE_READ,
    NoticeDesk.mark_notices_read,
    ReadNotices,
    _read_of,
    subject=at_desk,
    call=_mark,
    entity=_marked,
    changes=_notices_changed,
)


@described(zh="对通知公告的办理", en="What is done about notices to officials.")
class NoticeMutations:
    """Part of ``Mutation``."""

    publish_notice: PublishNoticePayload | None = mutation(
        PUBLISH_NOTICE,
        PublishNoticeInput,
        requires=OFFICE_STAFF,
        zh="机关工作人员发布通知公告",
        en="Publishes a notice to officials, as committee staff.",
    )
    mark_notices_read: MarkNoticesReadPayload | None = mutation(
        MARK_NOTICES_READ,
        MarkNoticesReadInput,
        requires=AT_ONES_DESK,
        zh="把收到的通知标为本人已读，全部或都不",
        en="Marks notices one got as read by oneself, all or none.",
    )
