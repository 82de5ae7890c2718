"""This graph as a subgraph: its text, and its entities by their keys, batched."""

import pytest
from graphql import build_schema

from schema.identifiers import global_id
from tests.stack import Gateway, OpenGateway, Sandbox

ENTITIES = """query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
        __typename ... on Studio { id name } ... on Member { id name }
    }
}"""
SDL = "{ _service { sdl } }"


async def test_entities_are_read_together(gateway: Gateway, sandbox: Sandbox) -> None:
    """A call for each type, however many there are; each in its place."""
    listed = await gateway.query("{ studios(first: 6) { nodes { id name convener { id name } } } }")
    studios = listed["data"]["studios"]["nodes"]
    conveners = [studio["convener"] for studio in studios]
    asked = [
        {"__typename": kind, "id": one["id"]}
        for pair in zip(studios, conveners, strict=True)
        for kind, one in zip(("Studio", "Member"), pair, strict=True)
    ]
    gateway.parts.cache.drop(())
    sandbox.reset()

    answer = await gateway.query(ENTITIES, {"representations": asked})

    found = answer["data"]["_entities"]
    assert [(one["__typename"], one["id"]) for one in found] == [(one["__typename"], one["id"]) for one in asked]
    assert [one["name"] for one in found[::2]] == [studio["name"] for studio in studios]
    assert sum(sandbox.calls().values()) <= 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"__typename": "Studio", "id": "nobody made it"},
        {"__typename": "Studio", "id": global_id("Member", "1")},
        {"__typename": "Viewer", "id": global_id("Viewer", "1")},
        {"__typename": "Studio"},
        "Studio",
    ],
    ids=["no id", "of another type", "no entity", "without an id", "no object"],
)
async def test_a_wrong_representation_costs_its_own_place(gateway: Gateway, wrong: object) -> None:
    """The others are answered."""
    listed = await gateway.query("{ studios(first: 1) { nodes { id name } } }")
    [studio] = listed["data"]["studios"]["nodes"]

    answer = await gateway.query(ENTITIES, {"representations": [wrong, {"__typename": "Studio", "id": studio["id"]}]})

    assert answer["data"]["_entities"] == [None, {"__typename": "Studio", **studio}]
    [error] = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["_entities", 0], "BAD_ID")


async def test_a_representation_may_stand_in_the_query(gateway: Gateway) -> None:
    """As a literal."""
    listed = await gateway.query("{ studios(first: 1) { nodes { id } } }")
    identifier = listed["data"]["studios"]["nodes"][0]["id"]

    answer = await gateway.query(
        f'{{ _entities(representations: [{{ __typename: "Studio", id: "{identifier}" }}]) {{ ... on Studio {{ id }} }} }}'
    )

    assert answer["data"] == {"_entities": [{"id": identifier}]}


async def test_too_many_are_refused(gateway: Gateway) -> None:
    """A thousand in one request, which is more than ``nodes`` takes."""
    representation = {"__typename": "Studio", "id": global_id("Studio", "1")}

    answer = await gateway.query(ENTITIES, {"representations": [representation] * 1001})

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["PAGE_TOO_LARGE"]


async def test_the_text_has_keys_and_none_of_the_machinery(gateway: Gateway) -> None:
    """What a router adds by itself is not in it; the rest is the schema as it is."""
    text = (await gateway.query(SDL))["data"]["_service"]["sdl"]

    assert text.startswith('extend schema @link(url: "https://specs.apollo.dev/federation/v2.')
    assert 'type Studio implements Node @key(fields: "id") {' in text
    assert "type PageInfo @shareable {" in text
    assert not [word for word in ("_Any", "_Entity", "_Service", "_entities", "@cost", "@listSize") if word in text]
    _, _, plain = text.partition("\n")
    bare = plain.replace(' @key(fields: "id")', "").replace(" @shareable", "")
    assert "studios" in build_schema(bare).query_type.fields  # type: ignore[union-attr]  # it has one


async def test_no_more_is_told_than_by_introspection(open_gateway: OpenGateway) -> None:
    """To anyone, without what needs a sign-in they could not have; to nobody where introspection is off."""
    async with open_gateway(limits={"introspection": "audience"}) as gateway:
        text = (await gateway.query(SDL))["data"]["_service"]["sdl"]
    async with open_gateway(limits={"introspection": "off"}) as gateway:
        refused = await gateway.query(SDL)

    assert "type Connector " not in text
    assert "  connectors" not in text
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["INTROSPECTION_OFF"]
