"""Staff publish notices; officials say that they read them."""

from typing import Any

import pytest

from connectors.sandbox.world import PersonSeed
from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk

SCOPES = "openid graph:read office:read office:write"
PUBLISH = """mutation ($input: PublishNoticeInput!) { publishNotice(input: $input) {
    notice { id title body publisher { id } author { id } readAt }
    effects { kind platform status } userErrors { code message field } } }"""
READ = """mutation ($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) {
    notices { id readAt } effects { kind status } userErrors { code message field } } }"""
UNREAD = """{ notices(first: 50) { totalCount nodes { id title readAt } }
    unread: notices(first: 50, unreadOnly: true) { totalCount nodes { id } } }"""


def staff_of(sandbox: Sandbox) -> PersonSeed:
    """Somebody of a committee's office."""
    return next(p for p in sandbox.world.officials if "staff" in p.roles and p.work and p.work.employee_code)


def official(sandbox: Sandbox, at: int = 0) -> PersonSeed:
    """An official who is neither member nor staff."""
    plain = [p for p in sandbox.world.officials if p.work and p.work.employee_code and "staff" not in p.roles]
    return plain[at]


def unit_of(person: PersonSeed) -> str:
    """The global id of where they work."""
    assert person.work is not None
    return global_id("Organization", person.work.unit_code)


def notice(publisher: PersonSeed, *audience: PersonSeed, **more: Any) -> dict[str, Any]:
    """Variables."""
    told = {"publisherId": unit_of(publisher), "audienceIds": [unit_of(one) for one in audience]}
    return {"input": told | {"title": "关于召开全体会议的通知", "body": "请准时参加。"} | more}


async def notices_of(desk: SignInDesk, token: str) -> dict[str, Any]:
    """Somebody's notices, and those they have not read."""
    body = await desk.gateway.query(UNREAD, token=token)
    assert "errors" not in body
    told: dict[str, Any] = body["data"]
    return told


async def test_it_reaches_its_audience_at_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """One call; who it goes to finds it first in their list, unread and counted, though they read it just before."""
    author, reader = staff_of(sandbox), official(sandbox)
    token = await desk.token(author.id, "zhezhengding", SCOPES)
    other = await desk.token(reader.id, "zhezhengding", SCOPES)
    before = await notices_of(desk, other)
    sandbox.reset()

    body = await desk.gateway.query(PUBLISH, notice(author, author, reader), token)
    calls = sandbox.calls()
    got, own = await notices_of(desk, other), await notices_of(desk, token)

    told = body["data"]["publishNotice"]
    assert told["userErrors"] == []
    assert told["effects"] == [{"kind": "NOTICE", "platform": "zhezhengding", "status": "DONE"}]
    assert told["notice"]["publisher"] == {"id": unit_of(author)}
    assert calls == {"zhezhengding.office.notices.publish": 1}
    assert got["notices"]["nodes"][0]["id"] == told["notice"]["id"] == own["notices"]["nodes"][0]["id"]
    assert got["unread"]["nodes"][0]["id"] == told["notice"]["id"]
    assert got["notices"]["totalCount"] == before["notices"]["totalCount"] + 1


