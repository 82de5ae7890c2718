from datetime import timedelta

import pytest
from joserfc import jws
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.keys import SigningKeys, UnknownKeyError
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


async def test_a_rotated_key_is_published_before_it_signs(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has it by the time it signs; what the one before signed is believed as long as it can live."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()
    old = str((await keys.signing()).kid)

    new = await keys.rotate()
    before = str((await keys.signing()).kid), await _published(keys)
    monkeypatch.setattr("auth.keys.now", lambda: now() + timedelta(minutes=11))
    after = str((await keys.signing()).kid)

    assert before == (old, {old, new})
    assert after == new
    assert await keys.verifying(old) is not None


async def test_another_replica_signs_with_the_new_key_within_a_minute(database: Database) -> None:
    """It looks again now and then; a token by the new key is believed even before."""
    clock = [0.0]
    keys, other = SigningKeys(database, Vault(SECRET)), SigningKeys(database, Vault(SECRET), clock=lambda: clock[0])
    await keys.open()
    await other.open()

    new = await keys.rotate(timedelta())
    clock[0] += 3
    believed = await other.verifying(new)
    clock[0] += 61

    assert believed is not None
    assert (await other.signing()).kid == new


async def test_a_revoked_key_verifies_nothing_and_leaves_no_gap(database: Database) -> None:
    """The key that signed goes at once: another is there to sign with. An unknown one is told."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()
    stolen = str((await keys.signing()).kid)

    made = await keys.revoke(stolen)

    assert await keys.verifying(stolen) is None
    assert (await keys.signing()).kid == made
    with pytest.raises(UnknownKeyError):
        await keys.revoke(stolen)
    with pytest.raises(UnknownKeyError):
        await keys.revoke("nobody's")


async def test_a_successor_that_is_revoked_gets_one_of_its_own(database: Database) -> None:
    """Else the gateway would be without a key once the older one retires."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()
    old = str((await keys.signing()).kid)
    new = await keys.rotate()

    made = await keys.revoke(new)

    assert (await keys.signing()).kid == old
    assert made is not None
    assert await _published(keys) == {old, made}


async def test_keys_that_were_all_taken_away_are_made_again(database: Database) -> None:
    """Somebody emptied the table under a running gateway: it signs on."""
    clock = [0.0]
    keys = SigningKeys(database, Vault(SECRET), clock=lambda: clock[0])
    await keys.open()
    old = (await keys.signing()).kid
    await database.write(_retire)
    clock[0] += 61

    assert (await keys.signing()).kid != old


async def test_a_signed_token_names_its_key_and_kind(database: Database) -> None:
    """Whoever reads it needs both."""
    keys = SigningKeys(database, Vault(SECRET))
    await keys.open()

    token = await keys.signed("a+jwt", {"iss": "us"})

    signed = jws.deserialize_compact(token, await keys.signing(), algorithms=["ES256"])
    assert signed.headers() == {"alg": "ES256", "typ": "a+jwt", "kid": (await keys.signing()).kid}


async def test_private_keys_are_sealed(database: Database) -> None:
    """What lies in the database signs nothing without the secret."""
    await SigningKeys(database, Vault(SECRET)).open()

    (row,) = await database.read(lambda session: session.scalars(select(SigningKeyRow)))

    assert '"d"' not in row.sealed_private_jwk + row.public_jwk


async def _published(keys: SigningKeys) -> set[str]:
    return {key["kid"] for key in (await keys.published())["keys"]}
