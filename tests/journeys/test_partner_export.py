"""A partner system takes over what changed: reports of the duty platform, their questions of the citizen app (op 25)."""

from datetime import timedelta
from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Scope
from tests.stack import Gateway, Sandbox, SignInDesk, operation

BUDGET = 3
YEARS = timedelta(days=3 * 366)


async def partner_token(gateway: Gateway, *scopes: Scope) -> str:
    """A system's own token, as the client credentials grant gives it."""
    chosen = [scope.value for scope in scopes or (Scope.OPINION_READ,)]
    login = await gateway.parts.authority.clients.create("partner", grants=["client_credentials"], scopes=chosen)
    answer = await gateway.client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=login)
    return str(answer.json()["access_token"])


def since(sandbox: Sandbox, ago: timedelta = YEARS) -> dict[str, Any]:
    """Variables: all that changed since then."""
    return {"changedSince": (sandbox.world.today - ago).isoformat()}


def nodes_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The reports of an answer."""
    return [edge["node"] for edge in body["data"]["opinionReports"]["edges"]]


async def test_a_partner_takes_over_what_changed_in_budget(sandbox: Sandbox, gateway: Gateway) -> None:
    """Oldest change first, the withdrawn say when, questions beside them; at most 3 calls, warm none."""
    token = await partner_token(gateway)
    sandbox.reset()

    body = await gateway.query(operation("25"), since(sandbox), token)
    cold = sandbox.calls()
    again = await gateway.query(operation("25"), since(sandbox), token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert (sandbox.calls(), again) == (cold, body)
    reports = nodes_of(body)
    assert reports
    assert [one["changedAt"] for one in reports] == sorted(one["changedAt"] for one in reports)
    assert {one["withdrawnAt"] is not None for one in reports} == {True, False}
    assert all((one["withdrawnAt"] is not None) == (one["status"] == "WITHDRAWN") for one in reports)
    assert all(one["number"] and one["body"] and one["region"]["name"] for one in reports)
    assert all(author["name"] and author["sector"]["name"] for one in reports for author in one["authors"])


async def test_a_report_leads_a_partner_to_public_questions_only(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The committee's office sees the private ones it was raised from too; a partner none of them."""
    office = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    tokens = {
        "partner": await partner_token(desk.gateway),
        "office": await desk.token(office.id, "zhezhengding", f"openid {Scope.GRAPH_READ} {Scope.OPINION_READ}"),
    }

    told = {}
    for who, token in tokens.items():
        reports = nodes_of(await desk.gateway.query(operation("25"), since(sandbox), token))
        told[who] = {edge["node"]["id"] for one in reports for edge in one["sourceQuestions"]["edges"]}
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Question { visibility } } }"
    known = await desk.gateway.query(text, {"ids": sorted(told["partner"])[:100]})

    assert told["partner"] < told["office"]
    assert {node["visibility"] for node in known["data"]["nodes"]} == {"PUBLIC"}


async def test_pages_go_on_where_the_last_one_ended(sandbox: Sandbox, gateway: Gateway) -> None:
    """What the cursors lead through is each report once."""
    token = await partner_token(gateway)
    text = operation("25").replace("first: 100", "first: 20")
    variables, seen = since(sandbox), []

    for _ in range(3):
        page = (await gateway.query(text, variables, token))["data"]["opinionReports"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        variables["after"] = page["pageInfo"]["endCursor"]

    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("who", ["nobody", "citizen", "partner of something else"])
async def test_nobody_else_is_told(who: str, sandbox: Sandbox, desk: SignInDesk) -> None:
    """The error names the scope, and a report's id opens nothing either."""
    gateway = desk.gateway
    whole = await gateway.query(operation("25"), since(sandbox), await partner_token(gateway))
    report = nodes_of(whole)[0]["id"]
    token = {
        "nobody": None,
        "citizen": await desk.token(sandbox.world.citizens[0].id),
        "partner of something else": await partner_token(gateway, Scope.GRAPH_READ),
    }[who]

    body = await gateway.query(operation("25"), since(sandbox), token)
    by_id = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", {"id": report}, token)

    assert body["data"] == {"opinionReports": None}
    [error] = body["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert "opinion:read" in error["message"]
    assert by_id["data"] == {"node": None}


async def test_a_report_s_id_is_no_way_around_the_scope(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The office's own staff are told nothing by a token without it: by the id, as an entity, or by what adopted it."""
    gateway = desk.gateway
    whole = await gateway.query(operation("25"), since(sandbox), await partner_token(gateway))
    report = {"id": nodes_of(whole)[0]["id"]}
    office = next(person for person in sandbox.world.officials if "staff" in person.roles)
    text = """query ($id: ID!, $one: [_Any!]!) { node(id: $id) { id } opinionReport(id: $id) { title body }
        _entities(representations: $one) { ... on OpinionReport { body } } }"""
    asked = report | {"one": [{"__typename": "OpinionReport", **report}]}

    narrow = await gateway.query(text, asked, await desk.token(office.id, "zhezhengding"))
    wide = await gateway.query(text, asked, await desk.token(office.id, "zhezhengding", f"openid {Scope.OPINION_READ}"))

    assert narrow["data"] == {"node": None, "opinionReport": None, "_entities": [None]}
    assert wide["data"]["opinionReport"]["body"]


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HTTP500])
async def test_without_the_citizen_app_reports_stand(kind: FaultKind, sandbox: Sandbox, gateway: Gateway) -> None:
    """Their questions are null with the error; without the duty platform there is nothing to tell."""
    token = await partner_token(gateway)
    sandbox.break_("zheliban", kind)

    body = await gateway.query(operation("25"), since(sandbox), token)
    sandbox.break_("duty", kind)
    nothing = await gateway.query(operation("25"), since(sandbox, timedelta(days=700)), token)

    assert {error["extensions"]["platform"] for error in body["errors"]} == {"zheliban"}
    assert {error["extensions"]["code"] for error in body["errors"]} == {PlatformError.code}
    assert {error["path"][-1] for error in body["errors"]} == {"sourceQuestions"}
    assert all(one["title"] and one["authors"] for one in nodes_of(body))
    assert nothing["data"] == {"opinionReports": None}
    assert {error["extensions"]["platform"] for error in nothing["errors"]} == {"duty"}
