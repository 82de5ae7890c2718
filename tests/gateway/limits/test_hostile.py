"""Documents made to hurt are refused at the real endpoint with the code that fits, and no platform is asked."""

import json
from typing import Any

import pytest
from graphql import get_introspection_query

from tests.gateway.limits.test_estimate import circles
from tests.gateway.limits.test_outline import fragments
from tests.stack import Gateway, OpenGateway, Sandbox

HEADERS = {"accept": "application/graphql-response+json", "content-type": "application/json"}
PAGES = "".join(
    f"fragment f{n} on Studio {{ questions(first: 9) {{ nodes {{ studio {{ ...f{n + 1} ...f{n + 1} }} }} }} }} "
    for n in range(4)
)

HOSTILE: dict[str, tuple[str, Any, str]] = {
    "fragments in fragments": (fragments(20, "...{next} ...{next}"), {}, "TOO_MANY_FIELDS"),
    "fragments in fields": (fragments(40, "a {{ ...{next} }} d {{ ...{next} }}"), {}, "DOCUMENT_TOO_DEEP"),
    "fragments in a circle": ("{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }", {}, "VALIDATION"),
    "pages in fragments": (
        f'{{ studio(id: "x") {{ ...f0 }} }} {PAGES} fragment f4 on Studio {{ id }}',
        {},
        "OPERATION_TOO_LARGE",
    ),
    "one field many times": ("{" + " viewer { id }" * 300 + " }", {}, "TOO_MANY_REPEATS"),
    "many aliases": (
        '{ studio(id: "x") {' + "".join(f" a{n}: name" for n in range(400)) + " } }",
        {},
        "TOO_MANY_ALIASES",
    ),
    "many root fields": (
        "{" + "".join(f" v{n}: viewer {{ id }}" for n in range(50)) + " }",
        {},
        "TOO_MANY_ROOT_FIELDS",
    ),
    "many fragments": (
        "{ viewer { id } }" + "".join(f" fragment f{n} on Query {{ viewer {{ id }} }}" for n in range(90)),
        {},
        "TOO_MANY_FRAGMENTS",
    ),
    "ten thousand directives": ("{ viewer " + "@skip(if: false) " * 10_000 + "{ id } }", {}, "DOCUMENT_TOO_LONG"),
    "hundreds of directives": ("{ viewer " + "@x " * 900 + "{ id } }", {}, "TOO_MANY_DIRECTIVES"),
    "deep fields": (
        '{ studio(id: "x") ' + "{ convener { studios " * 10 + "{ id } " + "} }" * 10 + " }",
        {},
        "DOCUMENT_TOO_DEEP",
    ),
    "deep without fields": ("{ " + "... { " * 150 + "viewer { id }" + " }" * 151, {}, "DOCUMENT_TOO_DEEP"),
    "deeper than any parser goes": ("{ a " * 900, {}, "DOCUMENT_TOO_DEEP"),
    "long lists": ("{ nodes(ids: [" + '"x" ' * 900 + "]) { id } }", {}, "TOO_MANY_LITERALS"),
    "deep lists": ("{ nodes(ids: " + "[" * 50 + "]" * 50 + ") { id } }", {}, "LITERAL_TOO_DEEP"),
    "deep lists in variables": (
        "query ($i: [ID!]!) { nodes(ids: $i) { id } }",
        {"i": json.loads("[" * 50 + "]" * 50)},
        "BAD_USER_INPUT",
    ),
    "deeper lists in variables": (
        "query ($i: [ID!]!) { nodes(ids: $i) { id } }",
        {"i": json.loads("[" * 500 + "]" * 500)},
        "JSON_TOO_DEEP",
    ),
    "a huge number": ("{ studios(first: " + "9" * 5000 + ") { totalCount } }", {}, "VALIDATION"),
    "a huge number in variables": (
        "query ($n: Int!) { studios(first: $n) { totalCount } }",
        {"n": 10**39},
        "BAD_USER_INPUT",
    ),
    "not a number": ("query ($n: Int!) { studios(first: $n) { totalCount } }", {"n": "1e9"}, "BAD_USER_INPUT"),
    "circles": (circles(4), {}, "OPERATION_TOO_LARGE"),
    "costly reads": (
        "query ($n: Int!) { studios(first: $n) { nodes { questions(first: $n) { nodes { rating { score } } } } } }",
        {"n": 100},
        "OPERATION_TOO_COSTLY",
    ),
    "questions about the schema": (
        "{ __schema { types " + "{ fields { type " * 8 + "{ name }" + " } }" * 8 + " } }",
        {},
        "DOCUMENT_TOO_DEEP",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_made_to_hurt_is_refused(sandbox: Sandbox, gateway: Gateway, name: str) -> None:
    """A status of the caller's making, one stable code, words that tell what to do, and no call to a platform."""
    query, variables, code = HOSTILE[name]

    answer = await gateway.client.post(
        "/graphql", content=json.dumps({"query": query, "variables": variables}), headers=HEADERS
    )

    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert answer.status_code == 400
    assert codes == {"GRAPHQL_VALIDATION_FAILED" if code == "VALIDATION" else code}
    assert "?" not in answer.json()["errors"][0]["message"]
    assert sandbox.calls() == {}


async def test_limits_are_settings(open_gateway: OpenGateway) -> None:
    """What an operator sets holds, in both directions."""
    tight = {"introspection": "off", "max_cost": 100, "root_fields": 2}
    async with open_gateway(limits=tight) as gateway:
        schema = await gateway.query("{ __schema { queryType { name } } }")
        costly = await gateway.query("{ studios(first: 99) { nodes { id } } }")
        roots = await gateway.query("{ a: viewer { id } b: viewer { id } c: viewer { id } }")
        fine = await gateway.query("{ viewer { id __typename } }")

    assert schema["errors"][0]["extensions"]["code"] == "INTROSPECTION_OFF"
    assert costly["errors"][0]["extensions"] | {"traceId": ""} == {
        "code": "OPERATION_TOO_COSTLY",
        "cost": 101,
        "most": 100,
        "retryable": False,
        "traceId": "",
    }
    assert roots["errors"][0]["extensions"]["most"] == 2
    assert fine == {"data": {"viewer": None}}


async def test_tools_read_the_schema(gateway: Gateway) -> None:
    """The introspection that the IDE and code generators send is answered."""
    body = await gateway.query(get_introspection_query(input_value_deprecation=True, specified_by_url=True))

    assert "errors" not in body
    assert {"cost", "listSize"} <= {directive["name"] for directive in body["data"]["__schema"]["directives"]}


async def test_a_circle_within_the_bound_is_walked(sandbox: Sandbox, gateway: Gateway) -> None:
    """Going in circles is no fault by itself."""
    studio = (await gateway.query("{ studios(first: 1) { nodes { id } } }"))["data"]["studios"]["nodes"][0]["id"]

    body = await gateway.query(circles(2, rows=3).replace('"x"', f'"{studio}"'))

    assert "errors" not in body
    assert sandbox.calls()
