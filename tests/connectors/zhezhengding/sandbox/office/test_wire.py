"""The handheld office on the wire: whose things, which pages, which writes (contract/office.yaml)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.zhezhengding.sandbox.office.circles import Circles
from tests.connectors.zhezhengding.by_hand import TENANT, data_of, failure_of, posted
from tests.connectors.zhezhengding.people import account_of

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

ROOT = "/tongxin/office"
LISTS = ["notices/list", "progress/list", "documents/list"]


def mine(bench: "Bench", **more: Any) -> dict[str, Any]:
    """Parameters that name the first member's own list."""
    return {"tenantId": TENANT, "employeeCodes": account_of(bench.world).employee_code, **more}


async def page(bench: "Bench", path: str, **more: Any) -> dict[str, Any]:
    """One page of the first member's own list."""
    (item,) = data_of(await posted(bench.http, f"{ROOT}/{path}", mine(bench, **{"first": "100", **more})))["items"]
    return dict(item)


@pytest.mark.parametrize("path", LISTS)
async def test_pages_follow_one_another(bench: "Bench", path: str) -> None:
    """Pages of two, one after the other, are the whole list; the total is told only when asked for."""
    whole = await page(bench, path, withTotal="true")
    found: list[str] = []
    cut: dict[str, Any] = {"hasNext": True}
    while cut["hasNext"]:
        after = {"after": cut["rows"][-1]["cursor"]} if found else {}
        cut = await page(bench, path, first="2", **after)
        found += [row["id"] for row in cut["rows"]]

    assert found == [row["id"] for row in whole["rows"]]
    assert whole["total"] == len(found) > 2
    assert "total" not in cut


