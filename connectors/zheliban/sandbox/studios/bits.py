"""Marks on a growing row of things, one Python integer a mark: bit n stands for the n-th thing.

Two hundred thousand things are 25 kB a mark; any combination of marks is then counted or walked in well under a
millisecond, without an index for each combination.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

Mark = Hashable


class Bits:
    """Which things have which marks."""

    def __init__(self, marked: Iterable[Iterable[Mark]] = (), size: int = 0) -> None:
        """Take the marks of the first things, in order; ``size`` is how many these are."""
        width = (size + 7) // 8
        arrays: defaultdict[Mark, bytearray] = defaultdict(lambda: bytearray(width))
        for place, marks in enumerate(marked):
            byte, bit = place >> 3, 1 << (place & 7)
            for mark in marks:
                arrays[mark][byte] |= bit
        self._of = {mark: int.from_bytes(array, "little") for mark, array in arrays.items()}

    def of(self, mark: Mark) -> int:
        """The things with that mark."""
        return self._of.get(mark, 0)

    def any_of(self, marks: Iterable[Mark]) -> int:
        """The things with one of the marks."""
        found = 0
        for mark in marks:
            found |= self._of.get(mark, 0)
        return found

    def marks(self) -> Iterator[Mark]:
        """Every mark there is."""
        return iter(self._of)

    def put(self, place: int, marks: Iterable[Mark]) -> None:
        """Mark a thing."""
        bit = 1 << place
        for mark in marks:
            self._of[mark] = self._of.get(mark, 0) | bit

    def take(self, place: int, marks: Iterable[Mark]) -> None:
        """Take marks off a thing."""
        bit = 1 << place
        for mark in marks:
            self._of[mark] = self._of.get(mark, 0) & ~bit


def below(place: int) -> int:
    """The things before a place."""
    return (1 << max(0, place)) - 1


def count_between(data: bytes, start: int, end: int) -> int:
    """How many of the things from a place up to another are there; ``data`` are their bits, little end first."""
    part = int.from_bytes(data[start >> 3 : (end + 7) >> 3], "little")
    return ((part >> (start & 7)) & below(end - start)).bit_count()


def bytes_of(things: int) -> bytes:
    """The bits of things, little end first."""
    return things.to_bytes((things.bit_length() + 7) // 8, "little")


def highest_first(things: int) -> Iterator[int]:
    """Walk the places from the last to the first."""
    while things:
        place = things.bit_length() - 1
        yield place
        things ^= 1 << place


def lowest_first(things: int, low: int = 0) -> Iterator[int]:
    """Walk the places from the first to the last; ``low`` is added to each."""
    for at, byte in enumerate(bytes_of(things)):
        if byte:
            for bit in range(8):
                if byte >> bit & 1:
                    yield low + at * 8 + bit
