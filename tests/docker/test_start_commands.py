"""The containers' start commands, run as they are: on loopback, with a PostgreSQL of the tests' own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gateway.platforms import PLATFORMS
from schema.identifiers import global_id
from tests.servers import PostgreSQL, free_port

FOLDER = Path(__file__).parents[2] / "docker"
STUDIO = "S3310020002"
PATIENCE = 60


def clean(folder: Path, **more: str) -> dict[str, str]:
    """An environment with nothing in it but the way to our commands."""
    return {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(folder)} | more


@dataclass
class Running:
    """Both containers' processes, and what they were given."""

    gateway: subprocess.Popen[str]
    sandbox: subprocess.Popen[str]
    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        """Where the gateway is."""
        return f"http://127.0.0.1:{self.environment['TONGXIN_PORT']}"

    def check(self, script: str) -> int:
        """Run one of the health checks."""
        return subprocess.run([FOLDER / script], env=self.environment, check=False, timeout=30).returncode


def started(script: str, environment: dict[str, str], folder: Path) -> "subprocess.Popen[str]":
    """Begin a start command."""
    return subprocess.Popen([FOLDER / script], env=environment, cwd=folder, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL) -> Iterator[Running]:
    """Start both with what compose.yaml would give them; wait until both answer their health checks."""
    folder = tmp_path_factory.mktemp("containers")
    secrets = folder / "secrets"
    secrets.mkdir()
    (secrets / "tongxin_auth__secret").write_text("invented-secret-of-the-tests-0123456789")
    (secrets / "tongxin_auth__database_url").write_text(postgresql.new_database())
    ports = {platform.prefix: free_port() for platform in PLATFORMS}
    platforms = {f"TONGXIN_{prefix.upper()}__BASE_URL": f"http://127.0.0.1:{port}" for prefix, port in ports.items()}
    environment = clean(
        folder,
        TONGXIN_HOST="127.0.0.1",
        TONGXIN_PORT=str(free_port()),
        TONGXIN_DATA_DIR=str(folder / "data"),
        TONGXIN_SECRETS_DIR=str(secrets),
        TONGXIN_SANDBOX="true",
        SANDBOX_PORTS=" ".join(map(str, ports.values())),
        **platforms,
    )
    sandbox = started("start-sandbox", clean(folder, SANDBOX_HOST="127.0.0.1", **platforms), folder)
    gateway = started("start-gateway", environment, folder)
    both = Running(gateway, sandbox, folder, environment)
    try:
        end = time.monotonic() + PATIENCE
        while subprocess.run([FOLDER / "check-sandbox"], env=environment, check=False, capture_output=True).returncode:
            assert sandbox.poll() is None
            assert time.monotonic() < end
        while subprocess.run([FOLDER / "check-gateway"], env=environment, check=False, capture_output=True).returncode:
            assert gateway.poll() is None
            assert time.monotonic() < end
        yield both
    finally:
        for process in (gateway, sandbox):
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


def test_a_studios_page_comes_through_both(running: Running) -> None:
    """Three platforms, one database server, no folder of the gateway's own but the one it was given."""
    query = "query($id: ID!) { studio(id: $id) { name members(first: 2) { nodes { name official { title } } } } }"
    body = {"query": query, "variables": {"id": global_id("Studio", STUDIO)}}

    answer = httpx.post(f"{running.address}/graphql", json=body, timeout=20).json()

    assert "errors" not in answer
    assert answer["data"]["studio"]["name"]
    assert answer["data"]["studio"]["members"]["nodes"]
    assert httpx.get(f"{running.address}/health/ready").status_code == 200
    assert {path.name for path in running.folder.iterdir()} == {"secrets", "data"}
    assert list((running.folder / "data").iterdir()) == []


def test_the_checks_of_health_pass_and_fail(running: Running) -> None:
    """Each is 0 for what runs and something else for what does not."""
    assert (running.check("check-gateway"), running.check("check-sandbox")) == (0, 0)
    nobody = str(free_port())
    for script, variable in (("check-gateway", "TONGXIN_PORT"), ("check-sandbox", "SANDBOX_PORTS")):
        environment = running.environment | {variable: nobody}
        ended = subprocess.run([FOLDER / script], env=environment, check=False, capture_output=True, timeout=30)
        assert ended.returncode != 0


def test_both_stop_gracefully(running: Running) -> None:
    """On SIGTERM, which a container's end begins with: soon, without a trace."""
    for process in (running.gateway, running.sandbox):
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)

        assert process.returncode in {0, -signal.SIGTERM}
        assert "Traceback" not in errors


def test_a_gateway_without_its_database_ends_with_one_line_of_its_own(tmp_path: Path) -> None:
    """Whoever runs the container starts it again; no password stands in what it says."""
    environment = clean(
        tmp_path,
        TONGXIN_HOST="127.0.0.1",
        TONGXIN_PORT=str(free_port()),
        TONGXIN_DATA_DIR=str(tmp_path / "data"),
        TONGXIN_AUTH__SECRET="invented-secret-of-the-tests-0123456789",
        TONGXIN_AUTH__DATABASE_URL=f"postgresql+asyncpg://tongxin:hunter2@127.0.0.1:{free_port()}/tongxin",
    )

    ended = subprocess.run(
        [FOLDER / "start-gateway"],
        env=environment,
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 1
    assert "hunter2" not in ended.stderr
    assert "is not served" in ended.stderr.splitlines()[-1]


def test_credentials_are_made_once(tmp_path: Path) -> None:
    """A second run changes nothing; the folder is its owner's, and the database's address holds its password."""
    script = Path(shutil.copy(FOLDER / "make-secrets", tmp_path))

    def made() -> dict[str, str]:
        subprocess.run([script], env=clean(tmp_path), check=True)
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = made()

    assert first == made()
    assert set(first) == {
        *("postgresql_password", "tongxin_auth__secret", "tongxin_auth__database_url"),
        *("tongxin_ops__metrics_token", "grafana_password"),
    }
    assert first["postgresql_password"] in first["tongxin_auth__database_url"]
    assert first["postgresql_password"] != first["tongxin_auth__secret"]
    assert min(len(value) for value in first.values()) >= 32
    assert os.stat(tmp_path / "secrets").st_mode & 0o077 == 0  # noqa: PTH116 - the mode is the claim
