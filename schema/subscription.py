"""Where listening begins: what is told as it happens."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry

from connectors.ports import (
    ConnectorHealthSource,
    QuestionSource,
    StatementSource,
    WorkOrderSource,
    WriteStatusSource,
)
from connectors.refusals import RefusedError
from connectors.viewer import Role, Scope
from schema.connector import Connector
from schema.declarations import Live, Requirement
from schema.fields import argument, described, live
from schema.identifiers import key_named
from schema.mutations.payload import WriteStatus
from schema.question import Question
from schema.statement import Statement
from schema.work_order import WorkOrder

STATEMENTS = "statements"
QUESTIONS = "questions"
WORK_ORDER = "workOrder"
WRITE = "write"
CONNECTORS = "connectors"

_LONGEST_WRITE_ID = 64


def _key_in(name: str, type_name: str) -> Callable[[Mapping[str, Any]], str]:
    def about(arguments: Mapping[str, Any]) -> str:
        return key_named(arguments[name], type_name) or ""

    return about


def _write_id(arguments: Mapping[str, Any]) -> str:
    identifier: str = arguments["id"]
    if not 0 < len(identifier) <= _LONGEST_WRITE_ID or not identifier.isprintable():
        raise RefusedError("BAD_ID")
    return identifier


@described(zh="订阅的入口：事情发生时即时告知", en="Where listening begins: what is told as it happens.")
class Subscription:
    """Root fields; over WebSocket (graphql-transport-ws) or server-sent events."""

    statement_posted: Statement | None = live(
        Live(
            StatementSource.load_statements,
            STATEMENTS,
            _key_in("deliberationId", "Deliberation"),
            once=True,
            alike=True,
            tags=("statement:{key}",),
        ),
        arguments=(
            argument("deliberationId", strawberry.ID, zh="协商的全局标识", en="Global id of the deliberation."),
        ),
        requires=Requirement(Scope.GRAPH_READ),
        zh="协商中新发布的发言",
        en="Each statement of a deliberation as it is published.",
    )
    question_asked: Question | None = live(
        Live(
            QuestionSource.load_questions,
            QUESTIONS,
            _key_in("studioId", "Studio"),
            once=True,
            tags=("question:{key}",),
        ),
        arguments=(argument("studioId", strawberry.ID, zh="工作室的全局标识", en="Global id of the studio."),),
        requires=Requirement(Scope.DUTY_READ),
        zh="工作室新收到的提问；只含订阅者可见的",
        en="Each question put to a studio, of those the asker may see.",
    )
    write_status: WriteStatus | None = live(
        Live(WriteStatusSource.load_write_statuses, WRITE, _write_id, at_once=True),
        arguments=(argument("id", strawberry.ID, zh="写入的标识", en="The write's id, as its payload told it."),),
        requires=Requirement(Scope.GRAPH_READ),
        zh="本人一次写入的进展：先告知现状，有变化再告知",
        en="How far a write of one's own is: at once, and whenever that changes.",
    )
    work_order_changed: WorkOrder | None = live(
        Live(
            WorkOrderSource.load_work_orders,
            WORK_ORDER,
            _key_in("id", "WorkOrder"),
            at_once=True,
            tags=("order:{key}",),
        ),
        arguments=(argument("id", strawberry.ID, zh="工单的全局标识", en="Global id of the work order."),),
        requires=Requirement(Scope.GRAPH_READ),
        zh="一张工单的办理过程：先告知现状，有变化再告知；只告知可见该工单的人",
        en="A work order the asker may see: at once, and whenever what is asked for of it changes.",
    )
    connector_health: Connector | None = live(
        Live(ConnectorHealthSource.load_connectors, CONNECTORS, lambda _: "", alike=True),
        requires=Requirement(Scope.OPS_READ, roles=frozenset({Role.OPS})),
        zh="所接平台的状况有变化时，告知该平台",
        en="A platform behind the gateway, whenever how it is changes.",
    )
