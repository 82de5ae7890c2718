"""What an answer tells about how fresh it is."""

from datetime import datetime

from connectors.provenance import CacheState, Provenance
from gateway.execution.extensions import freshness
from gateway.execution.operation import ReadAt
from tests.gateway.execution.invented import read_at

STALE = CacheState.STALE


def test_fresh_reads_tell_nothing() -> None:
    """Neither of what was fetched nor of what was kept."""
    assert freshness([read_at(), read_at(state=CacheState.KEPT)]) == {}
    assert freshness([]) == {}


def test_stale_reads_are_told_with_place_platform_and_time() -> None:
    """In ISO 8601 with an offset; to everybody."""
    told = freshness([read_at(), read_at("studio", "members", state=STALE)])

    assert told == {
        "stale": [{"path": ["studio", "members"], "platform": "duty", "fetchedAt": "2027-01-15T16:00:00.250+08:00"}]
    }
    assert datetime.fromisoformat(told["stale"][0]["fetchedAt"]).timestamp() == 1_800_000_000.25


def test_a_place_is_told_once_for_each_platform_with_its_oldest_read() -> None:
    """However many reads were made for it."""
    reads = [
        ReadAt(("studio",), Provenance(platform, "studios", STALE, fetched_at, 0.0, private=False))
        for platform, fetched_at in (("duty", 50.0), ("duty", 20.0), ("zheliban", 30.0), ("duty", 40.0))
    ]

    told = freshness(reads)["stale"]

    assert [(one["platform"], datetime.fromisoformat(one["fetchedAt"]).timestamp()) for one in told] == [
        ("duty", 20.0),
        ("zheliban", 30.0),
    ]


def test_who_asks_for_it_is_told_of_every_read() -> None:
    """Which operation of which platform, how it was answered, when it was fetched, how long the call took."""
    kept = ReadAt(("viewer",), Provenance("zheliban", "accounts", CacheState.KEPT, 10.0, 0.0, private=True))

    told = freshness([read_at(), kept], explain=True)

    assert told == {
        "provenance": [
            {
                "path": ["studios"],
                "platform": "duty",
                "operation": "studios",
                "state": "fetched",
                "fetchedAt": "2027-01-15T16:00:00.250+08:00",
                "upstreamMs": 12.3,
            },
            {
                "path": ["viewer"],
                "platform": "zheliban",
                "operation": "accounts",
                "state": "kept",
                "fetchedAt": "1970-01-01T08:00:10.000+08:00",
                "upstreamMs": None,
            },
        ]
    }
    assert freshness([], explain=True) == {"provenance": []}
