"""The incidents somebody wants to see: by platform, kind and whether they go on, as the address says. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gateway.ops.kept_shapes import IncidentTold
from gateway.ops.shapes import Picture

OPEN, ENDED = "open", "ended"
FIELDS = ("platform", "kind", "state")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An empty one means all."""

    platform: str = ""
    kind: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """As an address has it, with its question mark; nothing for all."""
        asked = {name: value for name in FIELDS if (value := getattr(self, name))}
        return f"?{urlencode(asked)}" if asked else ""

    def fits(self, incident: IncidentTold) -> bool:
        """Whether an incident is wanted; what concerned all platforms concerned each."""
        going_on = OPEN if incident.ended is None else ENDED
        return (
            (not self.platform or incident.platform in {None, self.platform})
            and (not self.kind or incident.kind == self.kind)
            and (not self.state or going_on == self.state)
        )


def wanted_in(query: Mapping[str, str]) -> Wanted:
    """Read it from an address; what no incident is called leaves nothing to show, and harms nobody."""
    return Wanted(*(query.get(name, "") for name in FIELDS))


def shown(picture: Picture, wanted: Wanted) -> Sequence[IncidentTold]:
    """The latest first."""
    return sorted((one for one in picture.incidents if wanted.fits(one)), key=lambda one: one.began, reverse=True)


def kinds_in(picture: Picture) -> Sequence[str]:
    """What to choose from."""
    return sorted({one.kind for one in picture.incidents})
