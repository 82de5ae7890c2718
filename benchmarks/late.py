"""What a slow platform costs: every upstream answer 20 ms late, one request at a time."""

import json
from dataclasses import dataclass

from benchmarks.cases import Signed
from benchmarks.load import Asked, loaded
from benchmarks.servers import Bench, Server

DELAY_MS = 20
_SECONDS = 4


@dataclass(frozen=True)
class Late:
    """The p50 of an operation in ms, as it is and with every answer late."""

    case: str
    usual: float
    late: float

    @property
    def waits(self) -> float:
        """How many answers were waited for one after another: the longest chain."""
        return (self.late - self.usual) / DELAY_MS


def lateness(bench: Bench, server: Server, signed: list[Signed]) -> list[Late]:
    """Measure each case on a server that keeps nothing."""
    found = []
    for one in signed:
        asked = Asked(server.url(one.case.name), json.dumps(one.case.body).encode(), one.headers)
        usual = loaded(asked, server.pid, 1, _SECONDS / 2).p50
        with bench.late(DELAY_MS):
            late = loaded(asked, server.pid, 1, _SECONDS).p50
        found.append(Late(one.case.name, usual, late))
    return found
