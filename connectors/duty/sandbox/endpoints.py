"""Puts the platform together: what each subject can do, over one ground. A new subject is one line here."""

import time
from collections.abc import Callable, Sequence

from connectors.duty.sandbox import duties, forum, lookup, matters, members, organizations, roster, studios, written
from connectors.duty.sandbox.gate import Gate
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.oidc import LoginSandbox
from connectors.duty.sandbox.oidc.accounts import accounts_of
from connectors.duty.settings import DutySettings
from connectors.sandbox.app import Operation, SandboxApp, SandboxPerson
from connectors.sandbox.contracted.problems import failed
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
_TOKEN = ("access_token", "token_type", "expires_in", "id_token", "issuer", "keys")
KEPT = frozenset(("id", "code", "formCode", *_ENVELOPES, *_TOKEN))
"""What schema drift leaves alone: envelopes, a row's own key, what a look-up repeats, and the token itself."""


def build_sandbox(settings: DutySettings, world: World, *, clock: Callable[[], float] = time.time) -> SandboxApp:
    """The platform with that world in it, open to the client of the settings; ``clock`` is seconds since 1970."""
    gate = Gate(settings, clock)
    ground = Ground(world, settings, gate, clock)
    ground.now()  # the world's time begins here
    served = [operation for subject in SUBJECTS for operation in subject(ground)]
    login = LoginSandbox(settings, world, clock)
    operations = served + gate.operations() + login.operations()
    return SandboxApp(operations, _persons(world), login.issue_ticket, failure=failed, kept=KEPT, clock=clock)


def _persons(world: World) -> list[SandboxPerson]:
    people = [account.person for account in accounts_of(world).values()]
    return [SandboxPerson(p.id, p.name, p.roles, p.work.employee_code if p.work else None) for p in people]
