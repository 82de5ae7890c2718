"""Documents that an official's organisations issued, in the handheld office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import DocumentSource
from connectors.records.office import DocumentQuery
from connectors.records.office import OfficialDocument as OfficialDocumentRecord
from connectors.refusals import RefusedError
from connectors.viewer import Scope
from schema.declarations import Found, Requirement
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.files import document_link
from schema.node import Node
from schema.organization import Organization
from schema.paging import connection

_OFFICE = Requirement(Scope.OFFICE_READ)
_LONGEST = 200


@strawberry.input(description="Which documents; what is left out does not matter.")
class OfficialDocumentFilter:
    """All fields optional."""

    text: str | None = optional(
        f"标题或发文字号中的文字，最多 {_LONGEST} 字",
        f"What stands in the title or in the number, at most {_LONGEST} characters.",
    )


setattr(OfficialDocumentFilter, CHINESE, "发文的筛选条件，均可不填")


@described(zh="发文", en="A document an organisation issued.", of=OfficialDocumentRecord)
class OfficialDocument(Node):
    """Read from ``connectors.records.office.OfficialDocument``; by those who belong to the organisation."""

    id: strawberry.ID = identifier("OfficialDocument")
    number: str | None = value("number", zh="发文字号", en="Its number, as 某政协发〔2026〕1号.")
    title: str | None = value("title", zh="标题", en="Its title.")
    issued_at: datetime | None = value("issued_at", zh="发文时间", en="When it was issued.")
    issuer: Organization | None = value("issuer", zh="发文单位", en="The organisation that issued it.")
    file_name: str | None = value(
        "file_name", zh="文件名；没有文件为空", en="What its file is called; null without one."
    )
    url: str | None = value(
        "opened_by",
        then=document_link,
        zh="文件地址，只供本人使用，五分钟内有效；没有文件为空",
        en="Where its file is: opens for the person who asked, for five minutes; null without a file.",
    )


OFFICIAL_DOCUMENTS = Found(DocumentSource.load_documents, requires=_OFFICE)


def _query(arguments: Mapping[str, Any]) -> tuple[DocumentQuery]:
    """Which documents. Raises ``RefusedError`` (BAD_INPUT) for a text too long to be one."""
    text = ((arguments.get("filter") or {}).get("text") or "").strip() or None
    if text is not None and len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="filter.text")
    return (DocumentQuery(text=text),)


DOCUMENTS: Any = connection(
    DocumentSource.list_documents,
    arguments=(argument("filter", OfficialDocumentFilter | None, zh="筛选", en="Which documents."),),
    taken=_query,
    asker=lambda viewer: viewer.employee_code,
    requires=_OFFICE,
    zh="本人所在单位的最新发文，新的在前；没有浙政钉账号为空",
    en="The documents that the asker's organisations issued, newest first; null without a work account.",
)
