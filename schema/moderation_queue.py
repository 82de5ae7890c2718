"""What waits for moderators: statements here; questions are found by their filter (``moderation: WAITING``)."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import StatementSource
from connectors.records.statement import StatementQueue
from connectors.viewer import Role, Scope
from schema.declarations import Requirement
from schema.fields import argument
from schema.identifiers import key_named
from schema.paging import connection


def _queue_of(arguments: Mapping[str, Any]) -> StatementQueue:
    return StatementQueue(deliberation_key=key_named(arguments.get("deliberationId"), "Deliberation"))


WAITING_STATEMENTS: Any = connection(
    StatementSource.list_waiting_statements,
    arguments=(
        argument(
            "deliberationId",
            strawberry.ID | None,
            zh="协商的全局标识；不填为全部",
            en="Global id of a deliberation; of any where left out.",
        ),
    ),
    owner=lambda _, arguments: StatementQueue(
        deliberation_key=key_named(arguments.get("deliberationId"), "Deliberation")
    ),
    requires=Requirement(Scope.GRAPH_READ, roles=frozenset({Role.MODERATOR})),
    zh="待审核的发言，等候久的在前；仅限审核人员。待审核的提问用 questions 的 moderation 筛选",
    en="Statements that wait for moderation, the longest wait first; for moderators. For questions filter `questions` "
    "by `moderation: WAITING`.",
)
