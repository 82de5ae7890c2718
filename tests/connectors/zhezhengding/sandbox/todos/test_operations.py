"""To-dos on the wire (wire-formats A7, F7)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.connectors.zhezhengding.by_hand import TENANT, data_of, failure_of, posted
from tests.connectors.zhezhengding.people import account_of

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

CREATE = "/tc/v2/openapi/task/create.json"
OPEN, DONE, ANY = (f"/tc/openapi/3rd/{name}" for name in ("task/getTodoList", "task/getDoneList", "Inst/getList"))


def new(bench: "Bench", **changes: Any) -> dict[str, Any]:
    """A to-do that says all it must."""
    account = str(account_of(bench.world).account_id)
    return {
        "subject": "答复提问",
        "creatorId": account,
        "assigneeId": account,
        "tenantId": TENANT,
        "bizTaskId": "q-1",
        "url": "https://gw.example.cn/q/1",
        "mobileUrl": "https://gw.example.cn/m/q/1",
        **changes,
    }


async def listed(bench: "Bench", path: str, **filters: str) -> list[dict[str, Any]]:
    """Everything in one of the first assignee's lists."""
    wanted = {"userId": str(account_of(bench.world).account_id), "tenantId": TENANT, "pageSize": "100"} | filters
    return list(data_of(await posted(bench.http, path, wanted)))


