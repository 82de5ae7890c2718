"""A person finds what they did and what was done to them, under whatever name, and nobody else."""

import pytest

from auth.audit import Act, Audit
from auth.audit.persons import employee_name, member_name
from auth.audit.reading import entries, pseudonyms_of
from auth.settings import AuditSettings, AuthSettings
from auth.store.persons import facts_of
from auth.vault import Vault
from tests.auth.audit.conftest import Books
from tests.auth.conftest import SECRET
from tests.auth.desk import Desk
from tests.auth.platforms import CHEN_WORK

NEWER = "a-newer-secret-of-the-tests-0123456789"


async def test_about_oneself(books: Books, desk: Desk) -> None:
    """By person id, by the registry's key, by employee code; who else was read in the same go is not told."""
    desk.registry.by_employee["GE_chen"] = "m-1"
    signed_in = await desk.sign_in(CHEN_WORK)
    person = await desk.read(lambda session: facts_of(session, signed_in.person_id))
    assert person is not None
    audit = books.audit()
    audit.note(Act.SIGNED_IN, who=person.person_id, client_id="app")
    audit.note(Act.ROLE_GIVEN, who="boss", whom=person.person_id, role="ops")
    for name in (member_name(person.member_key or ""), employee_name(person.employee_code or ""), "member other"):
        audit.note(Act.READ_PERSONAL, who="clerk", persons=(name, "member another"), fields=["Official.phone"])
    await audit.flush()

    told = await audit.about(person.person_id)

    assert [(one.act, one.by_self) for one in told] == [
        ("SIGNED_IN", True),
        ("ROLE_GIVEN", False),
        ("READ_PERSONAL", False),
        ("READ_PERSONAL", False),
    ]
    assert told[0].client_id == "app"
    assert [one.facts for one in told[2:]] == [{"fields": ["Official.phone"]}] * 2


async def test_an_older_secret_hides_nothing_from_them(books: Books) -> None:
    """Entries under the pseudonym of a former secret are found while that secret is set as a previous one."""
    old = books.audit()
    old.note(Act.SIGNED_IN, who="ann")
    await old.flush()
    settings = AuthSettings(secret=NEWER, previous_secrets=[SECRET], audit=AuditSettings(chain="first"))
    new = Audit(settings, books.database, Vault(settings.secret, settings.previous_secrets), books.keys)
    new.note(Act.SIGNED_OUT, who="ann")
    await new.flush()

    assert [one.act for one in await new.about("ann")] == ["SIGNED_IN", "SIGNED_OUT"]
    assert len(await pseudonyms_of("ann", books.database, Vault(settings.secret, settings.previous_secrets))) > 1


async def test_all_pages_are_read(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of one moment too, each once."""
    monkeypatch.setattr("auth.audit.reading._AT_ONCE", 3)
    monkeypatch.setattr("auth.audit.audit.time.time", lambda: 1_800_000_000.0)
    for chain in ("first", "second"):
        audit = books.audit(chain)
        for _ in range(5):
            audit.note(Act.SIGNED_IN)
        await audit.flush()

    found = [(one.chain, one.number) async for one in entries(books.database)]

    assert found == [(chain, number) for chain in ("first", "second") for number in range(1, 6)]