@pytest.mark.parametrize("path", LISTS)
async def test_withdrawn_rows_are_told_to_who_follows_changes(bench: "Bench", path: str) -> None:
    """In the order of changes withdrawn rows stand with ``withdrawnAt``, in any other not at all."""
    newest = await page(bench, path)
    changed = await page(bench, path, orderBy="CHANGED_AT_ASC")
    middle = changed["rows"][len(changed["rows"]) // 2]["changedAt"]
    later = await page(bench, path, orderBy="CHANGED_AT_ASC", changedSince=middle)
    moments = [datetime.fromisoformat(row["changedAt"]) for row in changed["rows"]]

    assert moments == sorted(moments)
    assert all(row["withdrawnAt"] is None for row in newest["rows"])
    assert {row["id"] for row in newest["rows"]} == {row["id"] for row in changed["rows"] if not row["withdrawnAt"]}
    assert [row["id"] for row in later["rows"]] == [row["id"] for row in changed["rows"] if row["changedAt"] >= middle]


async def test_some_notices_were_withdrawn(bench: "Bench") -> None:
    """There is something to follow: among everybody's notices some are withdrawn, and cannot be read any more."""
    codes = [account_of(bench.world, at).employee_code for at in range(60)]
    answered = data_of(
        await posted(
            bench.http,
            f"{ROOT}/notices/list",
            {"tenantId": TENANT, "employeeCodes": codes, "first": "100", "orderBy": "CHANGED_AT_ASC"},
        )
    )
    gone = [row["id"] for item in answered["items"] for row in item["rows"] if row["withdrawnAt"]]

    read = await posted(bench.http, f"{ROOT}/notices/get", {"tenantId": TENANT, "ids": gone[0], "viewerStaff": "true"})

    assert gone
    assert data_of(read) == {"items": []}


async def test_schedule_of_a_span(bench: "Bench") -> None:
    """What touches the span, by start; employees or organisations, one of the two, at most 31 days."""
    start = bench.world.today
    span = {"from": start.isoformat(), "to": (start + timedelta(days=31)).isoformat()}
    path = f"{ROOT}/schedule/list"
    unit = bench.world.committees[0].code

    (own,) = data_of(await posted(bench.http, path, mine(bench, **span)))["items"]
    (units,) = data_of(await posted(bench.http, path, {"tenantId": TENANT, "organizationCodes": unit, **span}))["items"]

    starts = [datetime.fromisoformat(row["startsAt"]) for row in own["rows"]]
    assert starts == sorted(starts)
    assert all(start <= datetime.fromisoformat(row["endsAt"]) for row in own["rows"])
    assert {row["organizationCode"] for row in units["rows"]} == {unit}
    assert all(row["attendees"] for row in units["rows"])
    for wrong in (
        {"to": (start + timedelta(days=31, seconds=1)).isoformat()},
        {"to": span["from"]},
        {"from": "2026-11-20T09:00:00"},
        {"from": "9999-12-31T23:59:59-23:59"},
        {"from": "1e9"},
        {"organizationCodes": unit},
        {"employeeCodes": ""},
    ):
        failure_of(await posted(bench.http, path, mine(bench, **span) | wrong))


async def test_too_many_rows_are_refused(bench: "Bench") -> None:
    """Above 500 rows nothing is cut off silently."""
    start = bench.world.today
    units = [unit.code for unit in bench.world.units if unit.type_code == "GOV_UNIT"][:60]
    span = {"from": start.isoformat(), "to": (start + timedelta(days=31)).isoformat()}

    code = failure_of(
        await posted(bench.http, f"{ROOT}/schedule/list", {"tenantId": TENANT, "organizationCodes": units, **span})
    )

    assert code == "TONGXIN-RANGE-TOO-WIDE"


async def test_unread_ones_alone_until_they_are_read(bench: "Bench") -> None:
    """``unreadOnly`` leaves out what was read; marking takes a notice out of it, for that employee alone."""
    unread = await page(bench, "notices/list", unreadOnly="true")
    notice = unread["rows"][0]
    code = account_of(bench.world).employee_code
    mark = {"tenantId": TENANT, "writeId": "mark-read-0000000001", "employeeCode": code, "ids": notice["id"]}

    marked = data_of(await posted(bench.http, f"{ROOT}/notices/read", mark))
    after = await page(bench, "notices/list", unreadOnly="true")
    every = await page(bench, "notices/list")

    assert [one["id"] for one in marked["items"]] == [notice["id"]]
    assert notice["readAt"] is None
    assert notice["id"] not in {row["id"] for row in after["rows"]}
    assert next(row for row in every["rows"] if row["id"] == notice["id"])["readAt"] == marked["items"][0]["readAt"]
    assert any(row["readAt"] for row in every["rows"])
    foreign = {"ids": [notice["id"], "N999990000"], "writeId": "mark-read-0000000002"}
    assert failure_of(await posted(bench.http, f"{ROOT}/notices/read", mark | foreign)) == "TONGXIN-NOT-FOUND"


async def test_a_published_notice_reaches_its_audience(bench: "Bench") -> None:
    """Published once by its ``writeId``; the audience sees it first in their list, others do not see it."""
    author = bench.world.officials[0].work
    member = account_of(bench.world)
    assert author is not None
    write = {
        "tenantId": TENANT,
        "writeId": "publish-000000000001",
        "employeeCode": author.employee_code,
        "organizationCode": author.unit_code,
        "organizationCodes": [member.organization_code],
        "title": "关于开展活动的通知",
        "body": "请按时参加。",
        "mediaIds": ["$up1"],
        "fileNames": ["附件.pdf"],
    }
    path = f"{ROOT}/notices/publish"

    row = data_of(await posted(bench.http, path, write))
    again = data_of(await posted(bench.http, path, write))
    became = data_of(await posted(bench.http, f"{ROOT}/writes/get", {"tenantId": TENANT, "ids": write["writeId"]}))

    assert row == again
    assert (row["files"], row["author"]["employeeCode"]) == (
        [{"mediaId": "$up1", "name": "附件.pdf"}],
        author.employee_code,
    )
    assert (await page(bench, "notices/list", orderBy="NEWEST_FIRST"))["rows"][0]["id"] == row["id"] or row["id"] in {
        one["id"] for one in (await page(bench, "notices/list"))["rows"]
    }
    assert became["items"][0]["answer"] == row
    assert failure_of(await posted(bench.http, path, write | {"title": "另一个"})) == "TONGXIN-WRITE-ID-REUSED"
    unknown = await posted(bench.http, f"{ROOT}/writes/get", {"tenantId": TENANT, "ids": "never-sent-0000001"})
    assert data_of(unknown) == {"items": []}


@pytest.mark.parametrize("path", ["notices", "schedule", "progress", "documents"])
async def test_by_id_the_viewer_sees_what_is_theirs(bench: "Bench", path: str) -> None:
    """Reads by id answer what the viewer's organisations see; staff see everything; nobody sees nothing."""
    start = bench.world.today
    span = {"from": start.isoformat(), "to": (start + timedelta(days=7)).isoformat()}
    more = span if path == "schedule" else {"first": "1"}
    (item,) = data_of(await posted(bench.http, f"{ROOT}/{path}/list", mine(bench, **more)))["items"]
    key, unit = item["rows"][0]["id"], item["rows"][0]["organizationCode"]
    circles = Circles(bench.world)
    foreign = next(code for code in circles.people if unit not in circles.of(code))

    async def seen(**viewer: str) -> list[str]:
        got = await posted(bench.http, f"{ROOT}/{path}/get", {"tenantId": TENANT, "ids": [key, "N9"], **viewer})
        return [row["id"] for row in data_of(got)["items"]]

    assert await seen(viewerEmployeeCode=account_of(bench.world).employee_code) == [key]
    assert await seen(viewerStaff="true") == [key]
    assert await seen(viewerEmployeeCode="GE_nobody") == []
    assert await seen(viewerEmployeeCode=foreign) == []
    failure_of(await posted(bench.http, f"{ROOT}/{path}/get", {"tenantId": TENANT, "ids": key}))
    failure_of(await posted(bench.http, f"{ROOT}/{path}/get", {"tenantId": TENANT, "ids": key, "viewerStaff": "false"}))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"tenantId": ""}, "MFH-B003-02-16-0002"),
        ({"tenantId": "7"}, "MFH-B003-02-16-0003"),
        ({"employeeCodes": ""}, "TONGXIN-PARAMETER-MISSING"),
        ({"employeeCodes": [f"GE_{n}" for n in range(101)]}, "TONGXIN-TOO-MANY-KEYS"),
        ({"employeeCodes": "GE 1"}, "TONGXIN-PARAMETER-INVALID"),
        ({"first": ""}, "TONGXIN-PARAMETER-MISSING"),
        ({"first": "0"}, "TONGXIN-PARAMETER-INVALID"),
        ({"first": "101"}, "TONGXIN-PARAMETER-INVALID"),
        ({"first": ["1", "2"]}, "TONGXIN-PARAMETER-INVALID"),
        ({"first": "１"}, "TONGXIN-PARAMETER-INVALID"),
        ({"after": "zzz"}, "TONGXIN-CURSOR-INVALID"),
        ({"unreadOnly": "yes"}, "TONGXIN-PARAMETER-INVALID"),
        ({"withTotal": "1"}, "TONGXIN-PARAMETER-INVALID"),
        ({"orderBy": "TITLE"}, "TONGXIN-PARAMETER-INVALID"),
        ({"changedSince": "2026-01-01T00:00:00+08:00"}, "TONGXIN-PARAMETER-INVALID"),
        ({"unreadonly": "true"}, "TONGXIN-PARAMETER-INVALID"),
    ],
    ids=str,
)
async def test_parameters_are_read_strictly(bench: "Bench", wrong: dict[str, Any], code: str) -> None:
    """Missing, wrong, doubled and unknown parameters are refused, each with the contract's code."""
    assert failure_of(await posted(bench.http, f"{ROOT}/notices/list", mine(bench, first="5") | wrong)) == code


async def test_unknown_employees_are_left_out(bench: "Bench") -> None:
    """Somebody the platform does not know has no page: that is no error."""
    code = account_of(bench.world).employee_code

    answered = data_of(
        await posted(bench.http, f"{ROOT}/notices/list", mine(bench, first="1", employeeCodes=["GE_no", code]))
    )

    assert [item["employeeCode"] for item in answered["items"]] == [code]


async def test_filters_of_progress_and_documents(bench: "Bench") -> None:
    """Finished or not; a text in title or number."""
    works = (await page(bench, "progress/list"))["rows"]
    finished = (await page(bench, "progress/list", finished="true"))["rows"]
    running = (await page(bench, "progress/list", finished="false"))["rows"]
    documents = (await page(bench, "documents/list"))["rows"]
    found = (await page(bench, "documents/list", text=documents[0]["number"]))["rows"]

    assert all(row["percent"] == 100 for row in finished)
    assert len(finished) + len(running) == len(works)
    assert documents[0]["id"] in {row["id"] for row in found}
    assert (await page(bench, "documents/list", text="没有这样的标题"))["rows"] == []
