"""The example app, built from the schema's own types and walked in Chromium against a running gateway and its sandbox."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from connectors.sandbox.building import build_world
from schema.identifiers import global_id
from tests.servers import free_port
from tests.verify.served_gateway import PERSON, SECONDS, TONGXIN, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify

ROOT = Path(__file__).parents[2]
APP = ROOT / "examples/studio"
MADE = shutil.ignore_patterns("node_modules", "dist", "gql", ".env.local")
STAFF = "official-0001"
SHORTEST = "30"
"""A lifetime at which each call comes with a renewal."""

READ_PAGES, WRITTEN_PAGES = 11, 10
Require = Callable[[object, str], None]


@dataclass
class App:
    """The app as it is served, and how its scripts find it."""

    folder: Path
    facts: dict[str, str]

    def walked(self, script: str, **facts: str) -> list[str]:
        """Run one of its scripts; answers the lines it printed."""
        ran = subprocess.run(
            ["node", f"test/{script}.mjs"],
            check=False,
            cwd=self.folder,
            env=os.environ | self.facts | facts,
            capture_output=True,
            timeout=SECONDS,
        )
        return ran.stdout.decode().splitlines()


@pytest.fixture(scope="module")
def app(served: Served, require: Require, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Built once, in front of the gateway."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(chromium, "Chromium is not here")
    require(shutil.which("npm"), "npm is not here")
    port = free_port()
    page = f"http://127.0.0.1:{port}"
    folder = built_app(served, page, tmp_path_factory.mktemp("example"))
    wait_until_readable(served, page)
    with previewed(folder, port):
        yield App(folder, {"PAGE": page, "CHROMIUM": str(chromium)})


def test_app_is_walked_without_a_fault(served: Served, app: App) -> None:
    """Anyone reads studios and questions, staff the cockpit: nothing on the console, nothing for axe, no page too wide."""
    told = app.walked("walk", PERSON=STAFF, WORK_APP=served.environment["TONGXIN_ZZD__BASE_URL"])

    assert [line for line in told if "fault" in line] == ["no faults"]
    assert {"signed in as staff", "still signed in after a reload", "signed out"} <= set(told)
    assert sum(line.startswith("looked at ") for line in told) == READ_PAGES


def test_a_citizen_asks_and_a_member_answers(served: Served, app: App) -> None:
    """What was asked twice is there once, what the platform is too ill for is kept, and the asker reads the answer."""
    studio = build_world().studios[0]
    people = {"CITIZEN": PERSON, "MEMBER": studio.members[0].person.id, "STUDIO": global_id("Studio", studio.key)}

    told = app.walked("ask", **people, CITIZEN_APP=served.citizen_app)

    assert [line for line in told if "fault" in line] == ["no faults"]
    assert told[-2] == "kept while the citizen app was ill, and there in the end"
    assert sum(line.startswith("looked at ") for line in told) == WRITTEN_PAGES


def built_app(served: Served, page: str, folder: Path) -> Path:
    """A copy of the app beside the schema, known to the gateway by its own script, with its types checked."""
    copy = Path(shutil.copytree(APP, folder / "examples/studio", ignore=MADE))
    (folder / "schema").mkdir()
    shutil.copy(ROOT / "schema/schema.graphql", folder / "schema")
    addresses = {"GATEWAY": served.address, "PAGE": page, "CLI": " ".join(TONGXIN)}
    registered = subprocess.run(
        [APP / "register.sh", "--access-token-lifetime", SHORTEST],
        env=served.environment | addresses,
        capture_output=True,
        check=True,
    )
    (copy / ".env.local").write_bytes(registered.stdout)
    for command in (["npm", "ci", "--silent", "--no-fund", "--no-audit"], ["npm", "run", "--silent", "build"]):
        subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=SECONDS)
    return copy


def wait_until_readable(served: Served, page: str) -> None:
    """A new client's origin is known to a running gateway within half a minute."""
    asked = {"Origin": page, "Access-Control-Request-Method": "POST"}
    for _ in range(SECONDS):
        answer = httpx.options(f"{served.address}/graphql", headers=asked, trust_env=False)
        if answer.headers.get("access-control-allow-origin") == page:
            return
        time.sleep(1)
    pytest.fail("the page's origin did not become known")


@contextmanager
def previewed(folder: Path, port: int) -> Iterator[None]:
    """Serve what was built, until left."""
    server = subprocess.Popen(
        ["node", "node_modules/vite/bin/vite.js", "preview", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        assert any("Local" in line for line in server.stdout)
        yield
    finally:
        server.terminate()
        server.wait(SECONDS)
        server.stdout.close()
