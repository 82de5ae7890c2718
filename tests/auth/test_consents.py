"""What persons let clients do, on both kinds of database."""

import asyncio
from datetime import timedelta

import pytest

from auth.clients import Clients
from auth.consents import Consents
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import GrantRow, PersonRow
from auth.vault import Vault
from connectors.viewer import Scope
from tests.auth.holdings import SECRET

PERSON = "p_0123"
WHO, NAME, PHONE = Scope.OPENID, Scope.PROFILE, Scope.PHONE


@pytest.fixture
async def client_id(database: Database) -> str:
    """A client, and a person."""
    await database.write(lambda session: _person(session, PERSON))
    created = await Clients(database, Vault(SECRET)).create(
        "studio", grants=["authorization_code"], scopes=list(Scope), redirect_uris=["https://a.example.cn/"]
    )
    return created[0]


async def _person(session: object, person_id: str) -> None:
    session.add(PersonRow(id=person_id, created_at=now()))  # type: ignore[attr-defined]  # an AsyncSession


async def test_consents_add_up(database: Database, client_id: str) -> None:
    """What was agreed to at several times counts together; what was not does not."""
    consents = Consents(database)
    await consents.give(PERSON, client_id, [WHO, NAME])
    await consents.give(PERSON, client_id, [PHONE])

    assert await consents.covers(PERSON, client_id, [WHO, NAME, PHONE])
    assert not await consents.covers(PERSON, client_id, [WHO, Scope.DUTY_READ])
    assert not await consents.covers(PERSON, "c_other", [WHO])


async def test_two_answers_at_once_both_count(database: Database, client_id: str) -> None:
    """Two tabs that agree at the same time lose nothing of each other."""
    consents = Consents(database)

    await asyncio.gather(*(consents.give(PERSON, client_id, [scope]) for scope in (WHO, NAME, PHONE)))

    assert await consents.given(PERSON, client_id) == {WHO, NAME, PHONE}


async def test_taking_back_leaves_nothing(database: Database, client_id: str) -> None:
    """After that everything is asked again, even to be let in at all."""
    consents = Consents(database)
    await consents.give(PERSON, client_id, [WHO, NAME])

    await consents.take_back(PERSON, client_id)

    assert not await consents.covers(PERSON, client_id, [])
    assert await consents.list(PERSON) == ()


async def test_whom_one_let_in_is_told(database: Database, client_id: str) -> None:
    """Clients with a consent and clients with a grant that lives are listed with all they may use."""
    consents = Consents(database)
    await consents.give(PERSON, client_id, [WHO])
    await database.write(lambda session: _grant(session, client_id, {"openid", "phone", "no-more"}, ends_in=60))
    await database.write(lambda session: _grant(session, client_id, {"duty:read"}, ends_in=-60))

    connected = (await consents.list(PERSON))[0]

    assert (connected.name, connected.scopes) == ("studio", {WHO, PHONE})


async def _grant(session: object, client_id: str, scopes: set[str], ends_in: int) -> None:
    row = GrantRow(
        id=f"g_{ends_in}",
        client_id=client_id,
        person_id=PERSON,
        scopes=frozenset(scopes),
        level=1,
        methods=frozenset({"x"}),
        proved_at=now(),
        offline=False,
        counter=0,
        created_at=now(),
        expires_at=now() + timedelta(seconds=ends_in),
    )
    session.add(row)  # type: ignore[attr-defined]  # an AsyncSession
