"""What every subject of the sandbox stands on: the world, the gate, the writes, who is who.

A subject is a function ``operations(ground) -> list[Operation]``; ``endpoints.py`` collects them.
"""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.duty.sandbox.gate import Gate
from connectors.duty.sandbox.tokens import READ, WRITE
from connectors.duty.sandbox.writes import Actor, WriteBody, Writes
from connectors.duty.settings import DutySettings
from connectors.sandbox.app import Handler, Operation
from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import ProblemError, not_allowed, rejected
from connectors.sandbox.world import MemberSeed, PersonSeed, World

B = TypeVar("B", bound=WriteBody)
Row = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """Lives as long as the sandbox; ``clock`` gives seconds since 1970 and only runs forward."""

    world: World
    settings: DutySettings
    gate: Gate
    clock: Callable[[], float] = time.time
    _began: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """The time in the world: it begins with the world's ``today`` and runs as the clock does."""
        if not self._began:
            self._began.append(self.clock())
        return self.world.today + timedelta(seconds=self.clock() - self._began[0])

    @cached_property
    def writes(self) -> Writes:
        """The writes that were done."""
        return Writes(self.now)

    @cached_property
    def members(self) -> Mapping[str, MemberSeed]:
        """Members by key."""
        return {member.key: member for member in self.world.members}

    @cached_property
    def members_by_employee(self) -> Mapping[str, MemberSeed]:
        """Members by their 浙政钉 employee code."""
        return {m.person.work.employee_code: m for m in self.world.members if m.person.work}

    @cached_property
    def officials(self) -> Mapping[str, PersonSeed]:
        """Officials by employee code; of these, staff have the role ``staff``."""
        return {person.work.employee_code: person for person in self.world.officials if person.work}

    @cached_property
    def citizens(self) -> Mapping[str, PersonSeed]:
        """Everybody with a 浙里办 account, by it."""
        return {person.user_id: person for person in self.world.persons if person.user_id}

    def acting_member(self, actor: Actor) -> MemberSeed:
        """The member who acts, by either key; raises ``ProblemError`` (403) where the actor is none."""
        member = self.members.get(actor.member_id or "") or self.members_by_employee.get(actor.employee_code or "")
        if member is None:
            raise not_allowed("the acting person is no member")
        return member

    def acting_official(self, actor: Actor) -> PersonSeed:
        """The official who acts; raises ``ProblemError`` (``NOT_ALLOWED``) for nobody known."""
        person = self.officials.get(actor.employee_code or "")
        if person is None:
            raise not_allowed("the acting person is no official")
        return person

    def acting_staff(self, actor: Actor) -> PersonSeed:
        """The official of a committee's office who acts; raises ``ProblemError`` (403) where the actor is none."""
        person = self.officials.get(actor.employee_code or "")
        if person is None or "staff" not in person.roles:
            raise not_allowed("the acting person is no staff")
        return person

    def read(
        self,
        name: str,
        path: str,
        answering: Callable[[Asked], Row | Response],
        known: Collection[str] = ("ids",),
        *,
        scope: str = READ,
    ) -> Operation:
        """``GET /api/v1<path>`` that takes the parameters ``known``; ``answering`` raises ``ProblemError``."""

        async def answer(request: Request) -> Response:
            return answered(answering(Asked(request, known)))

        return Operation(name, ("GET",), self.gate.path(path), self._handler(scope, answer))

    def post_read(self, name: str, path: str, answering: Callable[[bytes], Row], *, scope: str = READ) -> Operation:
        """``POST /api/v1<path>`` that changes nothing; ``answering`` reads the body and raises ``ProblemError``."""

        async def answer(request: Request) -> Response:
            return answered(answering(await _body_of(request)))

        return Operation(name, ("POST",), self.gate.path(path), self._handler(scope, answer))

    def write(self, name: str, path: str, kind: type[B], do: Callable[[B], Row]) -> Operation:
        """``POST /api/v1<path>`` that changes something, once a ``writeId``; ``do`` raises ``ProblemError``."""

        async def answer(request: Request) -> Response:
            return Response(self.writes.once(name, await _body_of(request), kind, do), media_type="application/json")

        return Operation(name, ("POST",), self.gate.path(path), self._handler(WRITE, answer))

    def _handler(self, scope: str, answering: Callable[[Request], Awaitable[Response]]) -> Handler:
        """Proof first, then the rest; a problem becomes the answer."""

        async def handle(request: Request) -> Response:
            try:
                refused = self.gate.refused(request, scope)
                return refused or await answering(request)
            except ProblemError as problem:
                return problem.response()

        return handle


def answered(made: Row | Response) -> Response:
    """An answer as it goes out: JSON, or what is a response already."""
    return made if isinstance(made, Response) else Response(msgspec.json.encode(made), media_type="application/json")


async def _body_of(request: Request) -> bytes:
    """The body of a POST; it must say that it is JSON, and takes no parameters."""
    if request.query_params:
        raise rejected("INVALID_PARAMETER", "this operation takes no parameters")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise rejected("INVALID_BODY", "the body is application/json")
    return await request.body()
