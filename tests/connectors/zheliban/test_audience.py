"""The second look at what a platform sends: private rows that reached the wrong person stop here."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.page import PageArgs
from connectors.records.question import QuestionQuery
from connectors.viewer import Ask, Role

Asking = Callable[..., Ask]


def row(**access: Any) -> dict[str, Any]:
    """A question as a platform may send it, with that access."""
    facts = {
        "visibility": "PRIVATE",
        "moderation": "NOT_ASKED",
        "askerId": "u1",
        "addresseeId": "M1",
        "grounds": "STAFF",
    }
    member = {"id": "M1", "name": "测试甲"}
    reply = {"id": "R1", "questionId": "Q1", "body": "b", "repliedAt": "2026-11-01T10:00:00+08:00", "author": member}
    return {
        "id": "Q1",
        "cursor": "c",
        "title": "t",
        "body": "b",
        "status": "ANSWERED",
        "kind": "HELP",
        "category": "LAW",
        "askedAt": "2026-11-01T09:00:00+08:00",
        "studio": {"id": "S1", "name": "s", "category": "LAW"},
        "addressee": member,
        "asker": None,
        "regionCode": "331002",
        "changedAt": "2026-11-01T10:00:00+08:00",
        "attachments": [],
        "replies": [reply],
        "rating": None,
        "history": [],
        "extendedUntil": None,
        "reasonCode": None,
        "access": facts | access,
    }


def leaking(**access: Any) -> Callable[[httpx.Request], Any]:
    """A platform that answers everybody with one private question."""
    question = row(**access)

    def data(request: httpx.Request) -> Any:
        if request.url.path.endswith("/replies"):
            return {"items": [question["replies"][0] | {"access": question["access"]}]}
        if request.url.path.endswith("/studios/questions"):
            return {"items": [{"ownerId": "S1", "rows": [question], "hasNext": False, "total": None}]}
        return {"items": [question]}

    return data


@pytest.mark.parametrize(
    ("access", "viewer"),
    [
        ({}, {}),
        ({"grounds": "PUBLIC"}, {}),
        ({"visibility": "PUBLIC", "moderation": "WAITING"}, {}),
        ({"grounds": "ASKER"}, {"account": "u2"}),
        ({"grounds": "ADDRESSEE"}, {"member_key": "M2"}),
        ({"grounds": "STUDIO"}, {"account": "u2"}),
        ({"grounds": "STAFF"}, {"roles": frozenset({Role.OFFICIAL})}),
        ({"addresseeId": None}, {"account": "u2"}),
    ],
)
async def test_what_a_platform_should_not_have_sent_is_dropped(
    answered: Callable[..., SimpleNamespace], asking: Asking, access: Any, viewer: Any
) -> None:
    """A private row sent to the wrong person stops here, whatever the platform gives as its grounds."""
    sources, ask = answered(leaking(**access)), asking(**viewer)

    (page,) = await sources.questions.list_studio_questions(["S1"], QuestionQuery(), PageArgs(first=5), ask)

    assert page.nodes == ()
    assert await sources.questions.load_questions(["Q1"], ask) == [None]
    assert await sources.questions.load_replies(["R1"], ask) == [None]


@pytest.mark.parametrize(
    ("access", "viewer"),
    [
        ({"visibility": "PUBLIC", "moderation": "PUBLISHED"}, {}),
        ({}, {"account": "u1"}),
        ({}, {"member_key": "M1"}),
        ({"grounds": "STUDIO"}, {"member_key": "M2"}),
        ({}, {"roles": frozenset({Role.STAFF})}),
    ],
)
async def test_what_may_be_seen_passes(
    answered: Callable[..., SimpleNamespace], asking: Asking, access: Any, viewer: Any
) -> None:
    """The second look drops nothing that is the viewer's to see."""
    (found,) = await answered(leaking(**access)).questions.load_questions(["Q1"], asking(**viewer))

    assert found.key == "Q1"


@pytest.mark.parametrize(
    ("access", "viewer"),
    [
        ({"visibility": 7}, {}),
        ({"visibility": "PUBLIC", "moderation": {"value": "PUBLISHED"}}, {"member_key": "M2"}),
        ({"askerId": None}, {"account": "u2"}),
        ({"addresseeId": ["M2"]}, {"member_key": "M2"}),
        ({"grounds": "WHY"}, {"member_key": "M2"}),
        (None, {}),
        (None, {"roles": frozenset({Role.STAFF})}),
    ],
)
async def test_a_broken_access_shows_nothing(
    answered: Callable[..., SimpleNamespace], asking: Asking, access: Any, viewer: Any
) -> None:
    """Where it cannot be read who may see a question, an error stands in its place, never the question."""

    def data(request: httpx.Request) -> Any:
        told = leaking(**(access or {}))(request)
        if access is None:
            rows = told["items"][0].get("rows", told["items"])
            rows[0]["access"] = "everybody"
        return told

    sources, ask = answered(data), asking(**viewer)

    (page,) = await sources.questions.list_studio_questions(["S1"], QuestionQuery(), PageArgs(first=5), ask)
    (found,) = await sources.questions.load_questions(["Q1"], ask)
    (reply,) = await sources.questions.load_replies(["R1"], ask)

    assert [type(each) for each in (*page.nodes, found, reply)] == [UnexpectedAnswerError] * 3


async def test_a_broken_fact_that_nothing_hangs_on_costs_itself(
    answered: Callable[..., SimpleNamespace], asking: Asking
) -> None:
    """A published question is shown though its addressee cannot be read; staff see one whose asker cannot."""
    public = {"visibility": "PUBLIC", "moderation": "PUBLISHED", "addresseeId": 7}
    (found,) = await answered(leaking(**public)).questions.load_questions(["Q1"], asking())
    staff = asking(roles=frozenset({Role.STAFF}))
    (seen,) = await answered(leaking(askerId=7)).questions.load_questions(["Q1"], staff)

    assert found.title == seen.title == "t"
    assert isinstance(seen.asker_id, UnexpectedAnswerError)


async def test_a_time_without_offset_is_no_time(answered: Callable[..., SimpleNamespace], asking: Asking) -> None:
    """A wall-clock time could mean any moment, so that field fails; the rest of the row does not, nor the other."""
    good = row(visibility="PUBLIC", moderation="PUBLISHED")
    bad = good | {"id": "Q2", "askedAt": "2026-11-01 09:00:00"}

    rows = answered(lambda _: {"items": [good, bad]})
    first, second = await rows.questions.load_questions(["Q1", "Q2"], asking())

    assert (first.key, second.key, second.title) == ("Q1", "Q2", "t")
    assert isinstance(second.asked_at, UnexpectedAnswerError)
