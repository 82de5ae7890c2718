"""What users noticed is counted by field, for five minutes, and bounded."""

from gateway.execution.operation import Spoiled
from gateway.ops.noticed import MOST_FIELDS, Noticed

NULL = Spoiled("duty", "Query.studio", stale=False, times=1)
OLD = Spoiled("duty", "Studio.members", stale=True, times=3)


class Clock:
    """Moved by the test."""

    now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_request_counts_once_for_a_platform_and_once_for_each_field() -> None:
    """Nulls and stale places beside it; the share is of all requests."""
    noticed = Noticed(Clock())
    noticed.count([NULL, OLD])
    noticed.count([NULL])

    told = noticed.told("duty", 8)

    assert (told.requests, told.share, told.nulls, told.stale) == (2, 0.25, 2, 3)
    assert [(one.field, one.requests, one.nulls, one.stale) for one in told.fields] == [
        ("Query.studio", 2, 2, 0),
        ("Studio.members", 1, 0, 3),
    ]
    assert "25 %" in told.en
    assert noticed.told("zheliban", 8).requests == 0


def test_it_is_forgotten_after_five_minutes() -> None:
    """The sums for the metrics stay."""
    clock = Clock()
    noticed = Noticed(clock)
    noticed.count([NULL])

    clock.now += 301

    assert noticed.told("duty", 1).requests == 0
    assert noticed.totals == {("duty", "null"): 1}


def test_made_up_fields_fill_no_memory() -> None:
    """Beyond a bound they are counted as one."""
    noticed = Noticed(Clock())
    for number in range(MOST_FIELDS + 50):
        noticed.count([NULL._replace(field=f"Query.f{number}")])

    told = noticed.told("duty", 1000)

    assert told.requests == MOST_FIELDS + 50
    assert told.fields[0].field == "other"
    assert told.fields[0].requests == 50
