"""What of a platform ends some day: its hosts' certificates, as connections showed them, and our secrets, as told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

from connectors.records.health import Credential

WARN_DAYS = 30
ILL_DAYS = 7
CERTIFICATE, SECRET = "certificate", "secret"
_CHINA = timezone(timedelta(hours=8))


def credentials_of(
    certificates: Mapping[str, float], secret_ends: date | None, now: datetime
) -> tuple[Credential, ...]:
    """All of them, the first to end first. A secret holds until the end of its day in China."""
    found = [(CERTIFICATE, host, datetime.fromtimestamp(ends, UTC)) for host, ends in certificates.items()]
    if secret_ends is not None:
        found.append((SECRET, "", datetime.combine(secret_ends + timedelta(days=1), time.min, _CHINA)))
    return tuple(
        Credential(what=what, host=host or None, ends=ends.astimezone(_CHINA), days_left=(ends - now).days)
        for what, host, ends in sorted(found, key=lambda one: one[2])
    )
