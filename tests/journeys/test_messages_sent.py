"""Officials write to one, to some and to a group."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import PersonSeed
from schema.identifiers import global_id
from tests.replying import settled
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at

SCOPES = "openid graph:read office:read office:write"
SEND = """mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
    message { id kind title body group receiverCount sender { id } receivers { id } readAt }
    effects { kind platform status } userErrors { code message field } } }"""
BOX = "{ messages(first: 20) { totalCount nodes { id body readAt sender { id } } } }"


def colleagues(sandbox: Sandbox) -> list[PersonSeed]:
    """Officials who are no members and no staff."""
    return [p for p in sandbox.world.officials if p.work and p.work.employee_code and "staff" not in p.roles]


def id_of(person: PersonSeed) -> str:
    """Their global id."""
    assert person.work is not None
    return global_id("Official", person.work.employee_code)


def message(*receivers: PersonSeed, **more: Any) -> dict[str, Any]:
    """Variables: a chat unless told otherwise."""
    told = {"kind": "CHAT", "body": "下午三点到会议室。", "receiverIds": [id_of(one) for one in receivers]}
    return {"input": told | more}


@pytest.mark.parametrize(
    ("count", "more"),
    [
        (1, {}),
        (3, {"kind": "MAIL", "title": "会议通知"}),
        (2, {"kind": "SMS"}),
        (4, {"kind": "GROUP", "group": "专班"}),
    ],
    ids=["to one", "mail to some", "sms", "to a group"],
)
async def test_it_is_in_both_boxes_at_once(
    count: int, more: dict[str, Any], sandbox: Sandbox, desk: SignInDesk
) -> None:
    """One call; its author finds it first in their box, read, and who it went to finds it unread."""
    author, *others = colleagues(sandbox)[: count + 1]
    token = await desk.token(author.id, "zhezhengding", SCOPES)
    before = (await desk.gateway.query(BOX, token=token))["data"]["messages"]["totalCount"]
    sandbox.reset()

    body = await desk.gateway.query(SEND, message(*others, **more), token)
    calls = sandbox.calls()
    own = (await desk.gateway.query(BOX, token=token))["data"]["messages"]
    got = await desk.gateway.query(BOX, token=await desk.token(others[-1].id, "zhezhengding", SCOPES))

    told = body["data"]["sendMessage"]
    assert told["userErrors"] == []
    assert told["effects"] == [{"kind": "MESSAGE", "platform": "zhezhengding", "status": "DONE"}]
    assert told["message"]["sender"] == {"id": id_of(author)}
    assert [one["id"] for one in told["message"]["receivers"]] == [id_of(one) for one in others]
    assert (told["message"]["title"], told["message"]["group"]) == (more.get("title"), more.get("group"))
    assert calls == {"zhezhengding.messages.send": 1}
    assert own["nodes"][0]["id"] == told["message"]["id"]
    assert own["totalCount"] == before + 1
    received = next(one for one in got["data"]["messages"]["nodes"] if one["id"] == told["message"]["id"])
    assert received["readAt"] is None


async def test_the_same_key_sends_it_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Asked again it is the same message, and stands in the box once; to somebody else the key is refused."""
    author, other, third = colleagues(sandbox)[5:8]
    token = await desk.token(author.id, "zhezhengding", SCOPES)

    first = await desk.gateway.query(SEND, message(other, idempotencyKey="m-1"), token)
    again = await desk.gateway.query(SEND, message(other, idempotencyKey="m-1"), token)
    refused = await desk.gateway.query(SEND, message(third, idempotencyKey="m-1"), token)
    own = (await desk.gateway.query(BOX, token=token))["data"]["messages"]["nodes"]

    assert first == again
    assert refused["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    key = first["data"]["sendMessage"]["message"]["id"]
    assert [one["id"] for one in own].count(key) == 1


async def test_without_an_answer_it_is_sent_once(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """It arrived, and the answer was cut off: it is found out, and nobody gets it twice."""
    async with open_gateway(writes={"first_retry_s": 0.1}) as gateway:
        desk = await desk_at(sandbox, gateway)
        author, other = colleagues(sandbox)[8:10]
        token = await desk.token(author.id, "zhezhengding", SCOPES)
        sandbox.break_("zhezhengding", FaultKind.TRUNCATED, "messages.send")

        body = await gateway.query(SEND, message(other, body="只发一次。"), token)
        sandbox.reset()
        await settled(gateway)
        own = (await gateway.query(BOX, token=token))["data"]["messages"]["nodes"]

    assert [effect["status"] for effect in body["data"]["sendMessage"]["effects"]] == ["UNKNOWN"]
    assert [error["extensions"]["code"] for error in body["errors"]] == ["WRITE_KEPT"]
    assert [one["body"] for one in own].count("只发一次。") == 1


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"body": "\u200b"}, "TEXT_MISSING", "body"),
        ({"kind": "SMS", "body": "长" * 501}, "TEXT_TOO_LONG", "body"),
        ({"kind": "MAIL"}, "TEXT_MISSING", "title"),
        ({"kind": "GROUP"}, "TEXT_MISSING", "group"),
        ({"title": "单聊没有标题"}, "NOT_FOR_THIS_KIND", "title"),
        ({"kind": "SMS", "group": "专班"}, "NOT_FOR_THIS_KIND", "group"),
        ({"receiverIds": []}, "NO_ENTRIES", "receiverIds"),
        ({"receiverIds": [global_id("Official", f"GE_{at}") for at in range(2)]}, "TOO_MANY_ENTRIES", "receiverIds"),
        ({"receiverIds": [global_id("Official", "GE_nobody")]}, "PLATFORM_REJECTED_INPUT", None),
    ],
    ids=["unseen", "long", "untitled", "no group", "title", "group", "to nobody", "chat to two", "unknown"],
)
async def test_what_can_be_mended_is_told(
    given: dict[str, Any], code: str, field: str | None, sandbox: Sandbox, desk: SignInDesk
) -> None:
    """With its field, where it is one; nothing was sent."""
    author, other = colleagues(sandbox)[:2]
    token = await desk.token(author.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(SEND, message(other, **given), token)

    told = body["data"]["sendMessage"]
    assert (told["message"], told["effects"]) == (None, [])
    assert [(one["code"], one["field"]) for one in told["userErrors"]] == [(code, field)]


async def test_it_takes_the_scope(sandbox: Sandbox, desk: SignInDesk) -> None:
    """To read is not to write; a citizen writes to no official."""
    author, other = colleagues(sandbox)[:2]
    reader = await desk.token(author.id, "zhezhengding", "openid office:read")
    citizen = await desk.token(sandbox.world.citizens[0].id)
    sandbox.reset()

    for token in (reader, citizen, None):
        body = await desk.gateway.query(SEND, message(other), token)

        (error,) = body["errors"]
        assert (error["extensions"]["code"], error["extensions"]["scope"]) == ("FORBIDDEN", "office:write")
    assert sandbox.calls() == {}
