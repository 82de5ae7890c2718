"""A gateway and its sandbox as ``tongxin serve --sandbox`` runs them, for clients that nobody here wrote."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.platforms import PLATFORMS
from tests.servers import free_port
from tests.verify.quickstart_browser import Browser

TONGXIN = [sys.executable, "-m", "gateway.cli"]
PERSON = "citizen-0001"
OPENS = re.compile(r"^(?:Open this in a browser|or open this|To sign out, open):? (http\S+)$")
SECONDS = 120


@dataclass
class Served:
    """A running ``tongxin serve --sandbox``."""

    environment: dict[str, str]
    address: str
    citizen_app: str

    def client(self, *options: str) -> dict[str, str]:
        """Register a client as an operator does; answers what a quickstart needs of it."""
        ran = subprocess.run(
            [*TONGXIN, "client", "create", "quickstart", *options, "--json"],
            env=self.environment,
            capture_output=True,
            check=True,
        )
        told = json.loads(ran.stdout)
        return {"CLIENT_ID": told["client_id"], "CLIENT_SECRET": told.get("client_secret") or ""}

    def web_client(self, *options: str) -> dict[str, str]:
        """One that signs people in, with the port its callback listens on."""
        port = free_port()
        client = self.client(
            *("--grant", "authorization_code", "--grant", "refresh_token"),
            *("--scope", "openid", "--scope", "profile", "--scope", "graph:read"),
            *("--redirect-uri", "http://127.0.0.1/callback"),
            *("--post-logout-redirect-uri", f"http://127.0.0.1:{port}/callback/signed-out"),
            *options,
        )
        return client | {"CALLBACK_PORT": str(port), "CALLBACK": f"http://127.0.0.1:{port}/callback"}

    def machine(self, *options: str) -> dict[str, str]:
        """One that asks for itself."""
        return self.client("--grant", "client_credentials", "--scope", "opinion:read", *options)

    def run(self, *command: str, facts: Mapping[str, str], pasted: bool = False) -> list[str]:
        """Run a quickstart; a person's browser opens what it says. Answers the lines it printed."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN")}
        process = subprocess.Popen(
            command,
            env=environment | facts | {"TONGXIN": self.address, "NO_PROXY": "127.0.0.1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        lines = []
        with Browser(self.address, PERSON) as browser:
            for line in process.stdout:
                lines.append(line.rstrip())
                opens = OPENS.match(lines[-1])
                ended = browser.walk(opens[1]) if opens else None
                if ended and pasted:
                    process.stdin.write(f"{ended}\n")
                    process.stdin.flush()
        process.stdin.close()
        assert process.wait(SECONDS) == 0, lines
        process.stdout.close()
        return lines


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Ports and a data folder of its own."""
    with serving(tmp_path_factory.mktemp("quickstarts")) as running:
        yield running


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Served]:
    """Run it with these variables, until left."""
    port = free_port()
    platforms = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": f"http://127.0.0.1:{free_port()}" for one in PLATFORMS}
    own = {"TONGXIN_PORT": str(port), "TONGXIN_DATA_DIR": str(folder)} | platforms | settings
    environment = dict(os.environ) | own
    process = subprocess.Popen(
        [*TONGXIN, "serve", "--sandbox"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert any(line.startswith("curl") for line in process.stdout)
    yield Served(environment, f"http://127.0.0.1:{port}", platforms["TONGXIN_ZLB__BASE_URL"])
    os.killpg(process.pid, signal.SIGINT)
    process.wait(20)
    process.stdout.close()
