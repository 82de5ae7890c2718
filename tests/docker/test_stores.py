"""The commands of the database and of Redis, as compose.yaml gives them to their images, tried on the servers themselves."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml
from redis import Redis

from tests.docker.programs import FOLDER, program, started
from tests.servers import PostgreSQL, _as_owner, free_port

SERVICES: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())["services"]


def test_redis_takes_its_command_and_keeps_nothing(tmp_path: Path) -> None:
    """Bounded in memory, where the least used goes first, and nothing on disk."""
    _, *arguments = SERVICES["redis"]["command"]
    server = shutil.which("redis-server") or shutil.which("valkey-server") or program("redis-server")
    port = free_port()

    with started([server, *arguments, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)], port):
        client = Redis(port=port)
        told = {name: client.config_get(name)[name] for name in ("save", "appendonly", "maxmemory", "maxmemory-policy")}
        client.close()

    assert told == {"save": "", "appendonly": "no", "maxmemory": str(256 << 20), "maxmemory-policy": "allkeys-lru"}
    assert list(tmp_path.iterdir()) == []


def test_postgresql_takes_its_command(postgresql: PostgreSQL) -> None:
    """Every setting is one that it knows."""
    name, *arguments = SERVICES["postgresql"]["command"]
    asked = dict(one.split("=") for one in arguments[1::2])
    command = [str(postgresql.binaries / name), "-D", str(postgresql.folder / "data"), *arguments]

    assert set(arguments[::2]) == {"-c"}
    for setting in asked:
        ran = subprocess.run(
            [*_as_owner(), *command, "-C", setting], capture_output=True, text=True, cwd="/", check=False
        )
        assert ran.returncode == 0, ran.stderr
