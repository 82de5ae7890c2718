"""Things of one kind by committee: made when they are first asked for, found by key, kept in the orders of their lists.

A county's tests need few of them, so a committee's are made only when somebody looks; a province's are made with the
sandbox, so that no read has to wait for them (``filled``).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Protocol, TypeVar

from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, World

_MANY = 20  # committees: above, everything is made at once
ALL = ""
"""Stands for every committee where one could be named."""


class Shelved(Protocol):
    """What can stand on a shelf."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def committee(self) -> CommitteeSeed:
        """Whose it is."""


T = TypeVar("T", bound=Shelved)


class Shelf(Generic[T]):
    """``make`` makes one committee's, the same ones every time; ``code_in`` reads the committee's code off a key."""

    def __init__(
        self,
        world: World,
        make: Callable[[CommitteeSeed], Iterable[T]],
        code_in: Callable[[str], str],
        orders: Mapping[str, Order[T]],
    ) -> None:
        self.orders = orders
        self._committees = {committee.code: committee for committee in world.committees}
        self._make = make
        self._code_in = code_in
        self._made: dict[str, dict[str, T]] = {}
        self._sorted: dict[tuple[str, str], list[T]] = {}
        self._stale: set[tuple[str, str]] = set()

    def filled(self) -> "Shelf[T]":
        """Itself, with everything on it where there are many committees."""
        if len(self._committees) > _MANY:
            for name in self.orders:
                self.sorted(name)
        return self

    def knows(self, code: str) -> bool:
        """Whether there is such a committee."""
        return code in self._committees

    def get(self, key: str) -> T | None:
        """One thing."""
        return self._of(self._code_in(key)).get(key)

    def of(self, code: str) -> Iterable[T]:
        """One committee's, in no order; of ``ALL`` everything."""
        if code != ALL:
            return self._of(code).values()
        return [thing for each in self._committees for thing in self._of(each).values()]

    def sorted(self, order: str, code: str = ALL) -> list[T]:
        """One committee's or all, in that order. The list is the shelf's own: not to be changed."""
        name = (order, code)
        if name not in self._sorted:
            self._sorted[name] = sorted(self.of(code), key=self.orders[order].place)
        elif name in self._stale:
            self._sorted[name].sort(key=self.orders[order].place)  # nearly sorted: quick
        self._stale.discard(name)
        return self._sorted[name]

    def put(self, thing: T) -> None:
        """Add a new thing."""
        code = thing.committee.code
        self._of(code)[thing.id] = thing
        for name, rows in self._sorted.items():
            if name[1] in (ALL, code):
                rows.append(thing)
        self.changed(thing)

    def changed(self, thing: T) -> None:
        """Tell that a thing may stand elsewhere in the orders now."""
        self._stale |= {name for name in self._sorted if name[1] in (ALL, thing.committee.code)}

    def _of(self, code: str) -> dict[str, T]:
        committee = self._committees.get(code)
        if committee is None:
            return {}
        if code not in self._made:
            self._made[code] = {thing.id: thing for thing in self._make(committee)}
        return self._made[code]
