"""What a run found."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import msgspec

from benchmarks.growth import Growth
from benchmarks.late import Late
from benchmarks.load import Point


@dataclass(frozen=True)
class Measured:
    """One case on one server over all rounds: the least CPU, the medians of the rest."""

    cpu_ms: float
    rps: float
    p50: float
    p99: float
    bad: int

    @classmethod
    def of(cls, points: Sequence[Point]) -> "Measured":
        """Noise only ever adds CPU, so the least is nearest to the truth."""
        return cls(
            min(point.cpu_ms for point in points),
            statistics.median(point.rps for point in points),
            statistics.median(point.p50 for point in points),
            statistics.median(point.p99 for point in points),
            sum(point.bad for point in points),
        )


@dataclass(frozen=True)
class Row:
    """A case on a server; ``calls``: upstream calls of one request."""

    case: str
    server: str
    calls: int
    found: Measured


@dataclass(frozen=True)
class Results:
    """All of a run. ``servers``: seconds to listen, megabytes idle and after the load, by name."""

    rows: list[Row]
    servers: dict[str, tuple[float, float, float]]
    kilobytes: dict[str, float]
    differences: dict[str, list[str]]
    late: list[Late]
    growth: Growth
    rounds: int
    seconds: float

    def of(self, case: str, server: str) -> Measured:
        """One row's measurement."""
        return next(row.found for row in self.rows if (row.case, row.server) == (case, server))

    @property
    def cases(self) -> list[str]:
        """The cases, in order."""
        return list(dict.fromkeys(row.case for row in self.rows))

    def json(self) -> str:
        """As a file, with the time it was written."""
        told = {"date": datetime.now(UTC).isoformat(timespec="minutes"), **asdict(self)}
        return msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"
