"""The handheld office, messages and to-dos: what an official's desk reads."""

from datetime import timedelta
from typing import Any

from connectors.records.message import MessageQuery
from connectors.records.office import DocumentQuery, NoticeQuery, ProgressQuery
from connectors.records.shift import Span
from connectors.records.todo import TodoQuery
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import PAGE, Keys, More, employees


def _a_week(world: World) -> Span:
    return Span(start=world.today, end=world.today + timedelta(days=7))


LISTED: dict[str, tuple[Keys, More]] = {
    "list_todos": (employees, lambda _: (TodoQuery(), PAGE)),
    "list_notices": (employees, lambda _: (NoticeQuery(), PAGE)),
    "list_schedule": (employees, lambda w: (_a_week(w),)),
    "list_unit_schedule": (lambda w: [c.code for c in w.committees[:3]], lambda w: (_a_week(w),)),
    "list_work_progress": (employees, lambda _: (ProgressQuery(), PAGE)),
    "list_documents": (employees, lambda _: (DocumentQuery(), PAGE)),
    "list_messages": (employees, lambda _: (MessageQuery(), PAGE)),
}


async def _notices(method: Any, world: World, ask: Ask) -> list[str]:
    (page,) = await method("list_notices")(employees(world)[:1], NoticeQuery(), PAGE, ask)
    return [notice.key for notice in page.nodes]


async def _schedule(method: Any, world: World, ask: Ask) -> list[str]:
    (items,) = await method("list_unit_schedule")([world.committees[0].code], _a_week(world), ask)
    return [item.key for item in items][:3]


async def _progress(method: Any, world: World, ask: Ask) -> list[str]:
    (page,) = await method("list_work_progress")(employees(world)[:1], ProgressQuery(), PAGE, ask)
    return [work.key for work in page.nodes]


async def _documents(method: Any, world: World, ask: Ask) -> list[str]:
    (page,) = await method("list_documents")(employees(world)[:1], DocumentQuery(), PAGE, ask)
    return [document.key for document in page.nodes]


async def _messages(method: Any, world: World, ask: Ask) -> list[str]:
    (page,) = await method("list_messages")(employees(world)[:1], MessageQuery(), PAGE, ask)
    return [message.key for message in page.nodes]


ANSWERED = {
    "load_notices": _notices,
    "load_schedule_items": _schedule,
    "load_work_progress": _progress,
    "load_documents": _documents,
    "load_messages": _messages,
}
