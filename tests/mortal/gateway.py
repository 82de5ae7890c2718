"""Gateways that die at a chosen moment, in a process of their own: ``python -m tests.mortal.gateway``.

Reads a line, forks a life that does what it says, answers ``began PID``, and ``ended STATUS`` once it has:

    serve               a gateway, as ``tongxin serve`` runs it
    run MOMENT WORDS…   ``tongxin WORDS…``, killed at that moment

Everything is imported once, before the first life; nothing else is shared between two of them. A request with the
header ``Dies-At: MOMENT`` kills the gateway that serves it. Moments count from 1: before every statement of this request
or command, before and after every commit, before and after every call that writes to a platform, before the answer. One
with ``Dies-Behind: MOMENT`` is answered, and what goes on beside requests counts from then on.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import uvicorn
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from connectors.deadline import Deadline
from connectors.transport import Call, Transport
from gateway.app import create_app
from gateway.cli import app as command
from gateway.cli.settings import settings_for_command
from gateway.http.upgrades import PlainProtocol
from gateway.logs import configure

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)
_left: ContextVar[list[int] | None] = ContextVar("left", default=None)
_behind: list[int] = []


def pass_moment(**_: object) -> None:
    """One moment less to live."""
    left = _left.get()
    if left is None:
        left = _behind
    if not left:
        return
    left[0] -= 1  # 0 is none: it never comes back there
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class Mortal:
    """A gateway around which one request may ask to be its last."""

    def __init__(self, gateway: ASGIApp) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve it, as far as it goes."""
        headers = dict(scope.get("headers", ()))
        moment = headers.get(b"dies-at")
        if moment is None:
            if b"dies-behind" in headers:
                _behind[:] = [int(headers[b"dies-behind"])]
                _left.set([0])  # what this request does itself does not count
            await self._gateway(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                pass_moment()
            await send(message)

        _left.set([int(moment)])
        await self._gateway(scope, receive, sent)


def serve() -> None:
    """One life of a gateway."""
    settings = settings_for_command(sandbox=True)
    configure(settings.log_level)
    uvicorn.run(
        Mortal(create_app(settings)),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=PlainProtocol,
        log_config=None,
        access_log=False,
    )


def run(moment: str, *words: str) -> None:
    """One life of a command."""
    _left.set([int(moment)])
    command(words)


def counting(call: Any) -> Any:
    """A moment before and after each call that writes."""

    async def counted(self: Transport, operation: str, asked: Call, deadline: Deadline) -> Any:
        if not asked.idempotent:
            pass_moment()
        answer = await call(self, operation, asked, deadline)
        if not asked.idempotent:
            pass_moment()
        return answer

    return counted


def end_with_parent() -> None:
    """End when the process that started this one is gone, where the system offers that (Linux)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def live(line: list[str]) -> None:
    """In the child: do what the line says, and end."""
    status = 1
    try:
        end_with_parent()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        lives: dict[str, Any] = {"serve": serve, "run": run}
        lives[line[0]](*line[1:])
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        os._exit(status)


def main() -> None:
    """One life after the other, until nobody asks for more."""
    end_with_parent()
    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, pass_moment, named=True)
    Transport.call = counting(Transport.call)  # type: ignore[method-assign]  # where a life may end
    event.listen(Session, "after_commit", pass_moment, named=True)
    create_app(settings_for_command(sandbox=True))  # what is made once for all gateways of a process
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(line.split())
        print("began", child, flush=True)  # noqa: T201 - how it answers
        print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - how it answers


if __name__ == "__main__":
    main()
