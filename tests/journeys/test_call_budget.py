"""An operation causes only so many calls, also where each object of it needs one of its own."""

from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, desk_at

TODOS = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Official { id todos(first: 1) { totalCount } } } }"


async def test_to_dos_of_many_people_are_refused(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Whoever asks for what goes person by person hears what is too much; the platform is not asked for it at all."""
    staff = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    codes = [person.work.employee_code for person in sandbox.world.officials if person.work][:8]
    variables = {"ids": [global_id("Official", code) for code in codes]}
    async with open_gateway(limits={"max_calls": 16}) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(staff.id, "zhezhengding", f"openid {Scope.GRAPH_READ} {Scope.OFFICE_READ}")
        sandbox.reset()

        body = await gateway.query(TODOS, variables, token)

    calls = sandbox.calls()
    assert {error["extensions"]["code"] for error in body["errors"]} == {"TOO_MANY_READS"}
    assert body["errors"][0]["message"].count("16") == 1
    assert [node["id"] for node in body["data"]["nodes"]] == variables["ids"]
    assert {node["todos"] for node in body["data"]["nodes"]} == {None}
    assert calls.get("zhezhengding.getTodoList", 0) == 0
    assert sum(calls.values()) <= 16
