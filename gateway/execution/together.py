"""Runs branches of a plan at once, without a task for each.

A task costs as much as a small upstream call's decoding. A branch of a plan runs our own code only, up to where it
waits for a read or a resolver, and those have tasks of their own; so branches are stepped here by hand: whoever does
not wait at all is done at once, and those who do wait for their futures side by side.

Why not ``asyncio.gather``: the above, and that a plan without anything to wait for must run without an event loop too.
"""

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from typing import Any

Branch = Coroutine[Any, Any, Any]
Moot = Callable[[int, Any], bool]


@types.coroutine
def pause() -> Generator[None, None, None]:
    """Give way once."""
    yield


@types.coroutine
def together(*branches: Branch, moot: Moot | None = None) -> Generator[Any, Any, list[Any]]:
    """Give what each branch gives, in order. Raises the first error any of them raises, and closes the others.

    Each branch waits for futures of its own: asyncio's mark on a future allows one to begin waiting for it at a time.

    ``moot`` is told what a branch gave, by its number, and says whether that makes the others pointless: then they are
    closed, and None stands for them.
    """
    results: list[Any] = [None] * len(branches)
    waiting: list[tuple[int, Branch, Any]] = []
    for at, branch in enumerate(branches):
        try:
            awaited = branch.send(None)
        except StopIteration as done:
            results[at] = done.value
            if moot is not None and moot(at, done.value):
                _close([*(one for _, one, _ in waiting), *branches[at + 1 :]])
                return results
        except BaseException:
            _close([*(one for _, one, _ in waiting), *branches[at + 1 :]])
            raise
        else:
            waiting.append((at, branch, awaited))
    if len(waiting) == 1:
        at, branch, awaited = waiting[0]
        results[at] = yield from _rest(branch, awaited)
    elif waiting:
        yield from _all(waiting, results, moot)
    return results


def resumed(branch: Branch) -> Any:
    """Begin a branch: what it gives, if it does not wait; else something to await that gives it."""
    try:
        awaited = branch.send(None)
    except StopIteration as done:
        return done.value
    return _Resumed(branch, awaited)


class _Resumed:
    """The rest of a branch that has begun."""

    def __init__(self, branch: Branch, awaited: Any) -> None:
        self._branch = branch
        self._awaited = awaited

    def __await__(self) -> Generator[Any, Any, Any]:
        return _rest(self._branch, self._awaited)


def _rest(branch: Branch, awaited: Any) -> Generator[Any, Any, Any]:
    """Go on with a branch that has begun, as ``await`` would."""
    while True:
        try:
            sent = yield awaited
        except BaseException as error:  # noqa: BLE001 - whatever comes belongs to the branch
            try:
                awaited = branch.throw(error)
            except StopIteration as done:
                return done.value
        else:
            try:
                awaited = branch.send(sent)
            except StopIteration as done:
                return done.value


def _all(waiting: list[tuple[int, Branch, Any]], results: list[Any], moot: Moot | None) -> Generator[Any, Any, None]:
    try:
        if asyncio._get_running_loop() is None:  # noqa: SLF001 - the public form raises where there is none
            yield  # whoever awaits this has a loop
        loop = asyncio.get_running_loop()
        gate = loop.create_future()
        left = len(waiting)

        def ended(at: int, value: Any) -> None:
            nonlocal left
            results[at] = value
            left -= 1
            if not left or (moot is not None and moot(at, value)):
                gate.set_result(None)

        for at, branch, awaited in waiting:
            _Stepping(loop, gate, at, branch, ended).wait(awaited)
        try:
            yield from gate
        finally:
            gate.cancel()  # where it is not open: given up from outside, and no branch is stepped any more
    finally:
        _close([branch for _, branch, _ in waiting])


def _close(branches: list[Branch]) -> None:
    for branch in branches:
        branch.close()


class _Stepping:
    """Steps one branch from future to future, as a task would."""

    __slots__ = ("_at", "_branch", "_ended", "_gate", "_loop")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, gate: "asyncio.Future[None]", at: int, branch: Branch, ended: Any
    ) -> None:
        self._loop, self._gate, self._at, self._branch, self._ended = loop, gate, at, branch, ended

    def wait(self, awaited: Any) -> None:
        if awaited is None:
            self._loop.call_soon(self._step)
        else:
            awaited._asyncio_future_blocking = False  # noqa: SLF001 - the protocol between futures and who drives them
            awaited.add_done_callback(self._step)

    def _step(self, _: Any = None) -> None:
        if self._gate.done():  # given up: the branch is closed
            return
        try:
            awaited = self._branch.send(None)
        except StopIteration as done:
            self._ended(self._at, done.value)
        except BaseException as error:  # noqa: BLE001 - told to who waits at the gate
            self._gate.set_exception(error if isinstance(error, Exception) else RuntimeError("a branch was cancelled"))
        else:
            self.wait(awaited)
