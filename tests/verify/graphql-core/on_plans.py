"""A pytest plugin: whatever calls graphql-core's ``execute`` calls ours instead, and what became of it is counted.

Loaded with ``-p on_plans`` before any test module, so that what the tests import is ours already. ``TOLD`` names the
file into which the counts are written in the end.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from graphql import print_ast
from graphql.harness import default_harness

from gateway.execution import adapter
from gateway.execution.fallback import FALLBACKS

CORE = sys.modules["graphql.execution.execute"]  # the package gives the function that name
CALLS: Counter[str] = Counter()
LONGEST_SECONDS = 20
_core_execute, _core_execute_sync = CORE.execute, CORE.execute_sync


def execute(*given: Any, **named: Any) -> Any:
    """Ours, counted."""
    CALLS["execute"] += 1
    return adapter.execute(*given, **named)


def execute_incrementally(schema: Any, document: Any, *given: Any, **named: Any) -> Any:
    """What ``execute_sync`` calls inside: ours, but for incremental delivery, which ``execute`` refuses by raising."""
    text = print_ast(document)
    if any(schema.get_directive(name) or f"@{name}" in text for name in ("defer", "stream")):
        return CORE.experimental_execute_incrementally(schema, document, *given, **named)
    CALLS["execute_sync"] += 1
    return adapter.execute(schema, document, *given, **named)


execute_sync = FunctionType(
    _core_execute_sync.__code__,
    {**vars(CORE), "experimental_execute_incrementally": execute_incrementally},
    "execute_sync",
    _core_execute_sync.__defaults__,
)
execute_sync.__kwdefaults__ = _core_execute_sync.__kwdefaults__
harness = default_harness._replace(execute=execute)
REPLACED = ((_core_execute, execute), (_core_execute_sync, execute_sync), (default_harness, harness))


def _replace(holder: Any) -> None:
    """Put ours wherever the module, or a default of its functions, names graphql-core's."""
    for name, value in list(vars(holder).items()):
        for core, ours in REPLACED:
            if value is core:
                setattr(holder, name, ours)
        if isinstance(value, FunctionType):
            value.__defaults__ = value.__defaults__ and tuple(_ours(default) for default in value.__defaults__)


def _ours(value: Any) -> Any:
    return next((ours for core, ours in REPLACED if value is core), value)


for _name, _module in list(sys.modules.items()):
    if _name == "graphql" or _name.startswith("graphql."):
        _replace(_module)


def _too_slow(*_: Any) -> None:
    raise TimeoutError(f"not done after {LONGEST_SECONDS} seconds")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Let no test wait for ever."""
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(LONGEST_SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)


def pytest_sessionfinish() -> None:
    """Write what was counted."""
    counted = {"calls": CALLS, "by plan, or refused": CALLS.total() - FALLBACKS.total(), "fallbacks": FALLBACKS}
    Path(os.environ["TOLD"]).write_text(json.dumps(counted))
