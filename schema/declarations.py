"""How a field says, once and beside itself, how it is read, who may read it, and what it means.

A field of the graph is data, not code: an engine can compile it, and the guards can look at it. Three ways to be
read cover what queries reach (a mutation's are ``Do``, a subscription's ``Live``):

- ``Value``: a value of the record at hand, or of the record a source answers for the object's key;
- ``Link``: the object a source answers for a key the record holds (``Links``: the objects for several keys);
- ``Many``: a list that belongs to the object (its key is the owner), or to nobody (a root list).

A source is named by the port's method (``MemberRegistry.load_members``); which platform answers it is not known
here. What a row already carries is never read again.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from connectors.viewer import PersonalClass, Role, Scope, Viewer
from schema.acts import Act
from schema.context import Context
from schema.deprecated import Deprecated

Source = Callable[..., Any]
"""A port's method, unbound: ``MemberRegistry.load_members``."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value called ``name`` in the record.

    Where the object at hand does not carry it, it is read from the record that ``source`` answers for the
    object's ``key``. ``then`` turns what was read into what is shown; it is pure and not called for None.
    """

    name: str
    source: Source | None = None
    key: str = "key"
    then: Callable[[Any, Context], Any] | None = None

    def told_by(self, record: Any) -> Any:
        """What ``source``'s record gives: None without one; an error where it leaves out what it was asked for."""
        told = None if record is None else getattr(record, self.name, UNSET)
        if told is UNSET and self.source is not None:
            return RuntimeError(f"{self.source.__qualname__} answered without {self.name}")
        return told


