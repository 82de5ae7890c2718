"""Lists of deliberations: of all committees, of one, and those a member spoke in."""

from collections.abc import Mapping
from typing import Any

import strawberry
from msgspec import structs

from connectors.ports import DeliberationSource
from connectors.records.deliberation import (
    DeliberationKind,
    DeliberationOrder,
    DeliberationQuery,
    DeliberationStatus,
)
from connectors.refusals import RefusedError
from schema.fields import CHINESE, argument, optional
from schema.identifiers import key_named
from schema.paging import connection
from schema.places import known_region

_LONGEST = 200

for _enum, _zh, _en in (
    (DeliberationKind, "协商的形式", "How something is consulted on."),
    (DeliberationStatus, "协商的状态", "Where a deliberation stands."),
    (DeliberationOrder, "协商列表的次序", "Orders in which deliberations can be listed."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@strawberry.input(description="Which deliberations; what is left out does not matter.")
class DeliberationFilter:
    """All fields optional."""

    kind: DeliberationKind | None = optional("形式", "How it is consulted on.")
    status: DeliberationStatus | None = optional("状态", "Where it stands.")
    organization_id: strawberry.ID | None = optional("主办组织的全局标识", "Which committee holds it.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    text: str | None = optional(
        "标题或背景中的文字", f"Words in its title or background, at most {_LONGEST} characters."
    )
    top_level: bool | None = optional("真：不含子议题", "True leaves sub-topics out.")


setattr(DeliberationFilter, CHINESE, "协商的筛选条件，均可不填")

CHOICE = (
    argument("filter", DeliberationFilter | None, zh="筛选", en="Which deliberations."),
    argument("orderBy", DeliberationOrder, zh="次序", en="In which order.", default=DeliberationOrder.OPENS_AT_DESC),
)


def deliberation_query(arguments: Mapping[str, Any]) -> DeliberationQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    chosen = arguments.get("filter") or {}
    text = (chosen.get("text") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="text")
    return DeliberationQuery(
        kind=chosen.get("kind"),
        status=chosen.get("status"),
        organization_key=key_named(chosen.get("organizationId"), "Organization"),
        region_key=known_region(chosen.get("regionCode")),
        text=text or None,
        top_level=bool(chosen.get("topLevel")),
        order=arguments["orderBy"],
    )


def _of_organization(parent: Any, arguments: Mapping[str, Any]) -> DeliberationQuery:
    """As ``deliberation_query``, of one organisation; to name another is BAD_INPUT."""
    query = deliberation_query(arguments)
    if query.organization_key not in {None, parent.key}:
        raise RefusedError("BAD_INPUT", field="organizationId")
    return structs.replace(query, organization_key=parent.key)


DELIBERATIONS: Any = connection(
    DeliberationSource.list_deliberations,
    arguments=CHOICE,
    owner=lambda _, arguments: deliberation_query(arguments),
    zh="协商列表",
    en="Deliberations of all committees.",
)
MEMBER_DELIBERATIONS: Any = connection(
    DeliberationSource.list_member_deliberations,
    zh="委员发过言的协商，晚开始的在前",
    en="The deliberations in which a statement of the member's is published; latest to open first.",
)
ORGANIZATION_DELIBERATIONS: Any = connection(
    DeliberationSource.list_deliberations,
    arguments=CHOICE,
    owner=_of_organization,
    zh="该组织主办的协商",
    en="The deliberations this committee holds.",
)
