"""Puts the platform together: what each subject can do, over one ground. A new subject is one line here."""

import time
from collections.abc import Callable, Collection, Sequence

from connectors.duty.sandbox import duties, forum, lookup, matters, members, organizations, roster, studios, written
from connectors.duty.sandbox.gate import Gate
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.problems import failed
from connectors.duty.settings import DutySettings
from connectors.sandbox.app import IssueTicket, Operation, SandboxApp, SandboxPerson
from connectors.sandbox.world import World

Subject = Callable[[Ground], Sequence[Operation]]
SUBJECTS: tuple[Subject, ...] = (
    studios.operations,
    members.operations,
    lookup.operations,
    organizations.operations,
    roster.operations,
    duties.operations,
    written.operations,
    forum.operations,
    matters.operations,
)
_ENVELOPES = (
    "items",
    "rows",
    "ownerId",
    "cursor",
    "hasNext",
    "matches",
    "member",
    "idDigest",
    "tenantId",
    "employeeCode",
)
_TOKEN = ("access_token", "token_type", "expires_in")
KEPT = frozenset(("id", "code", *_ENVELOPES, *_TOKEN))
"""What schema drift leaves alone: envelopes, a row's own key, what a look-up repeats, and the token itself."""


def build_sandbox(settings: DutySettings, world: World, *, clock: Callable[[], float] = time.time) -> SandboxApp:
    """The platform with that world in it, open to the client of the settings; ``clock`` is seconds since 1970."""
    gate = Gate(settings, clock)
    ground = Ground(world, settings, gate, clock)
    ground.now()  # the world's time begins here
    served = [operation for subject in SUBJECTS for operation in subject(ground)]
    persons = _persons(world)
    ticket = _no_ticket_for({person.id for person in persons})
    return SandboxApp(served + gate.operations(), persons, ticket, failure=failed, kept=KEPT, clock=clock)


def _persons(world: World) -> list[SandboxPerson]:
    people = [member.person for member in world.members]
    return [SandboxPerson(p.id, p.name, p.roles, p.work.employee_code if p.work else None) for p in people]


def _no_ticket_for(people: Collection[str]) -> IssueTicket:
    """Nobody signs in to this platform by a ticket; who is not on it is unknown all the same."""

    def issue(person: str, form: str | None) -> str | None:
        if person not in people:
            return None
        raise ValueError(f"no ticket for {person}: this platform has no form {form or 'at all'}")

    return issue