async def test_a_made_todo_waits_and_then_is_done(bench: "Bench") -> None:
    """A7.1, A7.2: created, in the list of its assignee, finished, in the other list."""
    ticket = data_of(await posted(bench.http, CREATE, new(bench, dueTime="2026-11-25 18:00:00")))
    row = next(row for row in await listed(bench, OPEN) if row["taskUuid"] == ticket["taskUuid"])
    done = {"userId": str(row["assigneeId"]), "taskUuid": ticket["taskUuid"], "closePackage": "false"}

    finished = data_of(await posted(bench.http, "/tc/openapi/task/finish.json", done))
    again = data_of(await posted(bench.http, "/tc/openapi/task/finish.json", done))

    assert set(ticket) == {"taskUuid", "packageUuid"}
    assert (row["subject"], row["dueTime"]) == ("答复提问", "2026-11-25 18:00:00")
    assert datetime.strptime(row["createTime"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - the wire has no zone
    assert finished is again is True
    assert ticket["taskUuid"] not in {row["taskUuid"] for row in await listed(bench, OPEN)}
    assert "finishTime" in next(row for row in await listed(bench, DONE) if row["taskUuid"] == ticket["taskUuid"])


async def test_the_same_key_answers_the_same_pair(bench: "Bench") -> None:
    """F7: the same ``bizTaskId`` answers the same pair and makes nothing more."""
    first = data_of(await posted(bench.http, CREATE, new(bench)))
    count = len(await listed(bench, OPEN))

    second = data_of(await posted(bench.http, CREATE, new(bench, subject="另一个")))

    assert first == second
    assert len(await listed(bench, OPEN)) == count


async def test_only_the_assignee_finishes_and_cancels(bench: "Bench") -> None:
    """F7: finish and cancel match ``userId`` with the assignee."""
    ticket = data_of(await posted(bench.http, CREATE, new(bench)))
    other = str(account_of(bench.world, 1).account_id)

    for call in ("finish", "cancel"):
        path = f"/tc/openapi/task/{call}.json"
        failure_of(await posted(bench.http, path, {"userId": other, "taskUuid": ticket["taskUuid"]}))
        failure_of(await posted(bench.http, path, {"userId": other, "taskUuid": "never"}))


async def test_the_misspelt_flag_takes_the_package_back(bench: "Bench") -> None:
    """A7.2: ``cancelPakcage`` as the SDK spells it; the right spelling means nothing."""
    first = data_of(await posted(bench.http, CREATE, new(bench)))
    other = str(account_of(bench.world, 1).account_id)
    both = new(bench, bizTaskId="q-2", assigneeId=other, packageUuid=first["packageUuid"])
    second = data_of(await posted(bench.http, CREATE, both))
    mine = {"userId": str(account_of(bench.world).account_id), "taskUuid": first["taskUuid"]}
    theirs = {"userId": other, "taskUuid": second["taskUuid"]}

    await posted(bench.http, "/tc/openapi/task/cancel.json", mine | {"cancelPackage": "true"})
    alive = await posted(bench.http, "/tc/openapi/task/finish.json", theirs | {"closePackage": "false"})
    await posted(bench.http, "/tc/openapi/task/cancel.json", mine | {"cancelPakcage": "true"})

    assert second["packageUuid"] == first["packageUuid"]
    assert data_of(alive) is True
    failure_of(await posted(bench.http, "/tc/openapi/task/finish.json", mine))


@pytest.mark.parametrize(("call", "there"), [("close", True), ("cancel", False)])
async def test_a_package_ends_as_one(bench: "Bench", call: str, there: bool) -> None:  # noqa: FBT001 - a case
    """A7.2: package close and cancel reach every to-do of it, asked by one of its assignees."""
    other = str(account_of(bench.world, 1).account_id)
    first = data_of(await posted(bench.http, CREATE, new(bench)))
    package = first["packageUuid"]
    second = data_of(
        await posted(bench.http, CREATE, new(bench, bizTaskId="q-2", assigneeId=other, packageUuid=package))
    )
    path = f"/tc/openapi/package/{call}.json"

    failure_of(
        await posted(bench.http, path, {"userId": str(account_of(bench.world, 2).account_id), "packageUuid": package})
    )
    assert data_of(await posted(bench.http, path, {"userId": other, "packageUuid": package})) is True

    done = {row["taskUuid"] for row in await listed(bench, DONE)}
    assert (first["taskUuid"] in done) is there
    assert second["taskUuid"] not in {row["taskUuid"] for row in await listed(bench, OPEN, userId=other)}


@pytest.mark.parametrize(
    "wrong",
    [
        *({name: ""} for name in ("subject", "creatorId", "assigneeId", "tenantId", "bizTaskId", "url", "mobileUrl")),
        {"subject": "提" * 201},
        {"url": "https://gw/" + "x" * 1000},
        {"assigneeId": "7"},
        {"creatorId": "GE_1"},
        {"tenantId": "7"},
        {"dueTime": "2026-11-25T18:00:00"},
        {"dueTime": "2026-13-25 18:00:00"},
        {"dueTime": "٢٠٢٦-11-25 18:00:00"},
        {"dueNotifyLevel": "5"},
        {"dueNotifyTypeArr": ["app", "sms"]},
        {"isSendDynamicCard": "yes"},
        {"assigneeInfo": "甲"},
        {"creatorInfo": "[1]"},
        {"packageUuid": "never"},
    ],
    ids=str,
)
async def test_a_wrong_todo_is_refused(bench: "Bench", wrong: dict[str, Any]) -> None:
    """A7.1: required fields, lengths, known accounts, times without a zone; the mended call may use the same key."""
    failure_of(await posted(bench.http, CREATE, new(bench, **wrong)))

    assert data_of(await posted(bench.http, CREATE, new(bench)))


async def test_optional_fields_are_taken(bench: "Bench") -> None:
    """A7.1: the whole table, the list field as a repeated key."""
    everything = new(
        bench,
        assigneeInfo='{"imgId":"$1","name":"测试甲"}',
        creatorInfo='{"name":"委员工作室"}',
        dueTime="2026-11-25 18:00:00",
        dueNotifyTypeArr=["app", "notification"],
        dueNotifyLevel="4",
        isSendDynamicCard="true",
        isSendWindowNotice="false",
        tag="t",
        priority="1",
        subTypeCode="ST_1",
    )

    ticket = data_of(await posted(bench.http, CREATE, everything))

    row = next(row for row in await listed(bench, OPEN) if row["taskUuid"] == ticket["taskUuid"])
    assert row["creatorName"] == "委员工作室"


async def test_everybody_has_some_open_and_some_done(bench: "Bench") -> None:
    """A member's and an official's lists hold something from the start, each of its kind, newest first."""
    accounts = [account_of(bench.world, 3), bench.world.officials[0].work, bench.world.officials[-1].work]
    for account in accounts:
        assert account is not None
        waiting = await listed(bench, OPEN, userId=str(account.account_id))
        done = await listed(bench, DONE, userId=str(account.account_id))
        every = await listed(bench, ANY, userId=str(account.account_id))

        assert len(waiting) >= 2
        assert len(done) >= 2
        assert {row["status"] for row in waiting} == {"OPEN"}
        assert len(every) == len(waiting) + len(done)
        assert [row["createTime"] for row in every] == sorted((row["createTime"] for row in every), reverse=True)


async def test_lists_are_filtered_and_paged(bench: "Bench") -> None:
    """A7.2, A5: keyword, spans of time, pages that tell their size, the total when asked for."""
    await posted(bench.http, CREATE, new(bench, subject="只此一件"))
    account = str(account_of(bench.world).account_id)
    wanted = {"userId": account, "tenantId": TENANT}

    page = await posted(bench.http, OPEN, wanted | {"pageNo": "1", "pageSize": "1", "returnTotalSize": "true"})
    total = len(await listed(bench, OPEN))

    assert [row["subject"] for row in await listed(bench, OPEN, keyword="此一")] == ["只此一件"]
    assert await listed(bench, OPEN, createEndTime="2001-01-01 00:00:00") == []
    assert len(await listed(bench, OPEN, createStartTime="2001-01-01 00:00:00")) == total
    assert (page["content"]["pageSize"], page["content"]["totalSize"], len(page["content"]["data"])) == (1, total, 1)
    failure_of(await posted(bench.http, OPEN, wanted | {"finishStartTime": "yesterday"}))
    failure_of(await posted(bench.http, OPEN, wanted | {"appKey": "another"}))
    failure_of(await posted(bench.http, OPEN, wanted | {"userId": "7"}))
    failure_of(await posted(bench.http, ANY, wanted | {"status": "GONE"}))


async def test_data_may_be_a_string_that_holds_json(bench: "Bench") -> None:
    """A7.1, E3: the SDK types ``data`` as a string everywhere; a switch of the sandbox."""
    bench.set_up(sandbox={"data_as_string": True})

    assert data_of(await posted(bench.http, CREATE, new(bench))).startswith('{"taskUuid"')


async def test_the_path_carries_a_version(bench: "Bench") -> None:
    """D ``zzd.todo.path``: to-dos are made where the setting says."""
    bench.set_up(todo={"path": "/tc/v3/openapi/task/create.json"})

    assert data_of(await posted(bench.http, "/tc/v3/openapi/task/create.json", new(bench)))
