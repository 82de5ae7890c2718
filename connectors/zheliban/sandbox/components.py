"""What stands behind the IRS gateway: each component is its code in the settings and the operations it serves.

To add one: its code in ``settings.Components``, a function ``Scene -> Component`` beside its handlers, and its name in
the list in ``app.py``. What several components share (people, studios, clock) is the ``Scene``'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors.sandbox.app import Handler, Operation
from connectors.sandbox.world import PersonSeed, World
from connectors.zheliban.sandbox.companies import CompanyAccount
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.settings import ZhelibanSettings


@dataclass(frozen=True, slots=True)
class Scene:
    """What a component is made of; one per sandbox.

    ``people`` are those with an account on the citizen app, ``companies`` those who act for a company, both by their id
    in the sandbox. ``clock`` is the platform's, in seconds since 1970. What a caller's time is compared with is
    ``platform_time(request, scene.clock)``; how long tickets, tokens and secrets hold goes by ``clock`` alone, as a
    clock that is wrong is wrong from the first moment to the last.
    """

    settings: ZhelibanSettings
    world: World
    people: Mapping[str, PersonSeed]
    companies: Mapping[str, CompanyAccount]
    studios: StudioStore
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Served:
    """One operation of a component; ``path`` is what follows the component's code."""

    name: str
    method: str
    path: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class Component:
    """A component's code and what it serves."""

    code: str
    served: Sequence[Served]

    def operations(self, settings: ZhelibanSettings, guarded: Callable[[Handler], Handler]) -> Iterator[Operation]:
        """The operations as the sandbox serves them, behind the gate."""
        for each in self.served:
            path = settings.component_path(self.code) + each.path
            yield Operation(each.name, (each.method,), path, guarded(each.handler))
