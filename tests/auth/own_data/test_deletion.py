"""Deleting a person, on both kinds of database."""

from sqlalchemy import String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authority import Authority
from auth.store import Database
from auth.store.tables import Base, LogoutDeliveryRow, MemberLinkRow
from connectors.viewer import Ask, Viewer
from tests.auth.own_data.life import Life
from tests.auth.platforms import CHEN_WORK, LIN_CITIZEN


async def _texts(database: Database) -> dict[str, str]:
    """Everything that stands in every table, as text."""

    async def read(session: AsyncSession) -> dict[str, str]:
        return {
            name: repr([tuple(row) for row in await session.execute(select(table))])
            for name, table in Base.metadata.tables.items()
        }

    return await database.read(read)


async def test_nothing_is_remembered(database: Database, authority: Authority, ask: Ask) -> None:
    """Not for a minute either: what was read a moment before is not shown any more."""
    person_id = await Life(authority, database, ask).lived()
    own = Ask(Viewer(person_id=person_id), ask.deadline)
    before = await authority.accounts.load_accounts([person_id], own)

    await authority.deletion.delete(person_id)

    assert before != [None]
    assert await authority.accounts.load_accounts([person_id], own) == [None]


async def test_nothing_is_left(database: Database, authority: Authority, ask: Ask) -> None:
    """No table names the person, their accounts or their name; but for what must last a while under a random id."""
    life = Life(authority, database, ask)
    person_id = await life.lived()
    before = await _texts(database)
    traces = (person_id, "u-chen", "10000001", "GE_chen", "m-chen")
    assert all(any(trace in text for text in before.values()) for trace in traces)

    assert await authority.deletion.delete(person_id)

    left = {name for name, text in (await _texts(database)).items() if any(trace in text for trace in traces)}
    assert left == {"revocation", "logout_delivery"}
    emptied = {
        "person",
        "identity",
        "member_link",
        "session",
        "consent",
        "token_grant",
        "device_code",
        "second_factor",
        "recovery_code",
        "enrolment_code",
        "role_grant",
        "lockout",
    }
    after = await _texts(database)
    assert {name for name in emptied if after[name] != "[]"} == set()


async def test_every_table_with_a_person_was_looked_at() -> None:
    """A column that is added later and names a person is found here before it is forgotten there."""
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, (String, Text))
        and column.name in {"person_id", "subject", "sid", "holder", "member_key", "employee_code", "who", "whom"}
    } | {
        f"{key.parent.table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }

    assert named == {
        "audit_entry.who", "audit_entry.whom", "consent.person_id", "device_code.person_id", "device_code.sid",
        "enrolment_code.holder", "identity.employee_code", "identity.member_key", "identity.person_id",
        "identity.subject", "lockout.subject", "logout_delivery.sid", "logout_delivery.subject",
        "member_link.member_key", "member_link.person_id", "recovery_code.person_id", "role_grant.holder",
        "second_factor.person_id", "session.person_id", "session.sid", "token_grant.person_id", "token_grant.sid",
        "write.subject", "write_effect.holder", "write_effect.subject",  # a thing and a gateway; whose it is, by pseudonym
    }  # fmt: skip


async def test_clients_are_told(database: Database, authority: Authority, ask: Ask) -> None:
    """A client that knew the person is owed a logout, and tokens that are out end."""
    life = Life(authority, database, ask)
    person_id = await life.lived()

    await authority.deletion.delete(person_id)

    owed = await database.read(lambda session: session.scalar(select(LogoutDeliveryRow)))
    assert owed is not None
    assert (owed.client_id, owed.subject, owed.sid, owed.delivered_at) == (life.client_id, person_id, life.sid, None)


async def test_who_comes_again_is_somebody_new(database: Database, authority: Authority, ask: Ask) -> None:
    """The same account, signed in later, is another person with the roles the platforms tell and no more."""
    person_id = await Life(authority, database, ask).lived()
    await authority.deletion.delete(person_id)

    again = await authority.persons.signed_in(CHEN_WORK, ask)

    assert again.person_id != person_id
    assert {str(role) for role in again.roles} == {"official", "member"}
    link = await database.read(lambda session: session.get(MemberLinkRow, "m-chen"))
    assert link is not None
    assert link.person_id == again.person_id


async def test_deleting_twice_is_once(authority: Authority, database: Database, ask: Ask) -> None:
    """Whoever is gone already is not deleted again, and nobody else ever is."""
    other = await authority.persons.signed_in(LIN_CITIZEN, ask)
    person_id = await Life(authority, database, ask).lived()

    assert [await authority.deletion.delete(person_id) for _ in range(2)] == [True, False]
    assert await authority.selves.read(other.person_id) is not None


async def test_the_audit_keeps_a_pseudonym(authority: Authority, database: Database, ask: Ask) -> None:
    """What the person did is still proved, by a name that tells nobody who they were."""
    person_id = await Life(authority, database, ask).lived()
    await authority.deletion.delete(person_id)
    await authority.audit.flush()

    kept = (await _texts(database))["audit_entry"]

    assert person_id not in kept
    assert "PERSON_DELETED" in kept
    assert authority.vault.pseudonym(person_id) in kept
