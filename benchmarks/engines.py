"""What executing costs: a plan beside graphql-core, over the same declarations, loaders and sandbox, all reads kept.

``python -m benchmarks.engines`` prints CPU milliseconds an operation, the least of the rounds; answers are compared.
Parsing and validating, which both share, are done before.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from graphql import ExecutionResult, execute
from pydantic import SecretStr

from benchmarks.processes import LOAD_CORE, free_port, listening, running
from benchmarks.servers import ROOT, Bench
from connectors.deadline import Deadline
from connectors.viewer import ANYONE, Ask
from gateway.caching import opened_cache
from gateway.execution.compiled import CompiledOperation
from gateway.execution.engine import Engine
from gateway.execution.operation import Caller, GraphQLRequest, Language
from gateway.http.file_links import FileLinks
from gateway.offering import bound
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from schema.build import shared_schema

ROUNDS = 150
TODAY = datetime.now(UTC).replace(microsecond=0)
OPERATIONS: dict[str, dict[str, Any]] = {
    "01-studio-directory": {"first": 20},
    "23-duty-calendar": {
        "regionCode": "331000",
        "from": TODAY.isoformat(),
        "to": (TODAY + timedelta(days=20)).isoformat(),
    },
}


def main() -> None:
    """Put up the sandbox on the other core, and measure."""
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(Path(temporary))
        addresses = {platform.prefix: free_port() for platform in PLATFORMS}
        urls = {prefix: f"http://127.0.0.1:{port}" for prefix, port in addresses.items()}
        environment = bench.environment | {f"TONGXIN_{name.upper()}__BASE_URL": url for name, url in urls.items()}
        ready = listening(list(addresses.values())[-1])
        with running(["-m", "gateway.cli", "sandbox"], environment, ready, Path(temporary) / "log", LOAD_CORE):
            uvloop.run(measured({name: {"base_url": url} for name, url in urls.items()}))


async def measured(platforms: dict[str, Any]) -> None:
    """Run each operation by either engine; raises ``SystemExit`` where the answers differ."""
    settings = load_settings(PLATFORMS, sandbox=True, **platforms)
    cache = opened_cache(settings.cache)
    connections = [platform.connect(settings.platform(platform), cache) for platform in PLATFORMS]
    sources = bound(source for connection in connections for source in connection.sources)
    engine = Engine(shared_schema(), sources, FileLinks("http://gateway", SecretStr("x" * 40), ()), settings.limits)
    print(f"{'operation':<22}{'plan':>8}{'graphql-core':>14}{'times':>7}")
    for name, variables in OPERATIONS.items():
        request = GraphQLRequest((ROOT / f"tests/operations/{name}.graphql").read_text(), None, variables)
        plan, ours = await least(lambda request=request: by_plan(engine, request))
        core, theirs = await least(lambda request=request: by_graphql_core(engine, request))
        if json.loads(ours) != json.loads(theirs):
            raise SystemExit(f"{name}: the answers differ")
        print(f"{name:<22}{plan:>8.2f}{core:>14.2f}{core / plan:>7.1f}")
    for connection in connections:
        await connection.aclose()
    await cache.aclose()


async def by_plan(engine: Engine, request: GraphQLRequest) -> bytes:
    """As the gateway does it."""
    caller = Caller(Ask(ANYONE, Deadline.after(20)), Language.EN, "0" * 32, may_write=False)
    return msgspec.json.encode((await engine(request, caller)).data)


async def by_graphql_core(engine: Engine, request: GraphQLRequest) -> bytes:
    """As graphql-core does it, by the declarations' resolvers."""
    compiled = engine.compiled(request)
    if not isinstance(compiled, CompiledOperation):
        raise SystemExit(str(compiled))
    context = engine.context(Ask(ANYONE, Deadline.after(20)))
    found = execute(shared_schema(), compiled.document, context_value=context, variable_values=request.variables)
    done: ExecutionResult = await found if isinstance(found, Awaitable) else found
    return msgspec.json.encode(done.data)


async def least(run: Callable[[], Awaitable[bytes]]) -> tuple[float, bytes]:
    """CPU milliseconds of the cheapest run, and the answer; the first few only fill the caches."""
    costs = []
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        answer = await run()
        costs.append(time.process_time_ns() - began)
        await asyncio.sleep(0)
    return min(costs) / 1e6, answer


if __name__ == "__main__":
    main()
