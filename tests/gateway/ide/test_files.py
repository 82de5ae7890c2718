from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from gateway.ide import Ide

ClientOf = Callable[[Path], httpx.AsyncClient]
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def answer_to(app: Starlette, path: str) -> dict[str, Any]:
    """The start of the answer to a path exactly as it is given: a client would tidy it before it asks."""
    started: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        started.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)
    return started[0]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("main.js", "text/javascript; charset=utf-8"),
        ("styles.css", "text/css; charset=utf-8"),
        ("favicon.ico", "image/x-icon"),
        ("assets/words.json", "application/json"),
    ],
)
async def test_a_file_is_served_for_good(client: httpx.AsyncClient, path: str, media_type: str) -> None:
    """A file has its own type, is never taken for another, and may be kept: its version stands in its address."""
    response = await client.get(f"/graphql/ide/1.2.3/{path}")

    assert response.text == f"the text of {path}"
    assert response.headers["content-type"] == media_type
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "../../secret.js",
        "1.2.3/../../secret.js",
        "1.2.3/assets/../main.js",
        "1.2.3//main.js",
        "1.2.3/./main.js",
        "1.2.3/main.js\0",
        "1.2.3/assets",
        "1.2.3/assets/",
        "1.2.3/",
        "1.2.3",
        "1.2.3/../package.json",
        "1.2.3/..\\..\\secret.js",
        "/etc/passwd",
        "1.2.3/leaf.js",
        "9.9.9/main.js",
        "main.js",
        "",
    ],
)
async def test_no_other_path_leads_anywhere(app_of: Callable[[Path], Starlette], folder: Path, path: str) -> None:
    """What was not listed is not there, however it is written; such an answer is not kept."""
    start = await answer_to(app_of(folder), f"/graphql/ide/{path}")

    assert start["status"] == 404
    assert b"cache-control" not in dict(start["headers"])


async def test_no_page_but_ours_is_served(client: httpx.AsyncClient) -> None:
    """The IDE's own page, which has no policy, cannot be opened."""
    response = await client.get("/graphql/ide/1.2.3/index.html")

    assert response.status_code == 404


async def test_a_link_out_of_the_folder_is_not_followed(folder: Path, client_of: ClientOf) -> None:
    """A link among the files is left out, wherever it leads."""
    (folder / "dist" / "linked.js").symlink_to(folder.parent / "secret.js")

    async with client_of(folder) as client:
        response = await client.get("/graphql/ide/1.2.3/linked.js")

    assert response.status_code == 404


async def test_a_file_that_went_away_is_not_found(folder: Path, client: httpx.AsyncClient) -> None:
    """Files taken away while the gateway runs are missing, and nothing worse happens."""
    (folder / "dist" / "main.js").unlink()

    response = await client.get("/graphql/ide/1.2.3/main.js")

    assert response.status_code == 404


async def test_without_an_installation_the_help_page_says_how(tmp_path: Path, client_of: ClientOf) -> None:
    """Where nothing is installed, a browser gets the plain page, which names the command."""
    async with client_of(tmp_path / "files") as client:
        response = await client.get("/graphql", headers=BROWSER)
        missing = await client.get("/graphql/ide/1.2.3/main.js")

    assert response.status_code == 200
    assert "make ide" in response.text
    assert "<script" not in response.text
    assert missing.status_code == 404


@pytest.mark.parametrize("missing", ["dist/main.js", "dist/styles.css", "package.json"])
def test_half_an_installation_is_none(folder: Path, missing: str) -> None:
    """An installation that was stopped midway counts as none."""
    (folder / missing).unlink()

    assert Ide(folder).page is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 3}', '{"version": "../.."}', '{"version": "1\\""}'])
def test_a_version_that_is_none_is_refused(folder: Path, text: str) -> None:
    """A package that does not say its version cannot put anything else into the page."""
    (folder / "package.json").write_text(text)

    assert Ide(folder).page is None
