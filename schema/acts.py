"""What a mutation does, said once: its effect on one platform, and what follows from it on others.

Data, not code, as the fields are (``declarations.py``): ``gateway/writes`` carries acts out, keeps what they ask for
until it is done, and knows nothing of questions and proposals. What an act asks for is a record, so that it can be kept
and done later, by another process.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.records.effect import Effect, EffectKind
from connectors.records.record import Record
from connectors.refusals import RefusedError
from connectors.viewer import Ask, Viewer

Given = Mapping[str, Any]
"""A mutation's ``input``, by GraphQL names; ids and enums as the schema reads them."""

Source = Callable[..., Any]
Body = Mapping[str, Any]
Finder = Callable[[Source], Callable[..., Awaitable[Any]]]
"""Gives a port's method, bound to the platform that answers it."""


class InputError(RefusedError):
    """Input that a person can mend: told in ``userErrors``, with the field it stands in (``body``)."""

    def __init__(self, code: str, field: str | None, **facts: str | int) -> None:
        super().__init__(code, **facts)
        self.field = field


class UserError(Record, frozen=True):
    """What a person can mend, in their language."""

    code: str
    message: str
    field: str | None


class Payload(Record, frozen=True):
    """What every mutation answers.

    ``entity`` is the record that was made or changed; an error in its place where it is not there yet; None where the
    act was refused. ``write_id`` finds what became of it (``writeStatus``); None where nothing was begun.
    """

    entity: Any
    write_id: str | None
    effects: tuple[Effect, ...]
    user_errors: tuple[UserError, ...]


async def plainly(method: Callable[..., Awaitable[Any]], request: Any, write_id: str, ask: Ask) -> Any:
    """Call a port's method as most of them are called."""
    return await method(request, write_id, ask)


async def _as_made(request: Any, _find: Finder, _ask: Ask) -> Any:
    """Read nothing for it."""
    return request


def _as_it_is(result: Any, _request: Any) -> Any:
    return result


def _nothing(*_: Any) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Follow:
    """An effect on another platform, due once the act itself is done.

    ``source`` is the port's method it comes to in the end: whose platform it is on. ``body`` says what has to be done
    there, as JSON, from request, result and who acted; None where there is nothing to do, several where there is as
    much for several people. How it is done is the kind's (``gateway/writes/deliveries``).
    """

    kind: EffectKind
    source: Source
    body: Callable[[Any, Any, Viewer], Body | tuple[Body, ...] | None]

    def bodies(self, request: Any, result: Any, viewer: Viewer) -> tuple[Body, ...]:
        """One for each effect that is due."""
        told = self.body(request, result, viewer)
        return told if isinstance(told, tuple) else () if told is None else (told,)


@dataclass(frozen=True, slots=True)
class Act:
    """One write.

    Attributes:
        name: the mutation's field; stands in the store.
        kind: what its primary effect is.
        source: the port's method that does it.
        request: the type of record that is asked for; kept until it is done.
        made: the record from the input and who asks; raises ``InputError``, ``RefusedError``.
        subject: what it is about (``Question:17``): acts and effects on one thing keep their order.
        alone: whether it is refused (ANOTHER_WRITE_WAITS), and does not wait, while something else is to be done on
            that: it goes by how that is now, which the platform it is written to does not know.
        filled: the record with what has to be read for it before it is kept (how a question reads now); raises as
            ``made``, and ``PlatformError``.
        call: how the method is called.
        entity: what the payload shows, of the method's result.
        follows: what is due on other platforms.
        becomes: what it is about from then on, where only the result tells: a thing that was just made.
        changes: tags of what was read before and is no longer so (``connectors/freshness.py``).
        tells: topics of the live bus, and the key of what is new there (``gateway/live``).
    """

    name: str
    kind: EffectKind
    source: Source
    request: type[Any]
    made: Callable[[Given, Viewer], Any]
    subject: Callable[[Any, Viewer], str]
    filled: Callable[[Any, Finder, Ask], Awaitable[Any]] = _as_made
    call: Callable[..., Awaitable[Any]] = plainly
    entity: Callable[[Any, Any], Any] = _as_it_is
    follows: tuple[Follow, ...] = ()
    alone: bool = False
    becomes: Callable[[Any], str] | None = None
    changes: Callable[[Any, Any, Viewer], Iterable[str]] = _nothing
    tells: Callable[[Any, Any], Iterable[tuple[str, str]]] = _nothing  # type: ignore[assignment]  # nothing of either
