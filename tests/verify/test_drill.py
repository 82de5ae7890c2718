"""A drill as people run it: against a served sandbox, to its verdict, and broken off half way."""

import json
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.verify.served_gateway import SECONDS, TONGXIN, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify


def drill(served: Served, *options: str) -> list[str]:
    """The command."""
    return [*TONGXIN, "drill", "run", "platform-hangs", "--platform", "duty", "--gateway", served.address, *options]


def test_a_platform_that_hangs_keeps_every_promise(served: Served, tmp_path: Path) -> None:
    """It is noticed, named, and over soon after; nobody is left without an answer. The report says so."""
    page = tmp_path / "report.md"
    command = drill(served, "--seconds", "15", "--calm", "6", "--json", "--lang", "en", "--report", str(page))

    ran = subprocess.run(command, env=served.environment, capture_output=True, text=True, check=False, timeout=SECONDS)

    told = json.loads(ran.stdout)
    broken = {one["name"]: one["en"] for one in told["promises"] if one["held"] is False}
    broken.pop("others_fast", None)  # what else this machine does at the time is not the gateway's
    assert broken == {}
    assert ran.returncode in {0, 1}
    assert any(second["statuses"] != ["UP"] for second in told["timeline"] if 0 < second["at"] < 15)
    assert any(second["missing"] for second in told["timeline"])
    assert "## What users saw" in page.read_text()


def test_a_drill_broken_off_leaves_no_fault(served: Served) -> None:
    """Ctrl-C ends the fault, and what was seen is judged."""
    process = subprocess.Popen(
        drill(served, "--calm", "3"),
        env=served.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = served.environment["TONGXIN_DUTY__BASE_URL"]
    _wait_for_the_fault(address)

    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=SECONDS)

    assert process.returncode == 130, told
    assert "broken off" in told
    assert httpx.get(f"{address}/api/v1/nothing", timeout=5, trust_env=False).status_code in {401, 404}


def _wait_for_the_fault(address: str) -> None:
    """Until the platform no longer answers (fault ``hang``)."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        try:
            httpx.get(f"{address}/api/v1/nothing", timeout=0.5, trust_env=False)
        except httpx.ReadTimeout:
            return
        time.sleep(0.2)
    pytest.fail("no fault began")
