"""A meter's counts as records: rates from 0 to 1, latencies in milliseconds, None where nothing was called. No I/O."""

from connectors.metering import Meter, Tally
from connectors.records.health import ConnectorWindow, OperationHealth


def window_of(meter: Meter, seconds: int) -> ConnectorWindow:
    """All calls of the last seconds together."""
    tally = Tally.sum_of(meter.window(seconds).values())
    return ConnectorWindow(
        requests=tally.calls,
        errors=tally.errors,
        error_rate=tally.error_rate,
        p50_ms=_ms(tally.quantile(0.5)),
        p95_ms=_ms(tally.quantile(0.95)),
        p99_ms=_ms(tally.quantile(0.99)),
        timeouts=tally.timeouts,
        retries=tally.retries,
        cache_hits=tally.hits,
        stale_served=tally.stale,
    )


def operations_of(meter: Meter) -> tuple[OperationHealth, ...]:
    """Each operation of the last five minutes, by name."""
    return tuple(
        OperationHealth(name=name, requests=tally.calls, error_rate=tally.error_rate, p95_ms=_ms(tally.quantile(0.95)))
        for name, tally in sorted(meter.window().items())
    )


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
