"""Notices to officials in the handheld office."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import NoticeSource
from connectors.records.office import Notice as NoticeRecord
from connectors.records.office import NoticeQuery
from connectors.viewer import PersonalClass, Scope
from schema.declarations import People, Requirement, Whose
from schema.fields import argument, described, identifier, value
from schema.guards import sees_desk
from schema.node import Node
from schema.organization import Organization
from schema.paging import connection

if TYPE_CHECKING:
    from schema.official import Official


@described(zh="通知公告", en="A notice to officials.", of=NoticeRecord)
class Notice(Node):
    """Read from ``connectors.records.office.Notice``; by those it went to."""

    id: strawberry.ID = identifier("Notice")
    title: str | None = value("title", zh="标题", en="In short.")
    body: str | None = value("body", zh="正文", en="In full.")
    published_at: datetime | None = value("published_at", zh="发布时间", en="When it was published.")
    publisher: Organization | None = value("publisher", zh="发布单位", en="The organisation it comes from.")
    author: Annotated["Official", strawberry.lazy("schema.official")] | None = value(
        "author", personal=PersonalClass.PUBLIC_OFFICE, zh="发布人；未具名为空", en="Who wrote it; null where unnamed."
    )
    read_at: datetime | None = value(
        "read_at", personal=PersonalClass.OWN_CHOICE, zh="阅读时间；未读为空", en="When it was opened; null before."
    )


def _query(arguments: Mapping[str, Any]) -> tuple[NoticeQuery]:
    return (NoticeQuery(unread_only=arguments["unreadOnly"]),)


_UNREAD = argument("unreadOnly", bool, zh="只看未读", en="Only those not read yet.", default=False)

OWN_NOTICES: Any = connection(
    NoticeSource.list_notices,
    arguments=(_UNREAD,),
    taken=_query,
    asker=lambda viewer: viewer.employee_code,
    requires=Requirement(Scope.GRAPH_READ),
    personal=PersonalClass.OWN_CHOICE,
    zh="本人收到的通知，新的在前；没有浙政钉账号为空",
    en="The asker's own notices, newest first; null without a work account.",
)

NOTICES: Any = connection(
    NoticeSource.list_notices,
    arguments=(_UNREAD,),
    taken=_query,
    owner=lambda parent, _: parent.employee_code,
    requires=Requirement(sees=sees_desk),
    personal=PersonalClass.OWN_CHOICE,
    whose=Whose(People.EMPLOYEE, "employee_code"),
    zh="通知，新的在前；只有本人和机关工作人员可见",
    en="Notices, newest first; for the official and committee staff only.",
)
