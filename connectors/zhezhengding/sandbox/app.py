"""Puts the sandbox together: its parts, and what each of them answers."""

import time
from collections.abc import Callable

from connectors.sandbox.app import Operation, SandboxApp, SandboxPerson
from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.directory import Directory
from connectors.zhezhengding.sandbox.entrance import Entrance
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.people import accounts_by_person
from connectors.zhezhengding.sandbox.scanning import ScanPage
from connectors.zhezhengding.sandbox.verifying import Verifier
from connectors.zhezhengding.sandbox.working import KEPT_AT_WORK, Working
from connectors.zhezhengding.settings import ZhezhengdingSettings

KEPT = frozenset(
    {
        *("success", "content", "data", "responseCode", "responseMessage", "bizErrorCode"),  # E1
        *("errorCode", "errorMsg", "Code", "Message"),  # E2, E3
        *("employeeCode", "organizationCode", "accountId", "mobile"),  # what a row is known by
    }
)
"""What schema drift leaves alone: without these an answer is none."""


def build_sandbox(
    settings: ZhezhengdingSettings, world: World, *, clock: Callable[[], float] = time.time, control: bool = True
) -> SandboxApp:
    """Make the platform for the application in the settings; people without a work account are not on it.

    ``clock`` is the platform's, in seconds since 1970.
    """
    gate = Gate(settings, Verifier(settings), clock)
    people = accounts_by_person(world)
    entrance = Entrance(settings, world, clock)
    working = Working(settings, world, entrance.holds_token)
    operations: list[Operation] = [
        *entrance.operations(gate),
        *ScanPage(settings, people, entrance.scanned).operations(),
        *Directory(settings, world).operations(gate),
        *working.operations(gate),
    ]
    persons = [
        SandboxPerson(person.id, person.name, person.roles, account.employee_code or None, person.mobile or None)
        for person, account in people.values()
    ]
    return SandboxApp(
        operations,
        persons,
        entrance.issue_code,
        failure=gate.failure,
        kept=KEPT | KEPT_AT_WORK,
        clock=clock,
        leading=[working.events.leading(), working.notifications.leading()],
        control=control,
    )