@dataclass(frozen=True, slots=True)
class Link:
    """The object that ``source`` answers for the object's attribute ``key``.

    ``carried`` names the attribute in which a row may hold it already; ``arguments`` turns the field's arguments
    (GraphQL names) into what the source takes between keys and ask.
    """

    source: Source
    key: str = "key"
    carried: str | None = None
    arguments: Callable[[Mapping[str, Any]], tuple[Any, ...]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Links:
    """The objects that ``source`` answers for the keys in the object's attribute ``keys``, in their order."""

    source: Source
    keys: str


def by_key(parent: Any, _: Mapping[str, Any]) -> Any:
    """The owner of a list: the object itself, by its key."""
    return parent.key


@dataclass(frozen=True, slots=True)
class Many:
    """A list that ``source`` answers for an owner.

    ``arguments`` turns the field's arguments (GraphQL names) into what the source takes between keys and ask; a
    ``page`` is added by a connection. ``owner`` gives the key from the object and the field's arguments; of a list
    that is the asker's own ``asker`` gives it instead, or None for somebody who has none.
    """

    source: Source
    arguments: Callable[[Mapping[str, Any]], tuple[Any, ...]] = lambda _: ()
    owner: Callable[[Any, Mapping[str, Any]], Any] = by_key
    connection: bool = False
    asker: Callable[[Viewer], str | None] | None = None

    def key_of(self, parent: Any, arguments: Mapping[str, Any], viewer: Viewer) -> Any:
        """Whose list it is."""
        return self.owner(parent, arguments) if self.asker is None else self.asker(viewer)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the asker needs: a scope; one of some roles; and, object by object, to be one who ``sees`` it.

    Without the scope or a role the field is null with an error that names it; what one does not see is null without.
    """

    scope: Scope | None = None
    sees: Callable[[Any, Viewer], bool] | None = None
    roles: frozenset[Role] | None = None


OPEN = Requirement()


@dataclass(frozen=True, slots=True)
class Found:
    """How objects of one type are found by key.

    While their platform is ill, ``stand_in`` (key to reference) keeps the parts that other platforms own; a type
    without it fails whole. ``requires`` is what the asker needs to find one at all, a scope or a role: what only a
    guarded field leads to is not open by its id either.
    """

    source: Source
    stand_in: Callable[[str], Any] | None = None
    requires: Requirement = OPEN


@dataclass(frozen=True, slots=True)
class ById:
    """The object a global id names, or one per id where the argument is a list.

    ``types`` are the ids' types that are taken; another, or an id nobody made, is ``RefusedError`` (BAD_ID).
    So is a list of more than ``most``: PAGE_TOO_LARGE.
    """

    argument: str
    types: Mapping[str, Found]
    most: int = 100


@dataclass(frozen=True, slots=True)
class Own:
    """The object that ``source`` answers for the asker; ``key`` gives its key, or None for somebody without one."""

    source: Source
    key: Callable[[Viewer], str | None]


@dataclass(frozen=True, slots=True)
class Do:
    """What a mutation does: ``acts.py``. It takes one argument, ``input``."""

    act: Act


@dataclass(frozen=True, slots=True)
class Live:
    """What happens from now on: each time the object that ``source`` answers for the key of what happened.

    ``topic`` is what those who tell of it and those who listen agree on; ``about`` makes of the field's arguments
    (GraphQL names) which one: of which deliberation. Each event is read anew with the reader's own rights; what is null
    to them is not told.

    Attributes:
        once: things come to be (a statement), and each is told once; else things change, and are told whenever what was
            asked for of them is another than before.
        alike: everybody who may listen is answered the same.
        at_once: the thing the topic is about is told at the beginning, as it is then.
        tags: by which what was read of the thing before is dropped from the cache; ``{key}`` stands for its key.
    """

    source: Source
    topic: str
    about: Callable[[Mapping[str, Any]], str]
    once: bool = False
    alike: bool = False
    at_once: bool = False
    tags: tuple[str, ...] = ()

    def topic_of(self, arguments: Mapping[str, Any]) -> str:
        """The topic's full name. Raises ``RefusedError`` (BAD_ID)."""
        return f"{self.topic}:{self.about(arguments)}"

    def tags_of(self, key: str) -> list[str]:
        """By which what was read of one thing is dropped."""
        return [tag.replace("{key}", key) for tag in self.tags]


Read = Value | Link | Links | Many | ById | Own | Do | Live


class People(enum.Enum):
    """Those whose personal data the graph holds."""

    MEMBER = enum.auto()
    """Of a committee; known by the duty registry's key."""
    EMPLOYEE = enum.auto()
    """An official; known by the work app's employee code."""
    RESIDENT = enum.auto()
    """Anybody; known by the digest of their ID number."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose personal data a field holds: of the one whom the object's attribute ``key`` names among ``people``.

    ``purpose`` names the attribute in which stands what the asker said they are for, where that has to be said.
    """

    people: People
    key: str = "key"
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class ListSize:
    """How long a list can become, for reckoning what an operation costs before it runs.

    At most ``most`` rows; fewer where the ``slicing`` argument names a number, or is a list itself: then as many as it
    holds. ``page``: the list is the page of the connection it stands in, and as long as that was asked to be.
    """

    most: int = 10
    slicing: str | None = None
    page: bool = False


UNSAID = ListSize()
"""Of a list nobody said anything about: replies, the attachments of one thing."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """All that is said of one field.

    ``whose``: of whom a field of others' personal data tells; not said of what is the asker's own by its nature, nor of
    what is masked for everybody. ``whole``: who is shown such data whole, where not everybody is who may read the
    field; the others are shown them masked by the rule of their class. Whoever is shown another's whole is audited.
    ``cost``: points for reading it on one object, beside the point each object it leads to costs; not said, a value of
    the record at hand is free and a read of a source costs one. ``deprecated``: that it goes away.
    """

    read: Read
    zh: str
    en: str
    requires: Requirement = OPEN
    personal: PersonalClass = PersonalClass.NONE
    whose: Whose | None = None
    whole: Requirement | None = None
    cost: int | None = None
    size: ListSize = UNSAID
    deprecated: Deprecated | None = None

    @property
    def weight(self) -> int:
        """The points, said or not."""
        if self.cost is not None:
            return self.cost
        return 0 if isinstance(self.read, Value) else 1
