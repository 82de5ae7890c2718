from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.keys import SigningKeys
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import SigningKeyRow
from auth.vault import SealBrokenError, Vault

SECRET, OTHER = SecretStr("the-secret-0123456789-0123456789-01234"), SecretStr("another-0123456789-0123456789-0123456")


async def test_a_key_is_made_once_and_kept(database: Database) -> None:
    """A gateway that starts again signs with the key it had."""
    first, again = SigningKeys(database, Vault(SECRET)), SigningKeys(database, Vault(SECRET))
    await first.open()
    await again.open()

    assert (await again.signing()).kid == (await first.signing()).kid
    assert len((await again.published())["keys"]) == 1


async def test_published_keys_are_public(database: Database) -> None:
    """The published key says what it is for and holds no private part."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()

    (published,) = (await keys.published())["keys"]

    assert published.keys() == {"kty", "crv", "x", "y", "alg", "use", "kid"}
    assert (published["kty"], published["crv"], published["alg"], published["use"]) == ("EC", "P-256", "ES256", "sig")


async def test_keys_sealed_with_another_secret_stop_the_start(database: Database) -> None:
    """Without the secret that sealed the keys nothing can be signed: said at once, and mended by naming it."""
    await SigningKeys(database, Vault(SECRET)).open()

    with pytest.raises(SealBrokenError, match="previous_secrets"):
        await SigningKeys(database, Vault(OTHER)).open()
    await SigningKeys(database, Vault(OTHER, [SECRET])).open()


async def test_a_retired_key_verifies_nothing(database: Database) -> None:
    """After its end a key is neither published nor known, and a start makes a new one."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()
    old = str((await keys.signing()).kid)

    await database.write(_retire)
    later = SigningKeys(database, Vault(SECRET))
    await later.open()

    assert await later.verifying(old) is None
    assert (await later.signing()).kid != old


async def test_a_key_another_replica_made_is_found(database: Database) -> None:
    """A token that names an unknown key makes the gateway look again, but not for every such token."""
    clock = [0.0]
    keys = SigningKeys(database, Vault(SECRET), clock=lambda: clock[0])
    await keys.open()
    await database.write(_retire)
    other = SigningKeys(database, Vault(SECRET))
    await other.open()
    kid = str((await other.signing()).kid)

    at_once = await keys.verifying(kid)
    clock[0] += 3
    soon = await keys.verifying(kid)

    assert at_once is None
    assert soon is not None
    assert soon.kid == kid


async def _retire(session: AsyncSession) -> None:
    await session.execute(update(SigningKeyRow).values(retired_at=now() - timedelta(seconds=1)))
