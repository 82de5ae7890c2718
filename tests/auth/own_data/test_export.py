"""What a person takes along, on both kinds of database."""

import json

from auth.authority import Authority
from auth.store import Database
from auth.store.tables import Base
from connectors.viewer import Ask
from tests.auth.own_data.life import Life
from tests.auth.platforms import CHEN_CITIZEN, LIN_CITIZEN

_SECRET = ("sealed", "digest", "code_facts", "jkt", "step", "counter")


async def test_it_holds_what_is_there(database: Database, authority: Authority, ask: Ask) -> None:
    """Every table that says something of the person is in it, with values opened that are sealed; nobody else is."""
    life, other = Life(authority, database, ask), await authority.persons.signed_in(LIN_CITIZEN, ask)
    person_id = await life.lived()

    told = await authority.export.of(person_id)

    assert told["person"]["id"] == person_id
    assert told["person"]["roles"] == ["citizen", "member", "official", "ops"]
    assert [(one["platform"], one["subject"], one["name"]) for one in told["identities"]] == [
        ("zheliban", "u-chen", "陈大友"),
        ("zhezhengding", "10000001", "陈大友"),
    ]
    assert told["membership"][0]["member_key"] == "m-chen"
    assert told["roles_given"][0]["role"] == "ops"
    assert told["sessions"][0]["browser"] == "a browser"
    assert [told[name][0]["client_id"] for name in ("consents", "grants", "devices", "logouts_told")] == [
        life.client_id
    ] * 4
    assert told["second_factor"]["recovery_codes"] == [{"used_at": None}]
    assert not any(text in repr(told) for text in (other.person_id, LIN_CITIZEN.name))
    assert {entry["act"] for entry in told["audit"]} >= {"SIGNED_IN", "OWN_DATA_EXPORTED"}


async def test_it_is_json_without_secrets(database: Database, authority: Authority, ask: Ask) -> None:
    """No digest, nothing sealed, nothing a credential could be made of; moments in UTC (RFC 3339)."""
    person_id = await Life(authority, database, ask).lived()

    told = json.loads(json.dumps(await authority.export.of(person_id)))

    names = {name for rows in told.values() if isinstance(rows, list) for row in rows for name in row}
    assert not {name for name in names if any(part in name for part in _SECRET)}
    assert CHEN_CITIZEN.mobile not in json.dumps(told)
    assert told["exported_at"].endswith("Z")
    assert told["sessions"][0]["created_at"].endswith("Z")


async def test_every_column_is_told_or_a_secret(database: Database, authority: Authority, ask: Ask) -> None:
    """A column that is added later is told too, or is named here as a secret."""
    told = await authority.export.of(await Life(authority, database, ask).lived())

    for name, table in {"sessions": "session", "grants": "token_grant", "consents": "consent"}.items():
        columns = {column.name for column in Base.metadata.tables[table].columns}
        left_out = columns - told[name][0].keys() - {"person_id", "sealed_browser"}
        assert not {column for column in left_out if not column.startswith((*_SECRET, "code_", "dpop_"))}, name
