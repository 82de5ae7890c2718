"""The whole fault matrix: every fault of every platform, caches cold and warm, every operation that reads.

Its table stands in ``docs/ops/outages.md``, made by this run: ``WRITE_OUTAGES=1`` writes it anew.
"""

import os
from pathlib import Path

import pytest

from connectors.sandbox.faults import FaultKind
from gateway.platforms import PLATFORMS
from tests.outages.asking import OPERATIONS
from tests.outages.matrix import FAULTS, Cell, asked
from tests.outages.names import Names, names
from tests.stack import OpenGateway, Sandbox

__all__ = ["names"]
pytestmark = pytest.mark.verify
PAGE = Path(__file__).parents[2] / "docs" / "ops" / "outages.md"
WRITE = "WRITE_OUTAGES"
NAMES = tuple(platform.name for platform in PLATFORMS)


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize("platform", NAMES)
async def test_an_ill_platform_costs_its_own_part(
    platform: str, sandbox: Sandbox, open_gateway: OpenGateway, names: Names, *, warm: bool
) -> None:
    """Under each fault all operations answer in time, with the other platforms' fields whole; and the docs tell how."""
    cells: dict[FaultKind | str, Cell] = {}
    for kind in FAULTS:
        cells[kind] = await asked(kind, platform, sandbox, open_gateway, names, warm=warm)
        names.find()

    assert {str(kind): cell.wrong for kind, cell in cells.items() if cell.wrong} == {}
    title = f"## {platform}, caches {'warm' if warm else 'cold'}\n"
    _held_to_the_page(title, _table(cells))


def _table(cells: dict[FaultKind | str, Cell]) -> str:
    head = f"| fault | whole, of {len(OPERATIONS)} | marked stale | with errors, by code |\n|---|---|---|---|\n"
    return head + "".join(
        f"| `{kind}` | {cell.whole} | {cell.stale} | {_codes(cell)} |\n" for kind, cell in cells.items()
    )


def _codes(cell: Cell) -> str:
    return ", ".join(f"{count} × `{code}`" for code, count in sorted(cell.codes.items()))


def _held_to_the_page(title: str, table: str) -> None:
    before, found, after = PAGE.read_text().partition(title)
    if os.environ.get(WRITE) == "1":
        rest = after[after.find("\n## ") + 1 :] if "\n## " in after else ""
        PAGE.write_text(f"{before.rstrip()}\n\n{title}\n{table}" + (f"\n{rest}" if rest else ""))
        return
    assert found, title
    assert after.startswith(f"\n{table}"), f"{WRITE}=1 pytest tests/verify/test_outages.py writes the page anew"
