"""A folder as a front-end team has it: the documentation's files, the schema, operations, and what npm installs."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import parse, validate

from schema.build import build_schema
from tests.servers import require
from tests.stack import OPERATIONS
from tests.verify.served_gateway import TONGXIN, Served, serving

PAGE = Path(__file__).parents[2] / "docs/front-end.md"
OWN = Path(__file__).parent / "front-ends"
WRITTEN_THERE = "http://127.0.0.1:8000"
SECONDS = 300
_FILE = re.compile(r"^```\w+ ([\w./-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class FrontEnd:
    """One team's folder, in front of a running gateway."""

    folder: Path
    gateway: Served
    token: str

    def run(self, *command: str) -> str:
        """Run a program there, which must succeed; answers what it printed."""
        ran = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
        return ran.stdout

    def tool(self, name: str, *arguments: str) -> str:
        """Run one of the installed tools."""
        return self.run(f"node_modules/.bin/{name}", *arguments)

    def steps(self, script: str, *options: str) -> list[dict[str, Any]]:
        """What each step of a script came to."""
        return [
            json.loads(line)
            for line in self.run("node", *options, script, self.gateway.address, self.token).splitlines()
        ]

    def trust(self, manifest: str) -> str:
        """Import a build's documents, as an operator does, until they can be asked for; answers what was told."""
        command = [*TONGXIN, "documents", "import", str(self.folder / manifest)]
        ran = subprocess.run(command, env=self.gateway.environment, capture_output=True, text=True, check=True)
        identifier = next(iter(json.loads((self.folder / manifest).read_text())))
        until = time.monotonic() + SECONDS
        while "DOCUMENT_NOT_FOUND" in self._asked_by(identifier):
            assert time.monotonic() < until
            time.sleep(0.1)
        return ran.stdout

    def _asked_by(self, identifier: str) -> str:
        body = {"documentId": identifier, "variables": {}}
        return httpx.post(f"{self.gateway.address}/graphql", json=body, trust_env=False).text


@pytest.fixture(scope="module")
def front_end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontEnd]:
    """Its gateway is run for it, with the sandbox; its token is a member's."""
    require(shutil.which("npm"), "npm is not here")
    folder = Path(shutil.copytree(OWN, tmp_path_factory.mktemp("front-end") / "app"))
    with serving(tmp_path_factory.mktemp("gateway")) as gateway:
        told = [*TONGXIN, "token", "--as", "member"]
        token = subprocess.run(told, env=gateway.environment, capture_output=True, text=True, check=True).stdout
        made = FrontEnd(folder, gateway, token.strip())
        made.run("npm", "ci", "--silent", "--no-fund", "--no-audit")
        _fill(folder, gateway)
        made.tool("graphql-codegen", "--config", "codegen.ts")
        yield made


def _fill(folder: Path, gateway: Served) -> None:
    for name, text in _FILE.findall(PAGE.read_text()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(WRITTEN_THERE, gateway.address))
    told = httpx.get(f"{gateway.address}/graphql/schema.graphql", trust_env=False)
    (folder / "schema.graphql").write_text(told.text)
    (folder / "operations").mkdir()
    schema = build_schema()
    for path in OPERATIONS.glob("*.graphql"):
        if not validate(schema, parse(path.read_text())):
            shutil.copy(path, folder / "operations")