async def test_the_same_key_publishes_it_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Asked again it is the same notice."""
    author = staff_of(sandbox)
    token = await desk.token(author.id, "zhezhengding", SCOPES)
    given = notice(author, author, idempotencyKey="n-1")

    first = await desk.gateway.query(PUBLISH, given, token)
    again = await desk.gateway.query(PUBLISH, given, token)
    other = await desk.gateway.query(PUBLISH, notice(author, author, idempotencyKey="n-1", title="另一则"), token)
    own = await notices_of(desk, token)

    assert first == again
    assert other["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    key = first["data"]["publishNotice"]["notice"]["id"]
    assert [one["id"] for one in own["notices"]["nodes"]].count(key) == 1


async def test_only_staff_publish(sandbox: Sandbox, desk: SignInDesk) -> None:
    """An official with the scope is told the role it takes, staff without it the scope; nothing is sent."""
    author, plain = staff_of(sandbox), official(sandbox)
    unscoped = await desk.token(author.id, "zhezhengding", "openid office:read")
    unfit = await desk.token(plain.id, "zhezhengding", SCOPES)
    sandbox.reset()

    told = [await desk.gateway.query(PUBLISH, notice(author, author), token) for token in (unscoped, unfit)]

    assert [body["data"] for body in told] == [{"publishNotice": None}] * 2
    extensions = [body["errors"][0]["extensions"] for body in told]
    assert [one["code"] for one in extensions] == ["FORBIDDEN", "FORBIDDEN_ROLE"]
    assert (extensions[0]["scope"], extensions[1]["role"]) == ("office:write", "staff")
    assert sandbox.calls() == {}


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"title": ""}, "TEXT_MISSING", "title"),
        ({"body": "长" * 20_001}, "TEXT_TOO_LONG", "body"),
        ({"audienceIds": []}, "NO_ENTRIES", "audienceIds"),
        (
            {"audienceIds": [global_id("Organization", f"GO_{n}") for n in range(101)]},
            "TOO_MANY_ENTRIES",
            "audienceIds",
        ),
        ({"audienceIds": [global_id("Organization", "GO_nowhere")]}, "PLATFORM_REJECTED_INPUT", None),
    ],
    ids=["no title", "long", "to nobody", "to too many", "unknown"],
)
async def test_what_can_be_mended_is_told(
    given: dict[str, Any], code: str, field: str | None, sandbox: Sandbox, desk: SignInDesk
) -> None:
    """With its field, where it is one."""
    author = staff_of(sandbox)
    token = await desk.token(author.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(PUBLISH, notice(author, author, **given), token)

    told = body["data"]["publishNotice"]
    assert told["notice"] is None
    assert [(one["code"], one["field"]) for one in told["userErrors"]] == [(code, field)]


async def test_none_is_published_for_anothers_organization(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Staff speak for where they belong; nobody gets it."""
    author, other = staff_of(sandbox), official(sandbox, 3)
    token = await desk.token(author.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(PUBLISH, notice(other, author), token)

    assert body["data"] == {"publishNotice": None}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["PLATFORM_FORBIDDEN"]


async def test_what_is_read_is_unread_no_more(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Lists and counts show it at once; to say it again changes nothing."""
    token = await desk.token(official(sandbox, 1).id, "zhezhengding", SCOPES)
    author = staff_of(sandbox)
    publishing = await desk.token(author.id, "zhezhengding", SCOPES)
    await desk.gateway.query(PUBLISH, notice(author, official(sandbox, 1)), publishing)
    before = await notices_of(desk, token)
    unread = [one["id"] for one in before["unread"]["nodes"]][:2]
    sandbox.reset()

    body = await desk.gateway.query(READ, {"input": {"noticeIds": unread}}, token)
    calls = sandbox.calls()
    after = await notices_of(desk, token)
    again = await desk.gateway.query(READ, {"input": {"noticeIds": unread}}, token)

    told = body["data"]["markNoticesRead"]
    assert told["userErrors"] == []
    assert [one["id"] for one in told["notices"]] == unread
    assert all(one["readAt"] for one in told["notices"])
    assert again["data"]["markNoticesRead"]["notices"] == told["notices"]
    assert calls == {"zhezhengding.office.notices.read": 1, "zhezhengding.office.notices.get": 1}
    assert after["unread"]["totalCount"] == before["unread"]["totalCount"] - len(unread)
    assert {one["id"]: one["readAt"] for one in after["notices"]["nodes"]}[unread[0]]


async def test_anothers_notice_is_not_found(sandbox: Sandbox, desk: SignInDesk) -> None:
    """One that did not go to the asker; none of those named with it is marked."""
    author, reader = staff_of(sandbox), official(sandbox, 2)
    made = await desk.gateway.query(
        PUBLISH, notice(author, author), await desk.token(author.id, "zhezhengding", SCOPES)
    )
    key = made["data"]["publishNotice"]["notice"]["id"]
    token = await desk.token(reader.id, "zhezhengding", SCOPES)
    before = await notices_of(desk, token)
    own = [one["id"] for one in before["unread"]["nodes"]][:1]

    body = await desk.gateway.query(READ, {"input": {"noticeIds": [*own, key]}}, token)

    told = body["data"]["markNoticesRead"]
    assert told["notices"] is None
    assert [error["code"] for error in told["userErrors"]] == ["NOT_FOUND"]
    assert (await notices_of(desk, token))["unread"] == before["unread"]
