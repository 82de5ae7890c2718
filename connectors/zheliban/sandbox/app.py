"""Puts the sandbox together; its operations stand here as one list."""

import time
from collections.abc import Callable

from connectors.sandbox.app import Operation, SandboxApp, SandboxPerson
from connectors.sandbox.world import PersonSeed, World
from connectors.zheliban.sandbox.gate import IrsGate
from connectors.zheliban.sandbox.login import LoginPages
from connectors.zheliban.sandbox.seeding import seeded_marks, seeded_questions
from connectors.zheliban.sandbox.service import SandboxStudios
from connectors.zheliban.sandbox.signon import SignOn
from connectors.zheliban.sandbox.store import StudioStore
from connectors.zheliban.sandbox.tickets import TicketBook
from connectors.zheliban.settings import ZhelibanSettings

_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")


def build_sandbox(
    settings: ZhelibanSettings, world: World, *, clock: Callable[[], float] = time.time, control: bool = True
) -> SandboxApp:
    """Make the platform for these settings; ``clock`` is the platform's, in seconds since 1970."""
    people = {person.id: person for person in world.persons if person.user_id is not None}
    tickets = TicketBook(clock)
    gate = IrsGate(settings, clock)
    sign_on = SignOn(people, tickets)
    pages = LoginPages(settings, people, tickets)
    studios = SandboxStudios(StudioStore(world, seeded_questions(world), seeded_marks(world)))
    codes = settings.irs.components
    token, info = settings.component_path(codes.token), settings.component_path(codes.user_info)
    studio = f"{settings.component_path(codes.studio)}/studio/v1"
    post, get = ("POST",), ("GET",)

    def issue(person: str, form: str | None) -> str | None:
        if form not in (None, "uc"):
            raise ValueError("the form of ticket here is uc")
        return tickets.issue(person, settings.app_id) if person in people else None

    operations = (
        Operation("access_token", post, f"{token}/uc/sso/access_token", gate.guarded(sign_on.access_token)),
        Operation("getUserInfo", post, f"{info}/uc/sso/getUserInfo", gate.guarded(sign_on.user_info)),
        Operation("studios", get, f"{studio}/studios", gate.guarded(studios.studios)),
        Operation("studios.statistics", get, f"{studio}/studios/statistics", gate.guarded(studios.studio_statistics)),
        Operation("members.statistics", get, f"{studio}/members/statistics", gate.guarded(studios.member_statistics)),
        Operation("questions", get, f"{studio}/questions", gate.guarded(studios.questions)),
        Operation("replies", get, f"{studio}/replies", gate.guarded(studios.replies)),
        Operation("studios.questions", get, f"{studio}/studios/questions", gate.guarded(studios.studio_questions)),
        Operation("viewer.marks", get, f"{studio}/viewer/marks", gate.guarded(studios.marks)),
        Operation("login", ("GET", "POST"), "/uc/sso/login", pages.login),
        Operation("logout", get, "/uc/unifiedLogout", pages.logout),
        Operation("unknown", _ANY, f"{settings.irs.path}/{{rest:path}}", gate.guarded(gate.elsewhere)),
    )
    return SandboxApp(operations, [_person(seed) for seed in people.values()], issue, control=control)


def _person(seed: PersonSeed) -> SandboxPerson:
    work = seed.work
    return SandboxPerson(seed.id, seed.name, seed.roles, work.employee_code if work else None, seed.mobile)
