"""A coroutine whose first step has been taken: what is there already costs no timer and no waiting."""

from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Begun(Generic[T]):
    """Takes the first step at once; ``done`` says whether that was all, and ``await`` gives the value in any case.

    Raises at once what the first step raises.
    """

    __slots__ = ("_value", "_waits_for", "_work", "done")

    _value: T

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work
        self.done = False
        try:
            self._waits_for = work.send(None)
        except StopIteration as end:
            self.done = True
            self._value = end.value

    def __await__(self) -> Generator[Any, Any, T]:
        """Go on where the first step ended, as ``await`` would have (PEP 380, "Formal Semantics")."""
        if self.done:
            return self._value
        waits_for = self._waits_for
        try:
            while True:
                try:
                    sent = yield waits_for
                except BaseException as error:  # noqa: BLE001 - the coroutine gets it, whatever it is
                    waits_for = self._work.throw(error)
                else:
                    waits_for = self._work.send(sent)
        except StopIteration as end:
            value: T = end.value
            return value
