"""The public part of the picture as it goes out: what ``/status`` shows."""

from datetime import datetime

from gateway.ops.kept_shapes import Told


class ServiceTold(Told, frozen=True):
    """A platform as everybody may know it."""

    name: str
    title_zh: str
    title_en: str
    level: str
    zh: str
    en: str
    since: datetime


class DayTold(Told, frozen=True):
    """One platform on one day: its worst level, and for how many minutes it was not well."""

    day: str
    name: str
    level: str
    minutes: int


class PublicIncident(Told, frozen=True):
    """An episode as everybody may know it."""

    id: str
    platform: str | None
    began: datetime
    ended: datetime | None
    level: str
    zh: str
    en: str


class PublicPicture(Told, frozen=True):
    """What ``/status`` shows."""

    at: datetime
    level: str
    zh: str
    en: str
    services: list[ServiceTold]
    days: list[DayTold]
    incidents: list[PublicIncident]
