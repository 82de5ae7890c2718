"""The Helm chart's files, and what Helm made of them in two cases; needs nothing but Python."""

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHART = ROOT / "docker" / "helm" / "tongxin"
CASES = Path(__file__).parent / "charts"
NAMES = ("least", "most")
"""Only what must be set, and all that can be switched on."""
_HEAD = "# What Helm makes of docker/helm/tongxin ({digest}); written by tests/verify/chart-tools/render.py.\n"


def values_of(case: str) -> dict[str, Any]:
    """What is set in that case."""
    values: dict[str, Any] = json.loads((CASES / f"{case}.values.json").read_text())
    return values


def page_of(manifests: dict[str, str]) -> str:
    """All manifests one after another, headed by the digest of what they were made from."""
    parts = (f"---\n# {name}\n{text.strip()}\n" for name, text in sorted(manifests.items()) if name.endswith(".yaml"))
    return head() + "".join(part for part in parts if part.count("\n") > 3)  # else the file is empty


def head() -> str:
    """The first line of what is current."""
    return _HEAD.format(digest=_digest())


def _digest() -> str:
    files = [*CHART.rglob("*"), *CASES.glob("*.values.json")]
    told = hashlib.sha256()
    for path in sorted(file for file in files if file.is_file()):
        told.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
