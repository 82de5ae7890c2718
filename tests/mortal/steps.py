"""Every step of sign-on that changes something: one request to be killed in, and what must be true afterwards."""

from collections.abc import Iterable

import httpx

from tests.mortal.act import Step
from tests.mortal.lives import KILLED
from tests.mortal.person_steps import deleting, enrolling, linking, removing, signing_in, signing_out
from tests.mortal.token_steps import authorizing, consenting, exchanging, redeeming, refreshing, trading
from tests.mortal.whole import whole
from tests.mortal.world import World

STEPS: tuple[Step, ...] = (
    authorizing,
    consenting,
    trading,
    refreshing,
    redeeming,
    exchanging,
    signing_in,
    linking,
    deleting,
    signing_out,
    enrolling,
    removing,
)


def killed_in(world: World, step: Step, moments: Iterable[int]) -> int:
    """Kill in one moment after the other, until the step is over before; answers how often it was killed."""
    for times, moment in enumerate(moments):
        act = step(world)
        try:
            act.request({"Dies-At": str(moment)})
        except httpx.TransportError:
            assert world.lives.ended() == KILLED
            world.lives.begin()
            act.after()
            world.inside(whole)
        else:
            act.after()
            world.inside(whole)
            return times
    return len(list(moments))
