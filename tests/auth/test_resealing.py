"""Sealing what is stored anew, on a database of either kind."""

import pytest
from pydantic import SecretStr

from auth.keys import SigningKeys
from auth.resealing import reseal
from auth.sessions import Sessions
from auth.settings import SessionSettings
from auth.store import Database
from auth.store.tables import IdentityRow
from auth.vault import SealBrokenError, Vault
from tests.auth.desk import Desk
from tests.auth.factor.conftest import Bench

NEW = SecretStr("the-newer-secret-0123456789-0123456789")


@pytest.fixture
async def bench(database: Database, desk: Desk) -> Bench:
    """Somebody signed in with a second factor; everything that is sealed has a value."""
    made = Bench(database, desk)
    await made.enrol(await made.sign_in())
    await made.authority.keys.open()
    return made


async def test_what_was_sealed_before_is_sealed_anew_and_says_the_same(bench: Bench, database: Database) -> None:
    """With the national suite and a new secret, while the old ones are still set."""
    old = bench.authority.settings.secret
    changed = Vault(NEW, [old], "national")

    told = await reseal(database, changed)
    again = await reseal(database, changed)

    assert {"signing_key.sealed_private_jwk", "identity.sealed_name", "session.sealed_browser"} <= set(told.sealed)
    assert told.sealed["second_factor.sealed_secret"] == 1
    assert again.sealed == {}
    alone = Vault(NEW, suite="national")
    await SigningKeys(database, alone).open()
    (session,) = await Sessions(database, alone, SessionSettings()).living(await _person(database))
    assert session.browser == "a browser"


async def test_digests_that_are_left_are_told(bench: Bench, database: Database) -> None:
    """So that nobody drops a secret that recovery codes still need."""
    told = await reseal(database, Vault(NEW, [bench.authority.settings.secret]))

    assert told.left["recovery_code.digest"] == 10
    assert told.left["session.digest"] == 1


async def test_a_value_no_secret_opens_stops_it(bench: Bench, database: Database) -> None:
    """Nothing is overwritten that could not be read."""
    with pytest.raises(SealBrokenError):
        await reseal(database, Vault(NEW))

    assert (await reseal(database, bench.vault)).sealed == {}


async def _person(database: Database) -> str:
    row = await database.read(lambda session: session.get(IdentityRow, ("zhezhengding", "10000002")))
    assert row is not None
    return row.person_id
