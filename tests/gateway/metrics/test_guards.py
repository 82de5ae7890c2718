"""The metrics of the platforms' guards."""

from connectors.errors import UnreachableError
from gateway.health.connectors import Watches
from gateway.metrics.guards import Guards
from tests.gateway.health.invented import Invented


def told(platform: Invented) -> dict[tuple[str, str], float]:
    """Values by name and the label besides the platform."""
    families = Guards(Watches([platform.watch])).collect()
    return {
        (sample.name, sample.labels.get("state", "")): sample.value for family in families for sample in family.samples
    }


def test_an_open_breaker_shows() -> None:
    """Its state, how many operations are refused, and how many calls were."""
    platform = Invented()
    guard = platform.watch.guard
    for _ in range(6):
        guard.learn("studios", platform.now, 0.01, UnreachableError("duty", "studios"))
    guard.counts["refused"] += 3

    shown = told(platform)

    assert shown["tongxin_breaker_state", "OPEN"] == 1
    assert shown["tongxin_breaker_state", "CLOSED"] == 0
    assert shown["tongxin_breaker_operations", ""] == 1
    assert shown["tongxin_guard_refused_total", ""] == 3
