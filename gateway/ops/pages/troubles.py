"""What is wrong, one cause at a time: platforms that are ill for the same reason stand together. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.ops.pages.levels import Level, is_off, level_of
from gateway.ops.shapes import CauseTold, Done, FieldNoticed, Picture, PlatformTold, Press

FEW_FIELDS = 3
"""So many fit on the first screen; the others are a press away."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause and the platforms it makes ill, the one users notice most first."""

    cause: CauseTold
    platforms: Sequence[PlatformTold]

    @property
    def level(self) -> Level:
        """The worst of them."""
        return max((level_of(one) for one in self.platforms), key=list(Level).index)

    @property
    def since(self) -> datetime:
        """The first of them."""
        return min(one.since for one in self.platforms)

    @property
    def last_good(self) -> datetime | None:
        """The latest good answer of any."""
        return max((one.last_good_answer_at for one in self.platforms if one.last_good_answer_at), default=None)

    @property
    def fields(self) -> Sequence[FieldNoticed]:
        """What came without its data or with old data, the most asked for first."""
        every = [field for one in self.platforms for field in one.noticed.fields]
        return sorted(every, key=lambda field: -field.requests)

    @property
    def done(self) -> Sequence[tuple[Done, str]]:
        """What the gateway did, the latest first; the same act for several platforms at once is told once."""
        acts: dict[tuple[str, str], Done] = {}
        for one in self.platforms:
            for done in one.done:
                known = acts.get((done.zh, done.en))
                if known is None or (done.at and known.at and done.at > known.at):
                    acts[done.zh, done.en] = done
        counts = {key: sum((d.zh, d.en) == key for one in self.platforms for d in one.done) for key in acts}
        latest = sorted(acts.items(), key=lambda act: act[1].at.timestamp() if act[1].at else 0, reverse=True)
        return [(done, f"×{counts[key]}" if counts[key] > 1 else "") for key, done in latest]

    @property
    def press(self) -> Sequence[tuple[Press, Sequence[PlatformTold]]]:
        """The buttons, each with the platforms it may be pressed for."""
        acts: dict[str, tuple[Press, list[PlatformTold]]] = {}
        for one in self.platforms:
            for press in one.press:
                acts.setdefault(press.act, (press, []))[1].append(one)
        return list(acts.values())


def troubles_of(picture: Picture) -> list[Trouble]:
    """The worst first; a platform nobody set up is no trouble."""
    grouped: dict[tuple[str, str], list[PlatformTold]] = {}
    causes: dict[tuple[str, str], CauseTold] = {}
    for platform in sorted(picture.platforms, key=lambda one: -one.noticed.requests):
        if platform.cause is not None and not is_off(platform):
            key = (platform.cause.kind, platform.cause.where)
            grouped.setdefault(key, []).append(platform)
            causes.setdefault(key, platform.cause)
    troubles = [Trouble(causes[key], platforms) for key, platforms in grouped.items()]
    worst = list(Level)
    return sorted(troubles, key=lambda one: (-worst.index(one.level), -sum(p.noticed.requests for p in one.platforms)))
