"""What an error of a platform means for an effect: done after all, tried again, found out first, or given up."""

from datetime import timedelta

from connectors.errors import DuplicateWriteError, OutcomeUnknownError, PlatformError
from connectors.records.effect import EffectStatus
from connectors.refusals import RefusedError
from gateway.writes.settings import WriteSettings

_STEPS = 30  # of doubling; more is no number


def status_after(error: Exception) -> EffectStatus:
    """How far an effect is after a try that raised this."""
    if isinstance(error, DuplicateWriteError):
        return EffectStatus.DONE
    if isinstance(error, OutcomeUnknownError):
        return EffectStatus.UNKNOWN
    if isinstance(error, PlatformError) and not error.illness:
        return EffectStatus.FAILED
    if isinstance(error, RefusedError):
        return EffectStatus.FAILED
    return EffectStatus.PENDING  # the platform is ill, or we are: it may do later


def code_of(error: Exception) -> str:
    """The registry's code for it."""
    return error.code if isinstance(error, (PlatformError, RefusedError)) else "INTERNAL_ERROR"


def wait_after(attempts: int, settings: WriteSettings) -> timedelta:
    """How long to wait after so many tries."""
    doubled = settings.first_retry_s * 2 ** min(max(attempts - 1, 0), _STEPS)
    return timedelta(seconds=min(doubled, settings.longest_retry_s))
