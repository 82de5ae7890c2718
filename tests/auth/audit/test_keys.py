"""Checkpoints are signed by SM2 where cryptography is national, and either kind stays good."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from auth import sm2
from auth.audit import Act
from auth.audit.keys import CheckpointKeys
from auth.audit.verifying import Fault
from auth.foreign import foreign_from
from auth.keys import SigningKeys
from auth.resealing import reseal
from auth.store import Database
from auth.vault import Vault
from connectors.ciphers.sm2 import Sm2Key
from tests.auth.audit.conftest import Books
from tests.auth.conftest import SECRET

DAY = 86_400.0
NEW = SecretStr("the-newer-secret-0123456789-0123456789")
THEIRS = SecretStr("a-secret-of-theirs-0123456789-0123456789")


@pytest.fixture
async def national(database: Database) -> Books:
    """Books under the national suite, once on each kind of database."""
    made = Books(database, "national")
    await made.keys.open()
    return made


async def signed(books: Books, chain: str = "first", count: int = 3) -> None:
    """Write so many entries and one more, then sign where the chain ends."""
    audit = books.audit(chain)
    for number in range(count):
        audit.note(Act.SIGNED_IN, nth=number)
        await audit.flush()
    async with audit.running():
        pass


async def rows(books: Books, table: str, order: str) -> list[Any]:
    """All rows of a table."""
    return await books.run(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - names of ours


def other(books: Books, suite: Any) -> Books:
    """The same books after the setting was changed."""
    return replace(books, suite=suite)


async def test_a_checkpoint_is_signed_by_a_key_of_its_own(national: Books) -> None:
    """Made when it is needed, sealed, named by its thumbprint; in no set of keys."""
    before = {row.alg for row in await rows(national, "signing_key", "alg")}
    await signed(national)

    (checkpoint,) = await rows(national, "audit_checkpoint", "number")
    es256, key = await rows(national, "signing_key", "alg")
    read = foreign_from(checkpoint.signature, also=[sm2.ALGORITHM])
    assert before == {"ES256"}
    assert (es256.alg, key.alg, key.kid) == ("ES256", "SM2", checkpoint.kid)
    assert read.header == {"alg": "SM2", "kid": key.kid, "typ": "tongxin-audit+jws"}
    assert len(read.signature) == 64
    assert '"d"' not in key.public_jwk + key.sealed_private_jwk
    assert [one["kid"] for one in (await national.keys.published())["keys"]] == [es256.kid]
    assert await national.keys.verifying(key.kid) is None, "no token is signed by it"
    assert await national.broken() == {}


async def test_a_chain_goes_on_through_a_change_of_the_setting(national: Books) -> None:
    """There and back again: each checkpoint is verified by the algorithm that signed it."""
    international = other(national, "international")

    for books in (international, national, international, national):
        await signed(books)

    kinds = [
        foreign_from(row.signature, also=[sm2.ALGORITHM]).algorithm
        for row in await rows(national, "audit_checkpoint", "number")
    ]
    assert kinds == ["ES256", "SM2", "ES256", "SM2"]
    assert await national.broken() == await international.broken() == {}
    assert len(await rows(national, "signing_key", "alg")) == 2, "the key of SM2 is kept"


CHANGES = {
    "another fact": ("UPDATE audit_entry SET facts = '{}' WHERE number = 3", 3, Fault.CHANGED),
    "the last is gone": ("DELETE FROM audit_entry WHERE number = 8", 8, Fault.NO_END),
    "the last checkpoint of theirs": (
        "UPDATE audit_checkpoint SET digest = 'sm3.00' WHERE number = 8",
        8,
        Fault.NOT_OURS,
    ),
    "an older checkpoint of theirs": (
        "UPDATE audit_checkpoint SET digest = 'sm3.00' WHERE number = 4",
        4,
        Fault.NOT_OURS,
    ),
    "the last signature of theirs": (
        "UPDATE audit_checkpoint SET signature = (SELECT max(signature) FROM audit_checkpoint WHERE number = 4)",
        8,
        Fault.NOT_OURS,
    ),
    "its key is gone": ("DELETE FROM signing_key WHERE alg = 'SM2'", 4, Fault.NOT_OURS),
    "its key says another algorithm": ("UPDATE signing_key SET alg = 'ES256'", 4, Fault.NOT_OURS),
    "its key does not open": ("UPDATE signing_key SET sealed_private_jwk = 'x' WHERE alg = 'SM2'", 4, Fault.NOT_OURS),
}


@pytest.mark.parametrize("case", CHANGES)
async def test_a_change_is_found(national: Books, case: str) -> None:
    """As with ES256."""
    statement, number, fault = CHANGES[case]
    await signed(national)
    await signed(national)
    assert await national.broken() == {}

    await national.run(statement)

    assert await national.broken() == {"first": (number, fault)}


async def test_a_chain_made_anew_is_found_by_the_checkpoints_before_it(national: Books) -> None:
    """All its hashes fit; those signed say otherwise."""
    await signed(national)

    await national.run("DELETE FROM audit_entry")
    await national.run("UPDATE audit_checkpoint SET chain = 'aside'")
    audit = national.audit()
    for _ in range(5):
        audit.note(Act.SIGNED_OUT)
    await audit.flush()
    await national.run("UPDATE audit_checkpoint SET chain = 'first'")

    assert await national.broken() == {"first": (4, Fault.OTHERWISE_SIGNED)}


async def test_a_key_of_theirs_signs_nothing(national: Books) -> None:
    """Sealed with a secret of theirs it does not open; under our key's name it is not the key it says."""
    await signed(national)
    (stored,) = await national.run("SELECT kid, sealed_private_jwk FROM signing_key WHERE alg = 'SM2'")
    stranger = sm2.private_jwk(Sm2Key.generate())

    for sealed in (
        Vault(THEIRS).seal("{}", "x"),
        national.vault.seal(json.dumps(stranger), f"signing key {stored.kid}"),
    ):
        await national.run("UPDATE signing_key SET sealed_private_jwk = :sealed WHERE alg = 'SM2'", sealed=sealed)
        assert await national.broken() == {"first": (4, Fault.NOT_OURS)}

    await national.run(
        "UPDATE signing_key SET sealed_private_jwk = :sealed WHERE alg = 'SM2'", sealed=stored.sealed_private_jwk
    )
    assert await national.broken() == {}


