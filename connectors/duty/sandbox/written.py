"""What became of a write."""

from collections.abc import Sequence

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.tokens import WRITE
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import items_of


def operations(ground: Ground) -> Sequence[Operation]:
    """``GET /api/v1/writes?ids=``: of the ids, those that stand for a write that was done."""
    return [
        ground.read("writes", "/writes", lambda asked: items_of(ground.writes.rows, asked.keys()), scope=WRITE),
    ]
