"""graphql-core's own tests of execution, from its source distribution, on our ``execute``."""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

HERE = Path(__file__).parent / "graphql-core"
DESCRIBE = "pytest-describe==3.2.0"
"""Collects the form its tests are written in."""
TESTS = 458
LEAST_PASSED = 445


@dataclass(frozen=True)
class Fetched:
    """Where its source distribution and the plugin of its tests are."""

    source: Path
    plugins: Path


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory, require: Callable[..., None]) -> Fetched:
    """Get both by pip, the same version of graphql-core as is installed here."""
    folder = tmp_path_factory.mktemp("graphql-core")
    wanted = f"graphql-core=={version('graphql-core')}"
    source = _pip("download", "--no-binary", "graphql-core", "--dest", str(folder), wanted)
    require(source.returncode == 0, f"the source distribution of {wanted} cannot be had:\n{source.stderr}")
    plugins = _pip("install", "--target", str(folder / "plugins"), DESCRIBE)
    require(plugins.returncode == 0, f"{DESCRIBE} cannot be had:\n{plugins.stderr}")
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return Fetched(archive.with_name(archive.name.removesuffix(".tar.gz")), folder / "plugins")


def _pip(*command: str) -> subprocess.CompletedProcess[str]:
    quiet = [sys.executable, "-m", "pip", command[0], "--quiet", "--no-deps", "--disable-pip-version-check"]
    return subprocess.run([*quiet, *command[1:]], capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Run:
    """What became of its tests."""

    passed: set[str]
    failed: dict[str, str]
    told: dict[str, Any]


def _run(fetched: Fetched, folder: Path) -> Run:
    report, told = folder / "report.xml", folder / "told.json"
    command = [sys.executable, "-m", "pytest", "-c", str(HERE / "pytest.ini"), "--rootdir", str(fetched.source)]
    command += ["-q", "-p", "on_plans", "-p", "no:cacheprovider", "-p", "no:xdist", f"--junitxml={report}"]
    command += ["tests/execution", "--ignore", "tests/execution/incremental"]
    paths = os.pathsep.join(map(str, (HERE, fetched.plugins)))
    environment = {**os.environ, "PYTHONPATH": paths, "TOLD": str(told)}
    ran = subprocess.run(command, cwd=fetched.source, env=environment, capture_output=True, text=True, check=False)
    assert report.exists(), ran.stdout + ran.stderr
    passed, failed = set(), {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - written by our own run
        name = f"{case.get('classname', '').removeprefix('tests.execution.').replace('.', '::')}::{case.get('name')}"
        wrong = case.find("failure") if case.find("failure") is not None else case.find("error")
        if wrong is not None:
            failed[name] = wrong.get("message") or ""
        elif case.find("skipped") is None:
            passed.add(name)
    return Run(passed, failed, json.loads(told.read_text()))


@pytest.mark.verify
def test_its_tests_pass_but_for_those_explained(
    fetched: Fetched, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Its tests without the incremental ones pass on our ``execute``, but for those the expectations explain."""
    expected = tomllib.loads((HERE / "expected.toml").read_text())

    run = _run(fetched, tmp_path)

    print(f"passed {len(run.passed)}, failed {len(run.failed)}; {json.dumps(run.told)}")  # noqa: T201 - asked for with -s
    record_property("executions", run.told)
    assert {name: why for name, why in run.failed.items() if name not in expected} == {}
    assert set(expected) <= set(run.failed), "explained, but they pass"
    assert all(entry["reason"] and entry["specification"] for entry in expected.values())
    assert len(run.passed) + len(run.failed) == TESTS
    assert len(run.passed) >= LEAST_PASSED
