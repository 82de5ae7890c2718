"""What the image is made of: all that is installed stands in the list, and nothing that the lock does not pin."""

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import pytest

from tests.docker.scripts import script

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
NOT_IN_THE_IMAGE = {"pip", "setuptools"}
"""The image's environment is made without them."""


def installed() -> list[Distribution]:
    """What these tests run on, without the tools that installed it."""
    return [one for one in distributions() if one.name not in NOT_IN_THE_IMAGE]


def test_all_that_is_installed_is_listed() -> None:
    """With its version, where it comes from, and whose word its licence is; ourselves as what it is a list of."""
    told: dict[str, Any] = script("sbom.py").bill(
        LOCK, [{"name": "altair", "version": "1.2", "license": "MIT"}], installed()
    )

    listed = {(one["name"], one["version"]) for one in told["components"] if one["purl"].startswith("pkg:pypi/")}
    assert listed == {(re.sub(r"[-_.]+", "-", one.name).lower(), one.version) for one in installed()} - {
        ("tongxin", told["metadata"]["component"]["version"])
    }
    assert told["bomFormat"] == "CycloneDX"
    assert told["metadata"]["component"]["name"] == "tongxin"
    references = [one["bom-ref"] for one in told["components"]]
    assert len(references) == len(set(references))
    assert {"pkg:npm/altair@1.2", f"pkg:pypi/starlette@{version_of('starlette')}"} <= set(references)
    unlicensed = [one["name"] for one in told["components"] if "licenses" not in one]
    assert len(unlicensed) < 5, unlicensed


def version_of(name: str) -> str:
    """The installed version."""
    return next(one.version for one in installed() if one.name == name)


def test_what_is_not_pinned_ends_the_build() -> None:
    """By its name, so that whoever builds knows what crept in."""
    lock = LOCK.replace(f"starlette=={version_of('starlette')}", "starlette==0.0.1")

    with pytest.raises(SystemExit, match="starlette"):
        script("sbom.py").bill(lock, [], installed())


def test_the_image_carries_its_list() -> None:
    """Made where all is installed, by the Python that has it."""
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()

    assert "COPY docker/sbom.py" in dockerfile
    assert "/opt/tongxin/bin/python sbom.py runtime.lock gateway/ide/files/package.json" in dockerfile
    assert dockerfile.index("sbom.py runtime.lock") > dockerfile.index("/wheels/*.whl")
