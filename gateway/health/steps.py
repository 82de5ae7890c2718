"""Where on the way to a platform a probe failed: name, connection, TLS, then whether we are known, then its answer."""

from collections.abc import Sequence

from connectors.causes import CauseKind
from connectors.http1.layers import LayerLook
from connectors.records.health import ProbeStep

AUTH, APPLICATION = "auth", "application"
_UNKNOWN_TO_IT = frozenset({CauseKind.AUTH, CauseKind.CLOCK})


def steps_of(looks: Sequence[LayerLook], cause: CauseKind | None, took: float) -> tuple[ProbeStep, ...]:
    """The five steps; ``cause`` is why the probe failed, ``took`` its seconds.

    What lies behind a part that fails was not come to. Of an answer that is an error of the platform's own nobody can
    tell whether it knew us.
    """
    steps = [ProbeStep(step=one.layer, ok=one.ok, ms=_ms(one.seconds), error=one.error) for one in looks]
    if any(one.ok is False for one in steps):
        return (*steps, _not_come_to(AUTH), _not_come_to(APPLICATION))
    why, ms = None if cause is None else cause.value, _ms(took)
    if cause in _UNKNOWN_TO_IT:
        return (*steps, ProbeStep(step=AUTH, ok=False, ms=ms, error=why), _not_come_to(APPLICATION))
    knows = True if cause is CauseKind.QUOTA else None
    return (
        *steps,
        ProbeStep(step=AUTH, ok=knows, ms=None, error=None),
        ProbeStep(step=APPLICATION, ok=False, ms=ms, error=why),
    )


def _not_come_to(step: str) -> ProbeStep:
    return ProbeStep(step=step, ok=None, ms=None, error=None)


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
