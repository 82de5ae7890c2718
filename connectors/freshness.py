"""How long answers may be kept, by kind: the one table for all platforms, and the rule a read is made with.

Seconds. ``fresh``: answered from the cache without a second thought. ``stale``: how much longer it is still answered
while it is fetched again behind the asker's back. ``if ill``: how much longer it is answered where the platform fails
or is too slow. Private kinds are kept for each asker apart, never wait to be fetched again, and outlive an illness only
for a moment.
"""

from collections.abc import Callable
from dataclasses import dataclass

Tag = str | Callable[[str], str]
"""What an entry is found by when it has to go: a text in which ``{key}`` stands for the key read, or how to make it."""

EMPLOYEE_TAG = "employee:{key}"
"""Everything read of an official by their employee code."""
UNIT_TAG = "unit:{key}"
"""Everything read of an organisation of the officials' address book."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadRule:
    """How one operation of a platform is read.

    ``batch``: most keys one call may carry. ``fresh_for``: seconds an answer may be kept, 0 for never. ``stale_for``,
    ``stale_if_error``: see above, counted from the end of ``fresh_for``. ``private``: who asks decides the answer, so
    that the asker stands in the name of the entry, whatever else the source names.
    """

    operation: str
    batch: int
    fresh_for: float
    stale_for: float = 0.0
    stale_if_error: float = 0.0
    tags: tuple[Tag, ...] = ()
    private: bool = False

    def tags_of(self, key: str) -> tuple[str, ...]:
        """What the entry of a key can be dropped by."""
        return tuple([tag.replace("{key}", key) if isinstance(tag, str) else tag(key) for tag in self.tags])

    def unkept(self) -> "ReadRule":
        """The same read, of which nothing is kept."""
        return ReadRule(self.operation, self.batch, 0.0, tags=self.tags, private=self.private)

    @property
    def longest(self) -> float:
        """Seconds after which an answer is of no use in any case."""
        return self.fresh_for + max(self.stale_for, self.stale_if_error) if self.fresh_for > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """One kind of answer."""

    fresh_for: float
    stale_for: float = 0.0
    stale_if_error: float = 0.0
    private: bool = False

    def rule(self, operation: str, batch: int, tags: tuple[Tag, ...] = ()) -> ReadRule:
        """The rule of an operation that answers this kind."""
        return ReadRule(operation, batch, self.fresh_for, self.stale_for, self.stale_if_error, tags, self.private)


#                       fresh  stale  if ill
YEARLY = Freshness(3600, 3600, 86_400)  # code tables, schemes
REGISTRY = Freshness(60, 300, 1800)  # studios, members, committees, units, knowledge
PUBLISHED = Freshness(30, 60, 600)  # articles, deliberations, lists and counts: what changes through the day
LIVELY = Freshness(2, 3, 30)  # a room in which people write: read every two seconds, not once a person
DIRECTORY = Freshness(30, 30)  # officials: an office phone may stand in a cache for a minute (domain-terms D)
NOW = Freshness(0)  # what decides what somebody may, what changed since, pictures

AUDIENCE = Freshness(30, 0, 60, private=True)  # questions, proposals, reports: the asker sees more or less of them
OWN = Freshness(10, 0, 30, private=True)  # one's own to-dos, notices, orders, marks: one's own act changes them
OWN_LASTING = Freshness(60, 0, 60, private=True)  # one's scores and records, what one's unit plans
OWN_NOW = Freshness(0, private=True)  # messages, attendances, the code at the door
