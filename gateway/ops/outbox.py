"""Writes on their way, as counted every few seconds."""

from auth.store.moments import now
from connectors.records.effect import EffectStatus
from gateway.ops.kept_shapes import OutboxTold
from gateway.writes.depth import Seen


def outbox_told(seen: Seen | None) -> OutboxTold:
    """All platforms together; nothing where nobody has counted yet."""
    if seen is None:
        return OutboxTold(0, None, 0, 0)
    counts = dict.fromkeys(EffectStatus, 0)
    for (_, status), count in seen.effects.items():
        counts[EffectStatus(status)] += count
    oldest = min(seen.oldest.values(), default=None)
    age = None if oldest is None else round((now() - oldest).total_seconds(), 1)
    return OutboxTold(counts[EffectStatus.PENDING], age, counts[EffectStatus.FAILED], counts[EffectStatus.UNKNOWN])


def outbox_of(seen: Seen | None, platform: str) -> int:
    """How many of one platform wait or failed."""
    return 0 if seen is None else sum(count for (owner, _), count in seen.effects.items() if owner == platform)
