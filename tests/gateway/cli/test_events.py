"""``tongxin events register`` in front of the sandbox."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from typer.testing import CliRunner, Result

from connectors.sandbox.server import serving
from gateway.cli import app
from gateway.platforms import PLATFORMS
from tests.stack import Sandbox

Register = Callable[..., Result]


@pytest.fixture
def register(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    """Run it in an empty folder, its platforms at the sandbox; further settings by name."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TONGXIN_")]:
        monkeypatch.delenv(name)

    def run(address: str, *arguments: str, **settings: str) -> Result:
        addresses = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": sandbox.addresses[one.name] for one in PLATFORMS}
        given = {f"TONGXIN_{name}": value for name, value in settings.items()}
        return CliRunner().invoke(app, ["events", "register", address, "--json", *arguments], env=addresses | given)

    return run


@asynccontextmanager
async def callbacks() -> AsyncIterator[str]:
    """A place that takes every call as a gateway would."""

    async def taken(scope: object, receive: object, send: object) -> None:
        request = Request(scope, receive)  # type: ignore[arg-type]  # ASGI's own types
        await request.body()
        answer: Response = JSONResponse({"success": True, "errcode": "0", "errmsg": "成功"})
        await answer(scope, receive, send)  # type: ignore[arg-type]  # ASGI's own types

    async with serving([(taken, 0)]) as [port]:
        yield f"http://127.0.0.1:{port}"


async def test_what_stands_right_already_stays(register: Register) -> None:
    """The first run registers the work app's events, the second finds them; the secret is not shown."""
    async with callbacks() as address:
        first = await asyncio.to_thread(register, address, "--sandbox")
        again = await asyncio.to_thread(register, address, "--sandbox")

    (row,) = json.loads(first.stdout)
    assert (first.exit_code, row["platform"], row["mend"]) == (0, "zhezhengding", None)
    assert all(tag.startswith("MOZI_VDS_TENANT_CHANGE|") for tag in row["registered"])
    assert row["registered"]
    assert json.loads(again.stdout)[0]["registered"] == []
    assert "/events/" not in first.stdout


def test_without_credentials_it_says_what_to_mend(register: Register) -> None:
    """Nothing is registered, and the exit code tells."""
    ran = register("https://gw.example.cn")

    (row,) = json.loads(ran.stdout)
    assert ran.exit_code == 1
    assert row["registered"] == []
    assert row["mend"].startswith("PLATFORM_NOT_CONFIGURED")
