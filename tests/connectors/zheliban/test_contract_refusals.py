"""What the contracts of our services behind IRS do not allow is refused, by the codes they name."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.connectors.zheliban.contract import CONTRACT, OPERATIONS, answer_problems

Call = Callable[..., Awaitable[httpx.Response]]
READS = {name: each for name, each in OPERATIONS.items() if each.method == "GET"}
RIGHT = {
    "ids": "S1",
    "ownerIds": "S1",
    "first": "5",
    "from": "2026-10-01",
    "to": "2026-10-02",
    "orderBy": "LIKES_DESC",
    "regionCode": "331000",
    "userId": "u1",
    "viewerId": "u1",
    "id": "A1",
}
WRONG = {
    "ids": ["", "a,,b", "a b", "委员", ",".join(["S1"] * 101), "x" * 65],
    "ownerIds": ["", ",", "a b", ",".join(f"S{n}" for n in range(101)), "x" * 129],
    "first": ["", "0", "101", "-1", "1.5", "1e1", "٣", "9" * 400],
    "after": ["zzz", "", "a b", "WyJYIiwxLCJ5Il0", "WyJYIixOYU4sInkiXQ"],
    "withTotal": ["1", "yes", ""],
    "category": ["SPORTS", "law", ""],
    "regionCode": ["33", "33100a", "", "٣٣١٠٠٠"],
    "orderBy": ["NAME", ""],
    "answered": ["yes"],
    "waiting": ["1"],
    "overdue": ["TRUE"],
    "satisfied": ["no"],
    "status": ["", "DONE", "ANSWERED,", "ANSWERED;RATED"],
    "moderation": ["OPEN"],
    "askedBy": ["a b", ""],
    "addresseeId": ["a,b"],
    "changedSince": ["2026-11-01", "yesterday", "2026-13-01T00:00:00Z", "2026-11-01T00:00:00", "0000-00-00T00:00:00Z"],
    "from": ["", "2026-10", "2026-02-30", "2026-10-03"],
    "to": ["", "tomorrow", "2026-09-30", "2028-10-01"],
    "viewerId": ["a b", "x" * 129],
    "viewerMemberId": ["a b"],
    "viewerEmployeeCode": ["a b"],
    "viewerStaff": ["yes"],
    "userId": ["", "a b"],
    "id": ["", "a b"],
}


def right(operation: str) -> dict[str, str]:
    """The required parameters of a read, as they may be."""
    described = CONTRACT.parameters(operation)
    params = {name: RIGHT[name] for name, each in described.items() if each.get("required")}
    return params | ({"ids": "w" * 16} if operation.endswith(".writes") else {})


@pytest.mark.parametrize("operation", READS)
async def test_what_the_contract_does_not_allow_is_refused(call: Call, operation: str) -> None:
    """Parameters that are missing, given twice, misspelt or not of their form are refused by the codes of the contract."""
    good = right(operation)
    described = CONTRACT.parameters(operation)
    assert (await call(operation, good)).json().get("success", True) or operation == "attachments"
    bad: list[Any] = [{k: v for k, v in good.items() if k != name} for name in good]
    bad += [
        [*good.items(), (name, good.get(name, "1"))] + ([] if name in good else [(name, "1")]) for name in described
    ]
    bad += [good | {"viewerID": "u1"}, good | {"": "x"}, good | {"IDS": "x"}]
    bad += [good | {name: text} for name in described for text in WRONG.get(name, ())]

    answers = [(params, await call(operation, params)) for params in bad]

    for params, answer in answers:
        assert answer_problems(operation, answer) == [], params
        assert not answer.json()["success"], params
        assert answer.json()["errorCode"].partition("-")[2] in {
            "PARAMETER-MISSING",
            "PARAMETER-INVALID",
            "TOO-MANY-KEYS",
            "CURSOR-INVALID",
            "RANGE-TOO-WIDE",
        }


BY = {"userId": "u1"}
BODIES: dict[str, dict[str, Any]] = {
    "questions.search": {"text": "医保", "first": 5},
    "questions.ask": {"by": BY, "studioId": "S1", "category": "LAW", "kind": "HELP", "title": "t", "body": "b"},
    "questions.reply": {"by": {"memberId": "M1"}, "questionId": "Q1", "body": "b"},
    "questions.recordReply": {
        "by": {"memberId": "M1"},
        "questionId": "Q1",
        "memberId": "M1",
        "body": "b",
        "givenAt": "2026-11-01T08:00:00+08:00",
    },
    "questions.rate": {"by": BY, "questionId": "Q1", "score": 5},
    "questions.move": {"by": BY, "questionId": "Q1", "to": "CLOSED"},
    "questions.extend": {"by": BY, "questionId": "Q1", "until": "2027-01-01"},
    "questions.moderate": {"by": BY, "questionId": "Q1", "publish": True},
    "studios.mark": {"by": BY, "studioId": "S1"},
    "orders.create": {"by": BY, "kind": "HELP", "title": "t", "body": "b", "regionCode": "331002"},
    "orders.supplement": {"by": BY, "orderId": "W1", "body": "b"},
    "orders.followUp": {"by": BY, "orderId": "W1", "satisfied": True},
    "articles.search": {"first": 5},
    "notices.send": {"userId": "u1", "title": "t", "text": "b"},
}
MISFITS: tuple[bytes, ...] = (
    b"",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"{",
    b"\xff\xfe",
    b'{"a":NaN}',
    b"[" * 100_000,
    b'{"first":' + b"9" * 5000 + b"}",
    b'{"writeId":"' + b"w" * 16 + b'","by":' + b'{"by":' * 50_000,
)


@pytest.mark.parametrize("operation", BODIES)
async def test_what_is_no_body_of_the_contract_is_refused(call: Call, operation: str) -> None:
    """Members that are missing, unknown or of another type, and what is no JSON at all, change nothing."""
    good = BODIES[operation] | ({} if operation.endswith(".search") else {"writeId": "w" * 20})
    assert CONTRACT.against_body(operation, good) == []
    changed: list[Any] = [{k: v for k, v in good.items() if k != name} for name in good]
    changed += [good | {name: wrong} for name in good for wrong in ([], {"x": 1}, 7.5)]
    changed += [good | {"extra": 1}, good | {"writeID": "w" * 20}]
    bodies = [each for each in changed if CONTRACT.against_body(operation, each)]

    answers = [await call(operation, {}, each) for each in (*bodies, *MISFITS)]
    answers.append(await call(operation, {"writeId": "w" * 20}, good))

    for answer in answers:
        assert answer_problems(operation, answer) == []
        assert answer.json()["errorCode"].partition("-")[2] in {
            "PARAMETER-MISSING",
            "PARAMETER-INVALID",
            "BODY-INVALID",
        }


@pytest.mark.parametrize("operation", [name for name in BODIES if not name.endswith(".search")])
async def test_what_cannot_be_done_is_told_as_such(call: Call, operation: str) -> None:
    """A well-formed write about what nobody knows, or by nobody, is refused by a code of the contract."""
    answer = await call(operation, {}, BODIES[operation] | {"writeId": "w" * 20})

    assert answer_problems(operation, answer) == []
    assert answer.json()["errorCode"].partition("-")[2] in {"NOT-FOUND", "NOT-ALLOWED", "BODY-INVALID"}
