"""Whether a platform is up, degraded or down, from what its calls taught. No I/O.

Three rules, in this order:

- down: the last two calls or more failed, and for ``QUIET_SECONDS`` none was answered well;
- degraded: the last call failed; or a tenth of all calls of the last ``RECENT_SECONDS`` failed, or half of one
  operation's (of three or more);
- up: everything else. So is a platform nobody has asked yet, one whose calls failed only before it answered for the
  first time, and one that has answered well for ``QUIET_SECONDS`` on end, three times at least.

A call fails by the platform's illness only (``PlatformError.illness``): a refusal of one call is an answer.
"""

from connectors.metering import Meter, Run, Tally
from connectors.records.health import ConnectorStatus

QUIET_SECONDS = 10
RECENT_SECONDS = 30
_SHARE_OF_ALL = 0.1
_SHARE_OF_ONE = 0.5
_FEWEST = 3


def status_from(meter: Meter) -> ConnectorStatus:
    """Judge by the meter."""
    run = meter.run
    if run is None:
        return ConnectorStatus.UP
    if not run.well:
        return ConnectorStatus.DOWN if run.length > 1 and _quiet(meter) else ConnectorStatus.DEGRADED
    if _recovered(meter, run):
        return ConnectorStatus.UP
    recent = meter.window(RECENT_SECONDS).values()
    failing = _fails(Tally.sum_of(recent), _SHARE_OF_ALL, 1)
    failing = failing or any(_fails(tally, _SHARE_OF_ONE, _FEWEST) for tally in recent)
    return ConnectorStatus.DEGRADED if failing else ConnectorStatus.UP


def _quiet(meter: Meter) -> bool:
    return meter.last_good is None or meter.now() - meter.last_good >= QUIET_SECONDS


def _recovered(meter: Meter, run: Run) -> bool:
    first_good, last_error_at = meter.first_good, meter.last_error_at
    if first_good is None or last_error_at is None or last_error_at <= first_good:
        return True
    return run.length >= _FEWEST and meter.now() - run.since >= QUIET_SECONDS


def _fails(tally: Tally, share: float, fewest: int) -> bool:
    return tally.calls >= fewest and tally.errors / tally.calls >= share
