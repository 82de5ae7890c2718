"""Which studios a list is of; knows no type that shows a studio."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import StudioDirectory
from connectors.records.studio import StudioOrder, StudioQuery
from schema.category import StudioCategory
from schema.fields import CHINESE, argument, optional
from schema.paging import connection
from schema.places import known_region

strawberry.enum(StudioOrder, description="Orders in which studios can be listed.")
setattr(StudioOrder, CHINESE, "工作室列表的次序")


@strawberry.input(description="Which studios; what is left out does not matter.")
class StudioFilter:
    """All fields optional."""

    category: StudioCategory | None = optional("领域", "What they advise on.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")


setattr(StudioFilter, CHINESE, "工作室的筛选条件，均可不填")


def studio_query(arguments: Mapping[str, Any]) -> StudioQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT)."""
    chosen = arguments.get("filter") or {}
    return StudioQuery(
        category=chosen.get("category"),
        region_key=known_region(chosen.get("regionCode")),
        order=arguments["orderBy"],
    )


CHOICE = (
    argument("filter", StudioFilter | None, zh="筛选", en="Which studios."),
    argument("orderBy", StudioOrder, zh="次序", en="In which order.", default=StudioOrder.FOLLOWERS_DESC),
)

STUDIOS: Any = connection(
    StudioDirectory.list_studios,
    arguments=CHOICE,
    owner=lambda _, arguments: studio_query(arguments),
    zh="委员工作室目录",
    en="The directory of studios.",
)
"""The root list."""
