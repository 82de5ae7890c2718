"""Whether all servers answer the same data and errors; what differs, place by place.

Extensions are left out: only the gateway has some, and they tell of a single run (what was stale).
"""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from benchmarks.cases import Signed
from benchmarks.servers import Server

_MOST = 5


def answer(server: Server, one: Signed) -> str:
    """The body of a server's answer."""
    url = server.url(one.case.name)
    got = httpx.post(url, json=one.case.body, headers=one.headers, timeout=30, trust_env=False)
    return got.raise_for_status().text


def differing(servers: list[Server], one: Signed) -> list[str]:
    """Where the answers of the others differ from the first server's; none where all say the same."""
    [first, *others] = servers
    right = _said(answer(first, one))
    told = []
    if "data" not in right or "errors" in right:
        told.append(f"{first.name}: {json.dumps(right)[:200]}")
    for server in others:
        found = list(places(right, _said(answer(server, one))))
        told += [f"{server.name}: {place}" for place in found[:_MOST]]
    return told


def _said(body: str) -> Any:
    return {name: value for name, value in json.loads(body).items() if name != "extensions"}


def places(right: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ, and what stands there in each."""
    if isinstance(right, dict) and isinstance(other, dict):
        for name in sorted(right.keys() | other.keys()):
            yield from places(right.get(name), other.get(name), f"{path}.{name}")
    elif isinstance(right, list) and isinstance(other, list) and len(right) == len(other):
        for at, pair in enumerate(zip(right, other, strict=True)):
            yield from places(*pair, f"{path}[{at}]")
    elif right != other:
        yield f"{path or 'the answer'}: {json.dumps(right, ensure_ascii=False)[:80]} | {str(other)[:80]}"
