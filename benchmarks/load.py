"""Loads one server with one request for some seconds, and says what it cost.

By ``wrk`` where that is installed, else by a few coroutines of our own, which saturate sooner: then read CPU, which
does not depend on who asks, and not requests a second.
"""

import asyncio
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.processes import cpu_seconds, wait_idle

WRK = shutil.which("wrk")
_SCRIPT = """local file = io.open("%s"); wrk.body = file:read("*a"); file:close()
wrk.method = "POST"
%s
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('@@{"requests": %%d, "us": %%d, "bad": %%d, "p50": %%.3f, "p99": %%.3f}', summary.requests,
    summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@dataclass(frozen=True)
class Point:
    """What one round showed. Times are milliseconds; ``bad`` counts socket errors, timeouts and other statuses."""

    cpu_ms: float
    rps: float
    p50: float
    p99: float
    bad: int


@dataclass(frozen=True)
class Asked:
    """A request that is sent again and again."""

    url: str
    body: bytes
    headers: dict[str, str]


def loaded(asked: Asked, pid: int, connections: int, seconds: float) -> Point:
    """One round. What is in flight at its end counts half: it is half done on average."""
    wait_idle(pid)
    cpu = cpu_seconds(pid)
    told = _by_wrk(asked, connections, seconds) if WRK else asyncio.run(_by_hand(asked, connections, seconds))
    cpu = cpu_seconds(pid) - cpu
    done = told["requests"] + connections / 2
    return Point(cpu * 1e3 / done, told["requests"] / told["us"] * 1e6, told["p50"], told["p99"], told["bad"])


def _by_wrk(asked: Asked, connections: int, seconds: float) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", **asked.headers}
    with tempfile.TemporaryDirectory() as folder:
        body, script = Path(folder, "body.json"), Path(folder, "ask.lua")
        body.write_bytes(asked.body)
        lines = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items())
        script.write_text(_SCRIPT % (body, lines))
        command = [str(WRK), "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "20s", "-s", str(script)]
        out = subprocess.run([*command, asked.url], check=True, capture_output=True, text=True).stdout
    told: dict[str, Any] = json.loads(out.split("@@")[1])
    return told


async def _by_hand(asked: Asked, connections: int, seconds: float) -> dict[str, Any]:
    at = urlsplit(asked.url)
    headers = {"Host": at.netloc, "Content-Type": "application/json", "Accept": "application/json", **asked.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"POST {at.path} HTTP/1.1\r\n{head}Content-Length: {len(asked.body)}\r\n\r\n".encode() + asked.body
    taken: list[float] = []
    bad = 0
    ends = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal bad
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        while (began := time.perf_counter()) < ends:
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            lengths = [line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            await reader.readexactly(int(lengths[0].partition(b":")[2]))
            bad += not answer.startswith(b"HTTP/1.1 200")
            taken.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    spent = (time.perf_counter() - began) * 1e6
    at_percent = statistics.quantiles(taken, n=100)
    return {"requests": len(taken), "us": spent, "bad": bad, "p50": at_percent[49] * 1e3, "p99": at_percent[98] * 1e3}
