import asyncio
from contextlib import aclosing

from sqlalchemy import update

from auth.client import AuthMethod
from auth.clients import Clients
from auth.known_clients import KnownClients
from auth.store import Database
from auth.store.tables import ClientRow
from auth.vault import Vault
from tests.auth.conftest import SECRET, Office
from tests.auth.slow_database import SlowDatabase

BASIC = AuthMethod.CLIENT_SECRET_BASIC


async def rename(database: Database, name: str) -> None:
    """Change every client behind our back, as another replica would."""
    await database.write(lambda session: session.execute(update(ClientRow).values(name=name)))


async def test_a_client_is_read_again_after_ten_seconds(office: Office) -> None:
    """Within them the store is not asked, and what another replica changed is not seen."""
    now = [0.0]
    known = KnownClients(office.database, lambda: now[0])
    client_id, _ = await office.register_partner()

    names = []
    for now[0], name in ((0.0, "first"), (9.9, "second"), (10.0, "third")):
        await rename(office.database, name)
        client = await known.get(client_id)
        assert client is not None
        names.append(client.client.name)

    assert names == ["first", "first", "third"]


async def test_a_change_in_this_process_is_seen_at_once(office: Office) -> None:
    """A new secret, and a client that was disabled."""
    client_id, first = await office.register_partner()
    clients = office.authority.clients
    assert await clients.authenticated(client_id, first, BASIC)

    await clients.rotate(client_id)
    third = await clients.rotate(client_id)
    answers = [await clients.authenticated(client_id, secret, BASIC) is not None for secret in (first, third)]
    await office.authority.endings.client(client_id)

    assert answers == [False, True]
    assert await clients.authenticated(client_id, third, BASIC) is None
    assert await clients.known(client_id) is None


async def test_what_was_read_before_a_change_is_not_kept(office: Office) -> None:
    """A read that was under way while the client changed answers its own request and no later one."""
    async with aclosing(SlowDatabase(office.settings.database_url)) as database:
        known = KnownClients(database)
        client_id, _ = await office.register_partner()
        under_way = asyncio.create_task(known.get(client_id))
        await database.has_read.wait()
        await rename(office.database, "changed")

        known.forget(client_id)
        database.may_answer.set()
        await under_way
        after = await known.get(client_id)

    assert after is not None
    assert after.client.name == "changed"


async def test_a_client_s_secrets_are_not_shown(office: Office) -> None:
    """Not even their digests."""
    client_id, _ = await office.register_partner()

    client = await KnownClients(office.database).get(client_id)

    assert client is not None
    assert not [digest for digest in client.digests if digest in repr(client)]


async def test_each_registry_knows_for_itself(office: Office) -> None:
    """One without a memory of its own given makes one."""
    client_id, secret = await office.register_partner()

    clients = Clients(office.database, Vault(office.settings.secret))

    assert SECRET not in repr(clients)
    assert await clients.authenticated(client_id, secret, BASIC)
