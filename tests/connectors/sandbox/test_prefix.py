"""A platform below a path, as behind a proxy."""

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.app import Operation, SandboxApp
from connectors.sandbox.prefix import BelowPath


async def told(request: Request) -> Response:
    """Tell which path was seen."""
    return JSONResponse({"path": request.url.path, "raw": request.scope["raw_path"].decode()})


@pytest.mark.parametrize(
    ("prefix", "asked", "seen"),
    [
        ("/gw/v2", "/gw/v2/things/%E7%94%B2", "/things/%E7%94%B2"),
        ("/gw/v2/", "/gw/v2/things/1", "/things/1"),
        ("", "/things/1", "/things/1"),
        ("/gw/v2", "/things/1", None),
        ("/gw/v2", "/gw/v22/things/1", None),
    ],
)
async def test_the_platform_sees_its_own_paths(prefix: str, asked: str, seen: str | None) -> None:
    """What stands in front is taken away, also from what is signed; elsewhere there is nothing."""
    app = SandboxApp((Operation("things", ("GET",), "/things/{key}", told),), (), lambda *_: None)
    way = httpx.ASGITransport(BelowPath(app, prefix))

    async with httpx.AsyncClient(transport=way, base_url="http://sandbox") as client:
        answer = await client.get(asked)

    assert (answer.json()["raw"] if answer.status_code == 200 else None) == seen
