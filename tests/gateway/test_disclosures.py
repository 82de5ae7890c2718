"""The audit is told once an operation and class, in groups of people, and never of one's own."""

import json
from pathlib import Path
from typing import Any

import pytest

from auth.audit import Audit
from auth.audit.reading import entries
from auth.keys import SigningKeys
from auth.settings import AuditSettings, AuthSettings
from auth.store import Database, upgrade
from auth.vault import Vault
from connectors.records.official import OfficialRef
from connectors.records.person_lookup import PersonLookup
from connectors.viewer import Role, Viewer
from gateway.disclosures import MOST_PERSONS, Disclosures
from gateway.execution.run import Bad
from schema.build import shared_schema
from schema.fields import declaration_of
from schema.personal import Personal, personal_of

VIEWER = Viewer(person_id="reader", client_id="pages", roles=frozenset({Role.OFFICIAL}), employee_code="GE_0")


def personal(type_name: str, field: str) -> Personal:
    """A field of the graph."""
    declaration = declaration_of(shared_schema().type_map[type_name].fields[field])
    assert declaration is not None
    made = personal_of(f"{type_name}.{field}", declaration)
    assert made is not None
    return made


class Books:
    """An audit with what it kept."""

    def __init__(self, database: Database) -> None:
        self.database = database
        settings = AuthSettings(secret="invented-secret-of-the-tests-0123456789", audit=AuditSettings(chain="first"))
        self.vault = Vault(settings.secret)
        self.audit = Audit(settings, database, self.vault, SigningKeys(database, self.vault))

    async def kept(self) -> list[Any]:
        """The entries."""
        await self.audit.flush()
        return [row async for row in entries(self.database)]


@pytest.fixture
async def books(tmp_path: Path) -> Any:
    """Empty."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    await upgrade(database)
    yield Books(database)
    await database.aclose()


def officials(count: int) -> list[OfficialRef]:
    """So many."""
    return [OfficialRef(key=f"GE_{n}", employee_code=f"GE_{n}") for n in range(count)]


async def test_one_entry_tells_all_people_of_a_level(books: Books) -> None:
    """By pseudonym; the reader's own, nulls and errors are left out; fields of one class stand together."""
    people = officials(5)
    phones = ["1", "2", None, ValueError("broken"), "5"]
    todos = ["page", "page", Bad(ValueError(), 0), None, None]

    Disclosures(books.audit)(
        VIEWER,
        "trace",
        [
            (personal("Official", "phone"), people, phones),
            (personal("Official", "phone"), people[:2], phones[:2]),
            (personal("Official", "todos"), people, todos),
            (personal("Official", "notices"), people[:2], ["page", "page"]),
        ],
    )

    phone, own_choice = await books.kept()
    assert (phone.act, phone.client_id, phone.trace_id) == ("READ_PERSONAL", "pages", "trace")
    assert phone.who == books.vault.pseudonym("reader")
    told = json.loads(phone.facts)
    assert (told["kind"], told["fields"], told["count"]) == ("phone", ["Official.phone"], 2)
    assert set(told["persons"]) == {books.vault.pseudonym(f"employee GE_{n}") for n in (1, 4)}
    assert json.loads(own_choice.facts)["fields"] == ["Official.notices", "Official.todos"]
    assert json.loads(own_choice.facts)["count"] == 1


async def test_many_people_are_several_entries(books: Books) -> None:
    """So that each can be found, and no entry grows without bound."""
    people = officials(2 * MOST_PERSONS + 1)

    Disclosures(books.audit)(VIEWER, "trace", [(personal("Official", "phone"), people, ["1"] * len(people))])

    assert [json.loads(row.facts)["count"] for row in await books.kept()] == [MOST_PERSONS, MOST_PERSONS]


async def test_ones_own_is_no_entry(books: Books) -> None:
    """Nor is what was not there."""
    Disclosures(books.audit)(VIEWER, "trace", [(personal("Official", "phone"), officials(1), ["1"])])
    Disclosures(books.audit)(VIEWER, "trace", [(personal("Official", "phone"), officials(9), [None] * 9)])

    assert await books.kept() == []


async def test_each_stated_purpose_is_an_entry_of_its_own(books: Books) -> None:
    """What was said they are for stands in the entry, in the words that were used."""
    persons = [
        PersonLookup(key=key, purpose=purpose, found=False, name=None, region_key=None, grid_key=None, statuses=None)
        for key, purpose in (("v1:a", "走访慰问"), ("v1:b", "核对救助申请"), ("v1:c", "走访慰问"))
    ]

    Disclosures(books.audit)(VIEWER, "trace", [(personal("PersonLookup", "found"), persons, [False, False, False])])

    told = [json.loads(entry.facts) for entry in await books.kept()]
    assert [(one["kind"], one["purpose"], one["count"]) for one in told] == [
        ("resident", "走访慰问", 2),
        ("resident", "核对救助申请", 1),
    ]
    assert told[1]["persons"] == [books.vault.pseudonym("resident v1:b")]
