"""Lists of activities of one committee."""

from collections.abc import Mapping
from typing import Any

from connectors.ports import ActivitySource
from connectors.records.activity import ActivityQuery
from connectors.viewer import Scope
from schema.declarations import Requirement
from schema.fields import argument
from schema.paging import connection


def _query(arguments: Mapping[str, Any]) -> tuple[ActivityQuery]:
    return (ActivityQuery(upcoming=arguments.get("upcoming")),)


ORGANIZATION_ACTIVITIES: Any = connection(
    ActivitySource.list_committee_activities,
    arguments=(
        argument(
            "upcoming",
            bool | None,
            zh="真：未结束的，最近的在前；假：已结束的，新的在前；不填：全部，按开始时间",
            en="True: not ended, the next first; false: ended, the latest first; left out: all, by their start.",
        ),
    ),
    taken=_query,
    requires=Requirement(Scope.GRAPH_READ),
    zh="该组织的活动和会议",
    en="The activities and meetings it holds.",
)
