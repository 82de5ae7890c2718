"""Imports run downwards: gateway → schema, auth → connectors; wings and rooms do not import one another."""

import ast
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("gateway", "schema", "auth", "connectors")
ROOMS = sorted(p.parent.name for p in (ROOT / "connectors").glob("*/client.py"))
MAY_IMPORT = {
    "gateway": {"gateway", "schema", "auth", "connectors"},
    "schema": {"schema", "connectors"},
    "auth": {"auth", "connectors"},
    "connectors": {"connectors"},
}


def imports(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in OURS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str | None:
    """The platform's folder a module lies in."""
    parts = module.split(".")
    return parts[1] if parts[0] == "connectors" and len(parts) > 1 and parts[1] in ROOMS else None


FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downwards(path: Path) -> None:
    """A file imports only from its own level and from below; only platforms.py names the platforms."""
    here = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    package, room = here.split(".")[0], room_of(here + ".x")

    for module in imports(path):
        assert module.split(".")[0] in MAY_IMPORT[package], f"{here} imports {module}"
        if room_of(module) is not None:
            allowed = room_of(module) == room or here == "gateway.platforms"
            assert allowed, f"{here} imports {module}, a platform's folder"


def test_connectors_package_loads_nothing() -> None:
    """``connectors/__init__.py`` stays empty: a port must load no platform."""
    assert (ROOT / "connectors/__init__.py").read_text() == ""


def test_no_dependency_ships_a_package_of_our_names() -> None:
    """``schema``, ``auth``, ``gateway`` and ``connectors`` are ours alone."""
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        tops = {str(file).split("/")[0].removesuffix(".py") for file in distribution.files or ()}
        assert name == "tongxin" or not tops & set(OURS), f"{name} ships {tops & set(OURS)}"


def test_lock_file_names_no_registry() -> None:
    """The lock can be installed from any index: it holds hashes, no addresses."""
    lock = (ROOT / "requirements.lock").read_text()

    assert "://" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==")
