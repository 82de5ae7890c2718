"""What of our own lists is not of the form costs the field, the row or the page, never more."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import (
    UnexpectedAnswerError,
)
from connectors.records.office import (
    Notice,
    NoticeQuery,
)
from connectors.records.page import Page

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

from tests.connectors.zhezhengding.office.working import FIVE, Office


def held(items: Any) -> bytes:
    """An E1 around items."""
    data = {"items": items}
    return json.dumps({"success": True, "content": {"success": True, "data": data, "responseCode": "0"}}).encode()


ROW = {
    "id": "N1", "title": "通知", "body": "正文", "publishedAt": "2026-11-20T09:00:00+08:00", "organizationCode": "GO_1",
    "organizationName": "办公室", "author": None, "files": [], "readAt": None, "cursor": "c1",
}  # fmt: skip


async def test_a_wrong_field_costs_itself(bench: "Bench") -> None:
    """Schema drift in a list: the field holds the error, a row without its key is one in its place, the page stays."""
    office = Office(bench)
    wrong = ROW | {"id": "N2", "publishedAt": "yesterday", "author": {"employeeCode": 7}, "organizationName": None}
    rows = [ROW, wrong, {"title": "nameless", "cursor": "c3"}, 7]
    bench.wire.answer = lambda _: held([{"employeeCode": office.own[0], "rows": rows, "hasNext": False, "total": "n"}])

    (page,) = await office.notices.list_notices(office.own, NoticeQuery(), FIVE, office.ask)

    assert isinstance(page, Page)
    right, second, nameless, nothing = page.nodes
    assert (right.title, right.author, right.publisher.name) == ("通知", None, "办公室")
    assert (second.title, second.publisher.key) == ("通知", "GO_1")
    for broken in (second.published_at, second.publisher.name, second.author, nameless, nothing, page.total):
        assert isinstance(broken, UnexpectedAnswerError)


@pytest.mark.parametrize(
    "items",
    [
        [{"employeeCode": "GE_own", "rows": {}, "hasNext": False}],
        [{"employeeCode": "GE_own", "rows": [], "hasNext": "perhaps"}],
        [{"rows": [], "hasNext": False}],
        [7],
        {},
        "x",
    ],
    ids=str,
)
async def test_a_page_that_cannot_be_read_is_an_error_for_its_owner(bench: "Bench", items: Any) -> None:
    """No rows, no owner, no list at all: never an empty page."""
    office = Office(bench)
    own = office.own[0]
    named = (
        [item | {"employeeCode": own} if "employeeCode" in item else item for item in items]
        if isinstance(items, list) and all(isinstance(item, dict) for item in items)
        else items
    )
    bench.wire.answer = lambda _: held(named)

    (page,) = await office.notices.list_notices(office.own, NoticeQuery(), FIVE, office.ask)

    assert isinstance(page, UnexpectedAnswerError)


async def test_a_nameless_row_makes_missing_keys_doubtful(bench: "Bench") -> None:
    """Read by key: what is missing may be the row that did not tell its key."""
    office = Office(bench)
    bench.wire.answer = lambda _: held([ROW, {"title": "?"}])

    first, missing = await office.notices.load_notices(["N1", "N2"], office.ask)

    assert isinstance(first, Notice)
    assert isinstance(missing, UnexpectedAnswerError)
