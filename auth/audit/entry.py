"""An entry on its way into the chain: what was noted, and what is kept of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from auth.audit.acts import Act
from connectors.ciphers.suite import SUITES, Suite

BEFORE_ALL = ""
"""What the first entry of a chain has in the place of the digest before."""

PERSONS = "persons"
"""The fact that lists whom an act concerned, where they are more than one."""

_LONGEST = 40
_HASHES = {suite.hash_name: suite for suite in SUITES.values()}
_facts = msgspec.json.Encoder(order="deterministic", enc_hook=str).encode
_line = msgspec.json.Encoder().encode


class Noted(NamedTuple):
    """What somebody noted; made on a request's path, so as cheap as can be. ``persons``: further ones it is about."""

    seconds: float
    act: Act
    who: str | None
    whom: str | None
    client_id: str | None
    trace_id: str | None
    facts: dict[str, Any]
    persons: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What is kept: the columns of ``audit_entry`` but chain, number and digest."""

    at: datetime
    act: str
    who: str | None
    whom: str | None
    client_id: str | None
    trace_id: str | None
    facts: str


def entry_of(noted: Noted, pseudonym: Callable[[str], str]) -> Entry:
    """Put pseudonyms in the place of people, and facts into words."""
    facts = dict(noted.facts)
    if noted.persons:
        facts[PERSONS] = sorted({pseudonym(person) for person in noted.persons})
    return Entry(
        datetime.fromtimestamp(noted.seconds, UTC),
        noted.act.name,
        pseudonym(noted.who) if noted.who else None,
        pseudonym(noted.whom) if noted.whom else None,
        _short(noted.client_id),
        _short(noted.trace_id),
        _facts(facts).decode(),
    )


def digest_of(suite: Suite, chain: str, number: int, entry: Entry, before: str) -> str:
    """Chain an entry to the one before: the hash of a JSON list of every column, behind the name of the hash."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = (entry.act, entry.who, entry.whom, entry.client_id, entry.trace_id, entry.facts)
    return f"{suite.hash_name}.{suite.hash(_line((before, chain, number, at, *columns))).hex()}"


def suite_of(digest: str) -> Suite | None:
    """By which algorithms a digest was made; None for a hash nobody here knows."""
    return _HASHES.get(digest.partition(".")[0])


def _short(text: str | None) -> str | None:
    """As long as its column, and without what PostgreSQL refuses in a text."""
    return text[:_LONGEST].replace("\0", "") if text else None
