"""Platforms that what is written here may change, and somebody who listens to them."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.responses import JSONResponse

from connectors.sandbox.server import serving
from tests.stack import Sandbox, started_sandbox


@pytest.fixture
def written() -> Iterator[Sandbox]:
    """Platforms of the test's own, since what is written stays."""
    with started_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def listener() -> AsyncIterator[str]:
    """The address of somebody who takes whatever a platform calls with."""

    async def take(scope: Any, receive: Any, send: Any) -> None:
        answer = JSONResponse({"success": True, "errcode": "0", "errmsg": "成功"})
        await answer(scope, receive, send)

    async with serving([(take, 0)]) as (port,):
        yield f"http://127.0.0.1:{port}"
