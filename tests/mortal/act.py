"""One request to be killed in, and what must be true afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import func, select

from auth.authority import Authority
from tests.mortal.world import World

OK, REFUSED = 200, 400
Headers = dict[str, str]


@dataclass
class Act:
    """``request`` is sent once, and may kill; ``after`` claims what holds then, whether there was an answer or not."""

    request: Callable[[Headers], httpx.Response]
    after: Callable[[], None]


Step = Callable[[World], Act]


def count_of(world: World, what: Any) -> int:
    """How many rows there are."""

    async def counted(authority: Authority) -> int:
        found = await authority.database.read(lambda session: session.scalar(select(func.count()).where(what)))
        return int(found or 0)

    return world.inside(counted)
