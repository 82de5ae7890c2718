"""Operation 02 in this process, as an ASGI server would ask it: what it costs, and how much there is to observe."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.cases import Signed
from connectors.tracing import CURRENT, Kind, Span, Trace
from gateway.app import create_app
from gateway.cli.settings import settings_for_command
from gateway.http.front import Front
from gateway.http.trace import new_trace_id

SCOPE: dict[str, Any] = {"type": "http", "method": "POST", "path": "/graphql", "scheme": "http", "headers": []}


@dataclass(frozen=True, slots=True)
class Work:
    """What one request of operation 02 has to note: CPU seconds without observing anything alone, reads and calls."""

    name: str
    seconds: float
    reads: int
    calls: int


class Asked:
    """A gateway in this process, asked for operation 02 as an ASGI server would."""

    def __init__(self, app: Front, one: Signed) -> None:
        self.app = app
        self._body = json.dumps(one.case.body).encode()
        headers = {"content-type": "application/json", "accept": "application/json", **one.headers}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, asgi: Any = None) -> None:
        """Ask once; raises where the answer is not whole."""
        sent: list[Any] = []
        asks = [{"type": "http.request", "body": self._body}]
        scope = {**SCOPE, "query_string": b"", "http_version": "1.1", "client": ("127.0.0.1", 1)}
        scope["headers"] = self._headers

        async def receive() -> Any:
            return asks.pop() if asks else await asyncio.Event().wait()  # never gone

        async def send(message: Any) -> None:
            sent.append(message)

        await (asgi or self.app)(scope, receive, send)
        if b'"errors"' in sent[1]["body"][:20]:
            raise RuntimeError(sent[1]["body"][:500])

    async def work(self, name: str, count: int) -> Work:
        """Measure it, and count what one request notes."""
        spans: list[Span] = []
        before = CURRENT.set(Span(Trace(new_trace_id(), spans.append), "POST", Kind.SERVER, None))
        await self(self.app.graphql)
        CURRENT.reset(before)
        reads = sum(span.name.startswith("read ") for span in spans)
        return Work(name, await cost(self, count), reads, sum(span.kind is Kind.CLIENT for span in spans))


async def cost(work: Callable[[], Awaitable[None]], count: int) -> float:
    """CPU seconds of one run, the least of five rounds; the process' threads count."""
    rounds = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(count):
            await work()
        rounds.append((time.process_time() - began) / count)
    return min(rounds)


async def works(one: Signed, count: int) -> list[Work]:
    """Operation 02 with everything kept, and with every read a call."""
    found = []
    for name, keep in (("what it reads is kept", True), ("nothing is kept", False)):
        app = create_app(settings_for_command(cache={"keep": keep}))
        async with app.state.parts.opened():
            asked = Asked(app, one)
            await asked()
            found.append(await asked.work(name, count // 5 if keep else count // 20))
    return found
