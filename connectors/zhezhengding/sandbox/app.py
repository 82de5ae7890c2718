"""Puts the sandbox together: which path is which operation, and that each is verified before it is answered."""

import time
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.app import Handler, Operation, SandboxApp, SandboxPerson
from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.directory import Directory
from connectors.zhezhengding.sandbox.entrance import Entrance
from connectors.zhezhengding.sandbox.envelopes import FailedError, failed, refused
from connectors.zhezhengding.sandbox.parameters import Parameters, pairs_of
from connectors.zhezhengding.sandbox.people import accounts_by_person
from connectors.zhezhengding.sandbox.verifying import Verifier
from connectors.zhezhengding.settings import ZhezhengdingSettings

Work = Callable[[Parameters], Response]


def build_sandbox(settings: ZhezhengdingSettings, world: World) -> SandboxApp:
    """Make the platform for the application in the settings; people without a work account are not on it."""
    verifier = Verifier(settings, time.time)
    entrance = Entrance(settings, world, time.monotonic)
    directory = Directory(settings, world)

    def post(path: str, work: Work) -> Operation:
        name = path.rpartition("/")[2].removesuffix(".json")
        return Operation(name, ("POST",), path, _signed(verifier, settings, {"POST": work}))

    by_method = {"GET": entrance.gettoken_by_get, "POST": entrance.gettoken_by_post}
    operations = (
        Operation("gettoken", ("GET", "POST"), "/gettoken.json", _signed(verifier, settings, by_method)),
        post("/rpc/oauth2/dingtalk_app_user.json", entrance.app_user),
        post("/mozi/employee/getEmployeeByCode", directory.employee),
        post("/mozi/employee/listEmployeesByCodes", directory.employees),
        post("/mozi/employee/listEmployeePositionsByEmployeeCode", directory.positions),
        post("/mozi/employee/listOrgEmployeePositionsByCodes", directory.directory_positions),
        post("/mozi/organization/getOrganizationByCode", directory.organization),
        post("/mozi/organization/listOrganizationsByCodes", directory.organizations),
        post("/mozi/organization/pageOrganizationEmployeePositions", directory.people_page),
        post("/mozi/organization/pageSubOrganizationCodes", directory.below),
    )
    persons = [
        SandboxPerson(person.id, person.name, person.roles, employee_code=account.employee_code)
        for person, account in accounts_by_person(world).values()
    ]
    return SandboxApp(operations, persons, entrance.issue_code)


def _signed(verifier: Verifier, settings: ZhezhengdingSettings, works: Mapping[str, Work]) -> Handler:
    async def handle(request: Request) -> Response:
        pairs = await pairs_of(request)
        refusal = verifier.refusal(request.method, request.url.path, request.headers, pairs)
        if refusal is not None:
            return refused(refusal, settings.sandbox.refusal_status)
        work = works.get(request.method)
        if work is None:  # HEAD, which Starlette adds to GET
            return Response(status_code=405, headers={"Allow": ", ".join(works)})
        try:
            return work(Parameters(pairs))
        except FailedError as error:
            return failed(error)

    return handle