async def test_what_is_pruned_is_signed_by_sm2(national: Books, ticking: Callable[[float], None]) -> None:
    """The rest of the chain begins where the checkpoint says, and nowhere else."""
    ticking(-300 * DAY)
    old = national.audit()
    for _ in range(3):
        old.note(Act.SIGNED_IN)
    await old.flush()
    ticking(300 * DAY)
    old.note(Act.SIGNED_IN)
    await old.flush()

    assert await national.audit("other").prune() == 3

    (checkpoint,) = await rows(national, "audit_checkpoint", "number")
    assert checkpoint.number == 3
    assert await national.broken() == {}
    await national.run("DELETE FROM audit_entry")
    assert await national.broken() == {}, "all that is left is pruned"


async def test_rotation_changes_it_too(national: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the tokens' key, after the same time; what the one before signed stays good, and it is listed."""
    await signed(national)
    await national.keys.rotate()
    new = next(key for key in await national.keys.list() if key.alg == "SM2" and not key.signs)
    keys = CheckpointKeys(national.database, national.vault, national.keys)
    before = (await keys.signing()).kid

    monkeypatch.setattr("auth.audit.keys.now", lambda: new.not_before + timedelta(seconds=1))
    after = CheckpointKeys(national.database, national.vault, national.keys)

    assert (await after.signing()).kid == new.kid != before
    facts = {key.kid: key for key in await national.keys.list()}
    assert len(facts) == 4
    assert sorted(key.alg for key in facts.values() if key.signs) == ["ES256", "SM2"]
    assert facts[before].retired_at is not None
    assert facts[new.kid].retired_at is None
    monkeypatch.undo()
    await signed(national)
    assert await national.broken() == {}


async def test_the_first_key_is_no_business_of_a_rotation(national: Books) -> None:
    """Nobody signed a checkpoint yet; nor is one made, or shown as signing, where cryptography is international."""
    await national.keys.rotate()
    algorithms = [key.alg for key in await national.keys.list()]
    await signed(national)
    international = SigningKeys(national.database, other(national, "international").vault)

    await international.rotate()

    assert algorithms == ["ES256", "ES256"]
    listed = await international.list()
    assert sorted(key.alg for key in listed) == ["ES256", "ES256", "ES256", "SM2"]
    assert [key.alg for key in listed if key.signs] == ["ES256"]


async def test_a_revoked_key_signs_no_more(national: Books) -> None:
    """Another is made, within a minute; tokens are signed as before."""
    await signed(national)
    clock = [0.0]
    keys = CheckpointKeys(national.database, national.vault, national.keys, lambda: clock[0])
    old, tokens = (await keys.signing()).kid, (await national.keys.signing()).kid

    await national.keys.revoke(old)
    clock[0] += 61

    assert (await keys.signing()).kid != old
    assert (await national.keys.signing()).kid == tokens
    assert len((await national.keys.published())["keys"]) == 1


async def test_a_new_secret_seals_it_anew(national: Books) -> None:
    """After that the old secret is not needed to verify."""
    await signed(national)
    told = await reseal(national.database, Vault(NEW, [SecretStr(SECRET)], "national"))

    national.vault = Vault(NEW, suite="national")
    assert told.sealed["signing_key.sealed_private_jwk"] == 2
    assert await national.broken() == {}
