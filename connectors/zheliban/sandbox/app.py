"""Puts the sandbox together; what stands behind IRS is one list of components, what stands beside it another."""

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from connectors.irs_signing import IrsKeys
from connectors.sandbox.app import UNKNOWN, Operation, SandboxApp, SandboxPerson
from connectors.sandbox.html import error_page
from connectors.sandbox.irs_gate import IrsGate
from connectors.sandbox.world import PersonSeed, World
from connectors.zheliban.sandbox.answers import KEPT, failed
from connectors.zheliban.sandbox.classic import ClassicSignOn, classic_components
from connectors.zheliban.sandbox.companies import CompanyAccount, seeded_companies
from connectors.zheliban.sandbox.components import Component, Scene
from connectors.zheliban.sandbox.desk import TicketDesk
from connectors.zheliban.sandbox.esso import CompanySignOn, esso_component
from connectors.zheliban.sandbox.knowledge.service import knowledge_component
from connectors.zheliban.sandbox.login import login_operations
from connectors.zheliban.sandbox.notices.service import notice_component
from connectors.zheliban.sandbox.sharing import sharing_operations
from connectors.zheliban.sandbox.signon import unified_components
from connectors.zheliban.sandbox.studios.component import studio_component
from connectors.zheliban.sandbox.studios.seeding import seeded_marks, seeded_questions
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.voices.service import voice_component
from connectors.zheliban.sandbox.workorders.service import work_order_component
from connectors.zheliban.settings import ZhelibanSettings

_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_BOTH = ("GET", "POST")
COMPONENTS: tuple[Callable[[Scene], Component], ...] = (
    studio_component,
    work_order_component,
    knowledge_component,
    notice_component,
    voice_component,
)
"""What stands behind the IRS gateway besides sign-on."""


def build_sandbox(
    settings: ZhelibanSettings, world: World, *, clock: Callable[[], float] = time.time, control: bool = True
) -> SandboxApp:
    """Make the platform for these settings; ``clock`` is the platform's, in seconds since 1970."""
    scene = Scene(
        settings,
        world,
        people={person.id: person for person in world.persons if person.user_id is not None},
        companies=seeded_companies(world),
        studios=StudioStore(world, seeded_questions(world), seeded_marks(world), clock),
        clock=clock,
    )
    gate, desk = _gate(settings, clock), TicketDesk(scene)
    sign_on = (*unified_components(scene, desk), *classic_components(scene, desk), esso_component(scene, desk))
    components = (*sign_on, *(make(scene) for make in COMPONENTS))
    behind = [operation for component in components for operation in component.operations(settings, gate.guarded)]
    beside = [
        Operation("simpleauth", _BOTH, settings.simple.path, ClassicSignOn(scene, desk).direct()),
        Operation("esso.query", ("POST",), settings.esso.path, CompanySignOn(scene, desk).query),
        *sharing_operations(scene),
        *login_operations(scene, desk),
    ]
    nowhere = (
        Operation(UNKNOWN, _ANY, f"{settings.irs.path}/{{rest:path}}", gate.guarded(gate.elsewhere)),
        Operation(UNKNOWN, _ANY, "/{rest:path}", _not_found),
    )
    persons = [*map(_person, scene.people.values()), *map(_agent, scene.companies.values())]
    return SandboxApp(
        [*behind, *beside, *nowhere],
        persons,
        desk.issue,
        failure=failed,
        kept=KEPT,
        clock=clock,
        control=control,
    )


async def _not_found(_: Request) -> Response:
    return error_page("没有这个页面。", 404)


def _person(seed: PersonSeed) -> SandboxPerson:
    work = seed.work
    return SandboxPerson(seed.id, seed.name, seed.roles, work.employee_code if work else None, seed.mobile)


def _agent(account: CompanyAccount) -> SandboxPerson:
    """An account of a company, named by who acts for it."""
    agent = account.agent
    return SandboxPerson(account.id, agent.name, ("company",), None, agent.mobile, account.company.name)


def _gate(settings: ZhelibanSettings, clock: Callable[[], float]) -> IrsGate:
    keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value(), settings.irs.algorithm)
    components = settings.irs.components.model_dump().values()
    return IrsGate(keys, components, skew=settings.irs.max_skew_s, strict=settings.sandbox.strict, clock=clock)
