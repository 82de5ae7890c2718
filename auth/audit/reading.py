"""Reads entries again: all of them since a day, or those a person is in."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit.acts import Act
from auth.audit.entry import PERSONS
from auth.audit.persons import person_names
from auth.store.database import Database
from auth.store.persons import facts_of
from auth.store.tables import AuditEntryRow
from auth.vault import Vault

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """An entry as the person it is about may see it: nobody else's pseudonym stands in it.

    ``by_self``: whether they did it themselves; else it was done to them.
    """

    at: datetime
    act: str
    by_self: bool
    client_id: str | None
    facts: dict[str, Any]


async def about(person_id: str, database: Database, vault: Vault) -> list[AboutPerson]:
    """What a person did and what was done to them, the oldest first; raises ``StoreUnavailableError``."""
    names = await pseudonyms_of(person_id, database, vault)
    return [
        AboutPerson(row.at, row.act, row.who in names, row.client_id, _without_others(row))
        async for row in entries(database, names=names)
    ]


async def pseudonyms_of(person_id: str, database: Database, vault: Vault) -> tuple[str, ...]:
    """Every pseudonym a person may stand under: of each of their names, with each secret there was."""
    person = await database.read(partial(facts_of, person_id=person_id))
    names = (person_id, *(person_names(person) if person else ()))
    return tuple(pseudonym for name in names for pseudonym in vault.pseudonyms(name))


async def entries(
    database: Database, *, names: Sequence[str] = (), since: datetime | None = None
) -> AsyncIterator[AuditEntryRow]:
    """Give the entries of every chain by time; only those with these pseudonyms, where there are any.

    Raises ``StoreUnavailableError``.
    """
    row = AuditEntryRow
    place = tuple_(row.at, row.chain, row.number)
    wanted = select(row).where(_with(names)).order_by(*place).limit(_AT_ONCE)
    if since is not None:
        wanted = wanted.where(row.at >= since)
    page = wanted
    while True:
        rows = await database.read(partial(_fetched, wanted=page))
        for one in rows:
            yield one
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]
        later = and_(row.at == last.at, tuple_(row.chain, row.number) > tuple_(last.chain, last.number))
        page = wanted.where(or_(row.at > last.at, later))


def _with(names: Sequence[str]) -> ColumnElement[bool]:
    row = AuditEntryRow
    if not names:
        return row.number > 0
    listed = [row.facts.contains(name) for name in names]  # pseudonyms are chance: nothing else has such a text
    among = and_(row.act == Act.READ_PERSONAL.name, or_(*listed))
    return or_(row.who.in_(names), row.whom.in_(names), among)


def _without_others(row: AuditEntryRow) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(row.facts)
    facts.pop(PERSONS, None)
    return facts


async def _fetched(session: AsyncSession, *, wanted: Select[AuditEntryRow]) -> Sequence[AuditEntryRow]:
    return (await session.scalars(wanted)).all()
