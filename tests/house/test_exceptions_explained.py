"""Whoever switches a check off says why, on the same line."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("gateway", "schema", "auth", "connectors", "tests", "benchmarks")
SWITCH = re.compile(r"# (noqa: ?[A-Z0-9, ]+|type: ignore(\[[a-z-]+\])?)(?P<reason>.*)")


def test_every_exception_gives_its_reason() -> None:
    """Behind ``noqa`` and ``type: ignore`` stands a reason."""
    unexplained = [
        f"{path.relative_to(ROOT)}:{number}"
        for package in OURS
        for path in sorted((ROOT / package).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := SWITCH.search(line)) and len(found["reason"].strip(" -#")) < len("why")
    ]

    assert unexplained == []
