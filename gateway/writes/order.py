"""In which order what concerns one thing comes about."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from connectors.records.effect import EffectKind, EffectStatus

WAITING = (EffectStatus.PENDING, EffectStatus.UNKNOWN)


def goes_before(earlier: Any, later: Any) -> ColumnElement[bool]:
    """Whether one row of ``EffectRow`` has to be done before another.

    Acts come one after the other, and on each platform all that they bring about; what follows from an act on one
    platform waits for no other platform. Notifications go out with others of their kind, and keep nobody waiting.
    """
    return and_(
        earlier.subject == later.subject,
        earlier.number < later.number,
        earlier.status.in_(WAITING),
        earlier.kind != EffectKind.WORK_NOTIFICATION,
        later.kind != EffectKind.WORK_NOTIFICATION,
        or_(earlier.platform == later.platform, and_(earlier.place == 0, later.place == 0)),
    )
