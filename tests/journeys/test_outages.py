"""Any one platform ill in any way: each operation answers in time, the healthy platforms' fields whole, the rest marked.

``make test`` takes a sample: each fault with one platform and a third of the operations; ``make verify`` takes all.
"""

import pytest

from connectors.sandbox.faults import FaultKind
from gateway.platforms import PLATFORMS
from tests.outages.asking import OPERATIONS
from tests.outages.matrix import FAULTS, asked
from tests.outages.names import Names, names
from tests.stack import OpenGateway, Sandbox

__all__ = ["names"]

NAMES = tuple(platform.name for platform in PLATFORMS)
SHARE = 3
PAIRS = [
    pytest.param(kind, NAMES[at % len(NAMES)], bool(at // 2 % 2), tuple(OPERATIONS)[at % SHARE :: SHARE], id=str(kind))
    for at, kind in enumerate(FAULTS)
]


@pytest.mark.parametrize(("kind", "platform", "warm", "numbers"), PAIRS)
async def test_an_ill_platform_costs_its_own_part(
    kind: FaultKind | str,
    platform: str,
    numbers: tuple[str, ...],
    sandbox: Sandbox,
    open_gateway: OpenGateway,
    names: Names,
    *,
    warm: bool,
) -> None:
    """Nothing else is missing, nobody else is blamed, and nobody waits longer than the deadline."""
    cell = await asked(kind, platform, sandbox, open_gateway, names, warm=warm, numbers=numbers)

    assert cell.wrong == []
