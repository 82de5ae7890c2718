"""The parts of the picture that stores keep: writes on their way, the stores themselves, what happened."""

from datetime import datetime

import msgspec


class Told(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """What every part is."""


class OutboxTold(Told, frozen=True):
    """Writes on their way."""

    waiting: int
    oldest_seconds: float | None
    failed: int
    unknown: int


class StoreTold(Told, frozen=True):
    """A store of ours; ``ok`` is None where it is not used."""

    ok: bool | None
    since: datetime | None
    used: bool = True


class StoresTold(Told, frozen=True):
    """Both of them."""

    database: StoreTold
    redis: StoreTold


class EntryTold(Told, frozen=True):
    """A line of an incident's timeline; ``by``: who did it, None for the gateway itself."""

    at: datetime
    kind: str
    zh: str
    en: str
    by: str | None


class IncidentTold(Told, frozen=True):
    """An episode; ``platform`` is None for what concerned all of them, ``ended`` while it goes on."""

    id: str
    platform: str | None
    began: datetime
    ended: datetime | None
    kind: str
    where: str
    zh: str
    en: str
    entries: list[EntryTold]
