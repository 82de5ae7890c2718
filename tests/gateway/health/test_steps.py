"""A probe's failure is told by the step it came to, and what ends by the days that are left."""

from datetime import UTC, date, datetime, timedelta

from connectors.causes import CauseKind
from connectors.http1.layers import LayerLook
from gateway.health.credentials import credentials_of
from gateway.health.steps import steps_of

WAY = tuple(LayerLook(layer, ok=True, seconds=0.01, error=None) for layer in ("dns", "connect"))
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


def test_what_lies_behind_a_broken_way_was_not_come_to() -> None:
    """Neither our credentials nor the answer say anything then."""
    looks = (LayerLook("dns", ok=False, seconds=0.02, error="UnresolvedError"), *WAY[1:])

    steps = steps_of(looks, CauseKind.DNS, 0.02)

    assert [(one.step, one.ok) for one in steps][-2:] == [("auth", None), ("application", None)]
    assert (steps[0].ms, steps[0].error) == (20.0, "UnresolvedError")


def test_a_refused_signature_fails_behind_a_good_way() -> None:
    """And is told from an error of the platform's own, of which nobody knows whether it knew us."""
    refused, failing = steps_of(WAY, CauseKind.AUTH, 0.1), steps_of(WAY, CauseKind.HTTP5XX, 0.1)

    assert [one.ok for one in refused] == [True, True, False, None]
    assert [one.ok for one in failing] == [True, True, None, False]
    assert failing[-1].error == "http5xx"


def test_what_ends_is_told_in_days_the_first_first() -> None:
    """A secret holds to the end of its day in China; what has ended has less than no day left."""
    ends = NOON + timedelta(days=40)
    found = credentials_of({"host:443": ends.timestamp(), "old:443": NOON.timestamp() - 60}, date(2026, 3, 9), NOON)

    assert [(one.what, one.host, one.days_left) for one in found] == [
        ("certificate", "old:443", -1),
        ("secret", None, 5),
        ("certificate", "host:443", 40),
    ]
