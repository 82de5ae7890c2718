"""The contract as tests use it: all files of the folder, and what they have against an answer."""

from pathlib import Path

import httpx

import connectors.duty
from tests.contracts import contract_of

CONTRACT = contract_of(Path(connectors.duty.__file__).parent / "contract")
OWN = ("registry.yaml", "duties.yaml", "activities.yaml")
"""The files whose subjects are tested here; others have tests of their own."""


def claims(name: str, answer: httpx.Response) -> list[str]:
    """What the contract has against an answer of that operation: its status, media type and shape."""
    return CONTRACT.against(name, answer)
