"""How a committee consults besides its deliberations: hall events, plans of a year, campaigns, forms."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox

PAGE = """query ($id: ID!, $year: Int) { organization(id: $id) { name
    hallEvents(first: 20) { totalCount nodes { id title topic hall venue status startsAt endsAt outcome participantCount
        region { name } organization { id } members { id name sector { name } } } }
    consultationPlans(first: 5, year: $year) { totalCount nodes { id title year organization { id }
        items { topic form month lead status deliberation { id title status } } } }
    oversights(first: 5) { nodes { id title year status startsOn endsOn themes organization { id }
        findings { theme body foundAt organization { id name } } reports { title issuedAt } } }
    suggestionForms(first: 5) { nodes { id code title introduction status opensAt closesAt answerCount
        region { code } organization { id } aspects { code name answerCount } } } } }"""
AGAIN = """query ($event: ID!, $plan: ID!, $oversight: ID!, $form: ID!) { hallEvent(id: $event) { id title }
    consultationPlan(id: $plan) { id title } oversight(id: $oversight) { id title } suggestionForm(id: $form) { id title }
    nodes(ids: [$event, $plan, $oversight, $form]) { id __typename } }"""
BY_CODE = """query ($code: String!) { suggestionFormByCode(code: $code) {
    id title status aspects { code name answerCount } } }"""
LISTS = ("hallEvents", "consultationPlans", "oversights", "suggestionForms")


def asked(sandbox: Sandbox, **more: Any) -> dict[str, Any]:
    """Variables: the first committee's page."""
    return {"id": global_id("Organization", sandbox.world.committees[0].code)} | more


async def test_the_page_is_whole(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone reads every part; all that is listed is that committee's."""
    body = await gateway.query(PAGE, asked(sandbox))

    assert "errors" not in body
    page = body["data"]["organization"]
    rows = {name: page[name]["nodes"] for name in LISTS}
    assert all(rows.values())
    assert {row["organization"]["id"] for name in LISTS for row in rows[name]} == {asked(sandbox)["id"]}
    held = [event for event in rows["hallEvents"] if event["status"] == "HELD"]
    assert held
    assert all(event["outcome"] and event["members"] for event in held)
    assert all(plan["items"] for plan in rows["consultationPlans"])
    assert all(campaign["startsOn"] < campaign["endsOn"] for campaign in rows["oversights"])
    assert all(f["theme"] in c["themes"] for c in rows["oversights"] for f in c["findings"])
    assert {form["status"] for form in rows["suggestionForms"]} == {"SCHEDULED", "OPEN", "CLOSED"}


async def test_the_page_is_read_in_a_few_calls(sandbox: Sandbox, gateway: Gateway) -> None:
    """One call a list, and one each for what the organisation and the plans lead to."""
    sandbox.reset()

    await gateway.query(PAGE, asked(sandbox))

    assert max(sandbox.calls().values()) == 1, sandbox.calls()


async def test_each_is_found_by_its_id(sandbox: Sandbox, gateway: Gateway) -> None:
    """At its own root field and as a node."""
    page = (await gateway.query(PAGE, asked(sandbox)))["data"]["organization"]
    ids = [page[name]["nodes"][0]["id"] for name in LISTS]

    body = await gateway.query(AGAIN, dict(zip(("event", "plan", "oversight", "form"), ids, strict=True)))

    assert "errors" not in body
    found = body["data"]
    assert [found[name]["id"] for name in ("hallEvent", "consultationPlan", "oversight", "suggestionForm")] == ids
    assert [node["id"] for node in found["nodes"]] == ids


async def test_a_year_chooses_its_plans(sandbox: Sandbox, gateway: Gateway) -> None:
    """Last year's plan alone."""
    year = sandbox.world.today.year - 1

    body = await gateway.query(PAGE, asked(sandbox, year=year))

    assert [plan["year"] for plan in body["data"]["organization"]["consultationPlans"]["nodes"]] == [year]


async def test_a_scanned_code_leads_to_its_form(sandbox: Sandbox, gateway: Gateway) -> None:
    """In one call; a code of no form leads nowhere, without an error; while duty is down that is told."""
    page = (await gateway.query(PAGE, asked(sandbox)))["data"]["organization"]["suggestionForms"]["nodes"]
    sandbox.reset()

    found = await gateway.query(BY_CODE, {"code": page[0]["code"]})
    calls = sandbox.calls()
    none = [await gateway.query(BY_CODE, {"code": code}) for code in ("0" * 12, "https://example.org/?f=1", "")]
    sandbox.break_("duty", FaultKind.REFUSE)
    down = await gateway.query(BY_CODE, {"code": page[1]["code"]})

    assert found == {
        "data": {"suggestionFormByCode": {key: page[0][key] for key in ("id", "title", "status", "aspects")}}
    }
    assert calls["duty.forms.byCodes"] == 1
    assert none == [{"data": {"suggestionFormByCode": None}}] * 3
    assert [error["extensions"]["platform"] for error in down["errors"]] == ["duty"]


@pytest.mark.parametrize("year", [0, -1, 20260])
async def test_a_year_that_is_none_is_refused(sandbox: Sandbox, gateway: Gateway, year: int) -> None:
    """The list that was asked for it is null, the rest of the page whole."""
    body = await gateway.query(PAGE, asked(sandbox, year=year))

    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_INPUT"]
    assert body["data"]["organization"]["consultationPlans"] is None
    assert body["data"]["organization"]["hallEvents"]["nodes"]


async def test_while_duty_is_down_the_organisation_stands(sandbox: Sandbox, gateway: Gateway) -> None:
    """Its name comes from the work app; each list is null, with the platform's name."""
    sandbox.break_("duty", FaultKind.REFUSE)

    body = await gateway.query(PAGE, asked(sandbox))

    page = body["data"]["organization"]
    assert page["name"]
    assert [page[name] for name in LISTS] == [None] * len(LISTS)
    assert {error["extensions"]["platform"] for error in body["errors"]} == {"duty"}
    assert {error["path"][-1] for error in body["errors"]} == set(LISTS)
