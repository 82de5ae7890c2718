"""The audits of npm graphql-http, a referee nobody here wrote, over a real socket."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.sandbox.server import serving
from gateway.app import create_app
from tests.stack import Gateway

AUDITS = Path(__file__).parent / "graphql-http"


@pytest.mark.verify
async def test_every_audit_passes(gateway: Gateway, require: Callable[..., None], tmp_path: Path) -> None:
    """All 61, the recommendations too."""
    require(shutil.which("npm"), "npm is not here")
    shutil.copytree(AUDITS, tmp_path / "audits")
    folder = tmp_path / "audits"
    await output_of("npm", "ci", "--silent", "--no-fund", "--no-audit", cwd=folder)

    async with serving([(create_app(gateway.settings), 0)]) as (port,):
        printed = await output_of("node", "audit.mjs", f"http://127.0.0.1:{port}/graphql", cwd=folder)

    results = [json.loads(line) for line in printed.splitlines()]
    assert len(results) == 61
    assert [result for result in results if result["status"] != "ok"] == []


async def output_of(*command: str, cwd: Path) -> bytes:
    """What a program prints; it must succeed within two minutes."""
    process = await asyncio.create_subprocess_exec(*command, cwd=cwd, stdout=asyncio.subprocess.PIPE)
    printed, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0
    return printed
