import time
from typing import TypeVar

import pytest

from auth.known_clients import KnownClients
from auth.known_persons import KnownPersons
from auth.remembered import Remembered
from auth.revocations import Revoked
from auth.store import Database, StoreUnavailableError
from auth.store.database import Work
from auth.tokens import AccessTokens, InvalidTokenError
from auth.viewers import Viewers
from connectors.viewer import ANYONE
from tests.auth.conftest import Office
from tests.auth.holdings import disable
from tests.auth.platforms import CHEN_CITIZEN, LIN_CITIZEN

T = TypeVar("T")


class AwayDatabase(Database):
    """One that may be away."""

    away = False

    async def read(self, work: Work[T]) -> T:
        """Read, where it is there."""
        if self.away:
            raise StoreUnavailableError("away")
        return await super().read(work)


async def test_a_verified_token_is_remembered_until_it_must_be_looked_at_again(office: Office) -> None:
    """Within the minute the store is not asked; after it, or when the token ends, it is."""
    now = [time.time()]
    authority = office.authority
    viewers = Viewers(KnownPersons(office.database), KnownClients(office.database, clock=lambda: now[0]))
    tokens = AccessTokens(office.settings, authority.keys, viewers, authority.revocations, clock=lambda: now[0])
    login = await office.register()
    lasting, short = [
        (await office.post(office.exchange_form(who), login)).json()["access_token"]
        for who in (CHEN_CITIZEN, LIN_CITIZEN)
    ]
    await tokens.viewer_of(lasting)
    await disable(office.database, login[0])

    now[0] += 59
    remembered = await tokens.viewer_of(lasting)
    now[0] += 2

    assert remembered.accounts == {"zheliban": "u-chen"}
    with pytest.raises(InvalidTokenError):
        await tokens.viewer_of(lasting)
    with pytest.raises(InvalidTokenError):
        await tokens.viewer_of(short)


async def test_an_ended_token_is_not_remembered(office: Office) -> None:
    """A token about to end is remembered only until it does."""
    now = [time.time()]
    tokens = AccessTokens(
        office.settings,
        office.authority.keys,
        Viewers(KnownPersons(office.database), KnownClients(office.database)),
        office.authority.revocations,
        clock=lambda: now[0],
    )
    token = await office.token(CHEN_CITIZEN)
    now[0] += 590
    await tokens.viewer_of(token)

    now[0] += 20

    with pytest.raises(InvalidTokenError):
        await tokens.viewer_of(token)


async def test_a_token_seen_before_is_good_while_the_store_is_away(office: Office) -> None:
    """Until it ends, or is taken back; one that nobody has seen is not looked up."""
    now = [time.time()]
    away = AwayDatabase(str(office.database._url))
    authority = office.authority
    clients = KnownClients(away, clock=lambda: now[0])
    tokens = AccessTokens(
        office.settings,
        authority.keys,
        Viewers(KnownPersons(away), clients),
        authority.revocations,
        clock=lambda: now[0],
    )
    seen, other, unseen = [await office.token(CHEN_CITIZEN) for _ in range(3)]
    before = await tokens.viewer_of(seen)
    taken = (await tokens.verified(other)).claims

    away.away = True
    now[0] += 120
    later = await tokens.viewer_of(seen)
    authority.revocations.note(Revoked.JTI, taken.jti)

    assert later == before
    with pytest.raises(InvalidTokenError):
        await tokens.viewer_of(other)
    with pytest.raises(StoreUnavailableError):
        await tokens.viewer_of(unseen)
    now[0] += 600
    with pytest.raises(InvalidTokenError):
        await tokens.viewer_of(seen)
    await away.aclose()


def test_memory_is_bounded() -> None:
    """However many tokens there are, only so many are remembered: the oldest go first."""
    memory = Remembered(time.time, limit=100)

    for number in range(250):
        memory.keep(f"token {number}", ANYONE, time.time() + 60)

    assert len(memory) == 100
    assert memory.get("token 149") is None
    assert memory.get("token 249") is ANYONE
