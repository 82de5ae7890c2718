# noqa: INP001 - a script that the image's build runs, in no package
"""What the image is made of, as CycloneDX: ``python sbom.py LOCK [PACKAGE.JSON …]`` prints it.

Lists what is installed beside the Python that runs this, and the npm packages whose ``package.json`` are named. Ends
with an error where something is installed that the lock does not pin: then the image is not what was tested.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
OURS = "tongxin"


def canonical(name: str) -> str:
    """As PyPI and the lock write names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bill(lock: str, npm: list[dict[str, Any]], installed: Iterable[Distribution]) -> dict[str, Any]:
    """The whole document; made of the same things it is the same text.

    Raises:
        SystemExit: something is installed that the lock does not pin.
    """
    pinned = {(canonical(name), version) for name, version in PIN.findall(lock)}
    found = {canonical(one.name): one for one in installed}
    ours = found.pop(OURS)
    strangers = sorted(name for name, one in found.items() if (name, one.version) not in pinned)
    if strangers:
        raise SystemExit(f"installed, but not pinned: {', '.join(strangers)}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component("application", "pypi", OURS, ours.version, list(licences(ours)))},
        "components": [
            *(
                component("library", "pypi", name, found[name].version, list(licences(found[name])))
                for name in sorted(found)
            ),
            *(component("library", "npm", one["name"], one["version"], [expression(one["license"])]) for one in npm),
        ],
    }


def component(kind: str, registry: str, name: str, version: str, said: list[dict[str, Any]]) -> dict[str, Any]:
    """One of the things it is made of."""
    purl = f"pkg:{registry}/{name}@{version}"
    told = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return told | ({"licenses": said} if said else {})


def licences(one: Distribution) -> Iterator[dict[str, Any]]:
    """What a package says: an expression, else its classifiers' words, else a short text."""
    said = one.metadata
    if "License-Expression" in said:
        yield expression(said["License-Expression"])
        return
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License ::")
    ]
    short = (said.get_all("License") or [""])[0].strip()
    for name in classified or [short] * (0 < len(short) < 100):  # noqa: PLR2004 - longer is the licence's whole text
        yield {"license": {"name": name}}


def expression(text: str) -> dict[str, Any]:
    """An SPDX expression."""
    return {"expression": text}


if __name__ == "__main__":
    lock, *manifests = map(Path, sys.argv[1:])
    told = bill(lock.read_text(), [json.loads(path.read_text()) for path in manifests], distributions())
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
