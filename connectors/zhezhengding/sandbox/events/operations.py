"""The calls about callbacks, each also below ``/v2``: the older ones answer in E2, the newer in E1."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.app import Operation
from connectors.sandbox.control import from_here
from connectors.zhezhengding.sandbox.envelopes import direct, succeeded
from connectors.zhezhengding.sandbox.events.callbacks import Callbacks
from connectors.zhezhengding.sandbox.gate import Call, Gate, Work

ROOT = "/openplatform/message"
_LONGEST_EVENT = 64 * 1024

Answer = Callable[[Call], Awaitable[Any]]


class _Event(msgspec.Struct):
    """What ``POST /sandbox/event`` takes."""

    event_tag: str = msgspec.field(name="eventTag")
    content: dict[str, Any]


class Events:
    """Answers from the callbacks."""

    def __init__(self, callbacks: Callbacks) -> None:
        self._callbacks = callbacks

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        answers: dict[str, Answer] = {
            "register_event_callback": self._register,
            "update_event_callback_define": self._update,
            "delete_event_callback_define": self._delete,
            "query_callback_define": self._query,
            "query_callback_failed": self._failed,
            "retry_callback_failed": self._retry,
            "remove_callback_failed": self._remove,
        }
        older = [gate.post(f"{ROOT}/{path}", _in(direct, answer)) for path, answer in answers.items()]
        newer = [gate.post(f"{ROOT}/v2/{path}", _in(succeeded, answer)) for path, answer in answers.items()]
        return [*older, *newer]

    def leading(self) -> Route:
        """``POST /sandbox/event``, by which an event is made to happen: a control path, no operation (F 1)."""
        return Route("/sandbox/event", from_here(self.happen), methods=["POST"])

    async def happen(self, request: Request) -> Response:
        """Make an event happen: ``{"eventTag", "content"}`` → ``{"delivered"}``."""
        try:
            event = msgspec.json.decode(await request.body(), type=_Event)
        except (ValueError, RecursionError):  # msgspec's errors are ValueErrors, but for depth
            return JSONResponse({"error": "eventTag and content"}, 400)
        return JSONResponse({"delivered": await self._callbacks.deliver(event.event_tag, event.content)})

    async def _register(self, call: Call) -> Any:
        return (await self._callbacks.register(call.required("eventTag"), call.required("callbackUrl"))).row()

    async def _update(self, call: Call) -> Any:
        return (await self._callbacks.move(call.required("eventCallbackId"), call.required("callbackUrl"))).row()

    async def _delete(self, call: Call) -> Any:
        del self._callbacks.registered[self._callbacks.find(call.required("eventCallbackId")).id]
        return True

    async def _query(self, call: Call) -> Any:
        tag = call.get("eventTag")
        return [one.row() for one in self._callbacks.registered.values() if tag in {"", one.tag}]

    async def _failed(self, call: Call) -> Any:
        tag = call.get("eventTag")
        return [one.row() for one in self._callbacks.failed.values() if tag in {"", one.tag}]

    async def _retry(self, call: Call) -> Any:
        await self._callbacks.retry(call.required("eventCallbackFailedId"))
        return True

    async def _remove(self, call: Call) -> Any:
        del self._callbacks.failed[self._callbacks.undelivered(call.required("eventCallbackFailedId")).id]
        return True


def _in(envelope: Callable[[Any], Response], answer: Answer) -> Work:
    async def answered(call: Call) -> Response:
        return envelope(await answer(call))

    return answered
