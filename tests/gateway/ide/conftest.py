"""An invented installation: a few small files under the names the page uses."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from connectors.viewer import ANYONE, Viewer
from gateway.execution.operation import Caller, GraphQLRequest, Outcome
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings
from gateway.ide import ROUTE, Ide


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What ``make ide`` leaves behind, with a secret beside it that is nobody's business."""
    dist = tmp_path / "files" / "dist"
    (dist / "assets").mkdir(parents=True)
    for name in ("main.js", "polyfills.js", "styles.css", "favicon.ico", "index.html", "assets/words.json"):
        (dist / name).write_text(f"the text of {name}")
    (tmp_path / "files" / "package.json").write_text(json.dumps({"name": "altair-static", "version": "1.2.3"}))
    (tmp_path / "secret.js").write_text("secret")
    return tmp_path / "files"


@pytest.fixture
def app_of() -> Callable[[Path], Starlette]:
    """Make a gateway's edge whose IDE lies in that folder; its executor answers nothing but null."""

    async def execute(_request: GraphQLRequest, _caller: Caller) -> Outcome:
        return Outcome(executed=True, data={"answer": None})

    async def anyone(_token: str) -> Viewer:
        return ANYONE

    def make(folder: Path) -> Starlette:
        ide = Ide(folder)
        endpoint = GraphQLEndpoint(execute, anyone, EdgeSettings(), page=ide.page)
        return Starlette(routes=[Route("/graphql", endpoint), Route(ROUTE, ide.files)])

    return make


@pytest.fixture
def client_of(app_of: Callable[[Path], Starlette]) -> Callable[[Path], httpx.AsyncClient]:
    """Make a client of such an edge."""

    def make(folder: Path) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app_of(folder)), base_url="http://edge")

    return make


@pytest.fixture
async def client(client_of: Callable[[Path], httpx.AsyncClient], folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the invented installation."""
    async with client_of(folder) as client:
        yield client
