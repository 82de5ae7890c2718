"""A member's duty file (履职档案): what they did, one by one."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import DutyRecordRegistry
from connectors.records.duty_record import DutyRecord as DutyRecordRecord
from connectors.records.duty_record import DutyRecordQuery, DutyRecordSource, DutyRecordStatus
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Found, People, Requirement, Whose
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.node import Node
from schema.paging import connection
from schema.year import known_year

if TYPE_CHECKING:
    from schema.member import Member

_DUTY = Requirement(Scope.DUTY_READ)

for _enum, _zh, _en in (
    (DutyRecordStatus, "履职记录的状态；只有已核实的计分", "Where a record stands; only verified ones count."),
    (DutyRecordSource, "履职记录的来源", "Where a record comes from."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


def _own(name: str, **said: Any) -> Any:
    """A value that only the member and the offices read, however the record was found."""
    whose = Whose(People.MEMBER, "member_key")
    return value(name, requires=_DUTY, personal=PersonalClass.DUTY, whose=whose, **said)


@described(zh="履职佐证", en="What shows that it happened.")
class DutyEvidence:
    """Read from ``connectors.records.duty_record.Evidence``."""

    name: str | None = value("name", zh="名称", en="What it is called.")
    link: str | None = value("link", zh="链接或文件；没有则为空", en="A link, or a file's key; null without either.")


@described(
    zh="履职记录；只有本人和机关工作人员可见",
    en="One thing a member did; for the member and committee staff only.",
    of=DutyRecordRecord,
)
class DutyRecord(Node):
    """Read from ``connectors.records.duty_record.DutyRecord``; nobody else's is found, by its id neither."""

    id: strawberry.ID = identifier("DutyRecord")
    kind: str | None = _own(
        "kind", then=lambda kind, _: kind.code, zh="类别代码", en="Code of the category, e.g. `PROPOSAL`."
    )
    kind_name: str | None = _own("kind", then=lambda kind, _: kind.name, zh="类别名称", en="What it is called.")
    title: str | None = _own("title", zh="内容", en="What was done.")
    occurred_at: datetime | None = _own("occurred_at", zh="时间", en="When it was done.")
    points: float | None = _own("points", zh="核实后的得分", en="What it brings once verified.")
    source: DutyRecordSource | None = _own("source", zh="来源", en="Where it comes from.")
    status: DutyRecordStatus | None = _own("status", zh="状态", en="Where it stands.")
    reason: str | None = _own("reason", zh="退回的理由", en="Why it was rejected; null else.")
    verified_by: str | None = _own(
        "verified_by", zh="核实人；由系统核实的为空", en="Who verified it; null where a system did, or nobody yet."
    )
    evidence: list[DutyEvidence | None] | None = _own("evidence", zh="佐证", en="What shows that it happened.")
    member: Annotated["Member", strawberry.lazy("schema.member")] | None = _own(
        "member", zh="委员", en="The member who did it."
    )


@strawberry.input(description="Which duty records; what is left out does not matter.")
class DutyRecordFilter:
    """All fields optional."""

    kind: str | None = optional("履职类别代码", "Code of a category of duty.")
    status: DutyRecordStatus | None = optional("状态", "Where they stand.")


setattr(DutyRecordFilter, CHINESE, "履职记录的筛选条件，均可不填")


def _query(arguments: Mapping[str, Any]) -> tuple[DutyRecordQuery]:
    """Which records. Raises ``RefusedError`` (BAD_INPUT)."""
    chosen = arguments.get("filter") or {}
    year: int | None = known_year(arguments.get("year"))
    return (DutyRecordQuery(year=year, kind=chosen.get("kind"), status=chosen.get("status")),)


DUTY_RECORDS: Any = connection(
    DutyRecordRegistry.list_member_duty_records,
    arguments=(
        argument("year", int | None, zh="年份；不填为所有年份", en="The year; left out, any."),
        argument("filter", DutyRecordFilter | None, zh="筛选", en="Which records."),
    ),
    taken=_query,
    requires=_DUTY,
    personal=PersonalClass.DUTY,
    whose=Whose(People.MEMBER),
    zh="履职记录，新的在前；只有本人和机关工作人员可见",
    en="The duty file, newest first; for the member and committee staff only.",
)
DUTY_RECORDS_BY_ID = Found(DutyRecordRegistry.load_duty_records, requires=_DUTY)
