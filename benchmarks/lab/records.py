"""What the lab's platforms send, as far as its graph shows it: rows are decoded straight into these."""

import msgspec


class Row(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A row of any of them: camel case on the wire."""


class Post(Row, frozen=True):
    """Of the posts' service."""

    id: int
    user_id: int
    title: str
    body: str


class User(Row, frozen=True):
    """Who writes posts."""

    id: int
    name: str
    username: str
    email: str
    phone: str | None = None
    website: str | None = None


class Studio(Row, frozen=True):
    """Of the duty platform; ``member_ids`` are its members, in order."""

    id: int
    name: str
    city: str
    member_ids: tuple[int, ...]


class Member(Row, frozen=True):
    """Of the duty platform; ``code`` is the employee's in the work app."""

    id: int
    studio_id: int
    code: str
    name: str
    sector: str
    region: str
    score: float


class Employee(Row, frozen=True):
    """Of the work app."""

    code: str
    org_name: str
    title: str


class Question(Row, frozen=True):
    """Of the citizen app."""

    id: int
    studio_id: int
    title: str
    asker_id: int
    answered_by_id: int


class Citizen(Row, frozen=True):
    """Of the citizen app."""

    id: int
    name: str
    email: str
