"""Our own contracts on the work app are such, and sandbox and client both keep them."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

import connectors.zhezhengding
from connectors.records.message import MessageKind, MessageQuery, NewMessage
from connectors.records.office import DocumentQuery, NewNotice, NoticeQuery, OfficeFile, ProgressQuery
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from connectors.zhezhengding.messages.sources import ZhezhengdingMessages
from connectors.zhezhengding.office.desk import ZhezhengdingDesk
from connectors.zhezhengding.office.notices import ZhezhengdingNotices
from connectors.zhezhengding.office.reads import OwnReads
from tests.connectors.zhezhengding.by_hand import headers_for
from tests.connectors.zhezhengding.people import account_of, as_official, as_staff
from tests.contracts import contract_of

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

CONTRACT = contract_of(Path(connectors.zhezhengding.__file__).parent / "contract")
FORM = "application/x-www-form-urlencoded"


def form_problems(name: str, content: bytes) -> list[str]:
    """What the contract has against a form: lists are repeated keys, everything else stands once."""
    operation = CONTRACT.operations[name]
    schema = operation.described["requestBody"]["content"][FORM]["schema"]
    lists = {key for key, held in schema["properties"].items() if _is_list(held, operation.file)}
    sent: dict[str, Any] = {}
    for key, value in parse_qsl(content.decode()):
        if key in lists:
            sent.setdefault(key, []).append(value)
        elif key in sent:
            return [f"{key} is sent twice"]
        else:
            sent[key] = value
    return CONTRACT.problems(schema, sent, operation.file)


def _is_list(schema: Mapping[str, Any], file: str) -> bool:
    return bool(CONTRACT.resolved(schema, file)[0].get("type") == "array")


@pytest.mark.parametrize("name", CONTRACT.files)
def test_contracts_are_openapi(name: str) -> None:
    """Each file is a whole OpenAPI 3.1 document."""
    OPENAPI_31_VALIDATOR.validate(CONTRACT.files[name])


def test_every_operation_is_a_signed_form(bench: "Bench") -> None:
    """POST below /tongxin, by the sandbox's own names, so that counters and faults know them."""
    served = {operation.name: operation for operation in bench.sandbox.operations}

    for name, operation in CONTRACT.operations.items():
        assert operation.method == "POST"
        assert list(operation.described["requestBody"]["content"]) == [FORM]
        assert served[name].path == operation.path
        assert served[name].methods == ("POST",)
    assert {name for name in served if served[name].path.startswith("/tongxin/")} == set(CONTRACT.operations)


def forms(bench: "Bench") -> dict[str, dict[str, Any]]:
    """A full form for each operation."""
    account, staff = account_of(bench.world), bench.world.officials[0].work
    assert staff is not None
    own = {"employeeCodes": account.employee_code}
    start = bench.world.today
    span = {"from": start.isoformat(), "to": (start + timedelta(days=7)).isoformat()}
    paged = own | {"first": "20", "withTotal": "true"}
    seen = {"viewerStaff": "true", "viewerEmployeeCode": account.employee_code}
    publish = {
        "writeId": "publish-000000000001", "employeeCode": staff.employee_code, "organizationCode": staff.unit_code,
        "organizationCodes": [account.organization_code], "title": "通知", "body": "正文", "mediaIds": ["$up1"],
        "fileNames": ["附件.pdf"],
    }  # fmt: skip
    send = {
        "writeId": "send-0000000000000001", "employeeCode": account.employee_code, "kind": "MAIL", "title": "议程",
        "body": "正文", "receiverCodes": [staff.employee_code],
    }  # fmt: skip
    serial = f"{bench.world.units.index(next(u for u in bench.world.units if u.code == account.unit_code)):05d}0000"
    return {
        "office.notices.list": paged | {"orderBy": "CHANGED_AT_ASC", "changedSince": "2026-01-01T00:00:00+08:00"},
        "office.notices.get": seen | {"ids": [f"N{serial}", "N999990000"]},
        "office.notices.publish": publish,
        "office.notices.read": {
            "writeId": "mark-read-0000000001", "employeeCode": account.employee_code, "ids": [f"N{serial}"],
        },
        "office.schedule.list": own | span,
        "office.schedule.get": seen | {"ids": [f"A{serial}"]},
        "office.progress.list": paged | {"finished": "false"},
        "office.progress.get": seen | {"ids": [f"P{serial}"]},
        "office.documents.list": paged | {"text": "关于"},
        "office.documents.get": seen | {"ids": [f"D{serial}"]},
        "office.writes.get": {"ids": ["publish-000000000001"]},
        "messages.list": paged | {"kinds": ["MAIL", "SMS"], "unreadOnly": "false"},
        "messages.get": seen | {"ids": ["X331002000000"]},
        "messages.send": send,
        "messages.writes.get": {"ids": ["send-0000000000000001"]},
    }  # fmt: skip


async def posted(bench: "Bench", name: str, form: Mapping[str, Any]) -> httpx.Response:
    """The answer to a form signed by hand."""
    path = CONTRACT.operations[name].path
    headers = headers_for("POST", path, form) | {"Content-Type": f"{FORM}; charset=UTF-8"}
    pairs = [(key, one) for key, held in form.items() for one in ([held] if isinstance(held, str) else held)]
    return await bench.http.post(f"http://zzd{path}", content=str(httpx.QueryParams(pairs)).encode(), headers=headers)


async def test_answers_are_as_the_contract_says(bench: "Bench") -> None:
    """A full form is in order by the contract, taken by the sandbox, and answered in order, not emptily."""
    wanted = forms(bench)
    assert wanted.keys() == CONTRACT.operations.keys()

    for name, form in wanted.items():
        answer = await posted(bench, name, {"tenantId": "100001", **form})

        assert form_problems(name, answer.request.content) == []
        assert CONTRACT.against(name, answer) == []
        data = answer.json()["content"]["data"]
        assert data["items"] if "items" in data else data["id"], name
        assert all(item["rows"] for item in data.get("items", ()) if "rows" in item), name


async def test_failures_are_as_the_contract_says(bench: "Bench") -> None:
    """A form the contract refuses is refused, and a failure and a refusal stand in their own envelopes."""
    for name in CONTRACT.operations:
        failed = await posted(bench, name, {"tenantId": "100001", "more": "x"})
        refused = await bench.http.post(f"http://zzd{CONTRACT.operations[name].path}")

        assert form_problems(name, failed.request.content) != []
        for answer in (failed, refused):
            assert CONTRACT.against(name, answer) == []
        assert failed.json()["content"]["success"] is False
        assert refused.json()["success"] is False


def test_every_code_of_failure_is_documented() -> None:
    """The contract's table and what the codes mean to us name the same codes."""
    from connectors.zhezhengding.office.codes import MEANINGS  # noqa: PLC0415 - of this test alone

    told = CONTRACT.files["office.yaml"]["info"]["description"]

    assert {code for code in MEANINGS if f"`{code}`" in told} == set(MEANINGS)


async def test_the_client_asks_as_the_contract_says(bench: "Bench") -> None:
    """Every request of the sources has the contract's path and is a form in order."""
    client = bench.client()
    reads = OwnReads(bench.settings, client, bench.reader())
    notices = ZhezhengdingNotices(bench.settings, client, reads)
    desk, messages = ZhezhengdingDesk(reads), ZhezhengdingMessages(bench.settings, client, reads)
    account, staff = account_of(bench.world), bench.world.officials[0].work
    ask, own = as_official(account), [account.employee_code]
    today = bench.world.today
    week = Span(start=today, end=today + timedelta(days=7))
    (first,) = await desk.list_documents(own, DocumentQuery(), PageArgs(first=1), ask)
    page = PageArgs(first=2, after=getattr(first, "end", None), with_total=True)
    notice = NewNotice(
        write_id="publish-000000000001",
        title="通知",
        body="正文",
        publisher_key=staff.unit_code,
        audience=(account.organization_code,),
        files=(OfficeFile(media_id="$up1", name="附件.pdf"),),
    )
    letter = NewMessage(
        write_id="send-0000000000000001", kind=MessageKind.SMS, body="正文", receivers=(account.employee_code,)
    )
    asked: dict[str, Any] = {
        "office.notices.list": notices.list_notices(own, NoticeQuery(unread_only=True), PageArgs(first=3), ask),
        "office.notices.get": notices.load_notices(["N1", "N2"], ask),
        "office.notices.publish": notices.publish_notice(notice, as_staff(staff)),
        "office.schedule.list": desk.list_schedule(own, week, ask),
        "office.schedule.get": desk.load_schedule_items(["A1"], as_staff()),
        "office.progress.list": desk.list_work_progress(own, ProgressQuery(finished=False), PageArgs(first=3), ask),
        "office.progress.get": desk.load_work_progress(["P1"], ask),
        "office.documents.list": desk.list_documents(own, DocumentQuery(text="关于"), page, ask),
        "office.documents.get": desk.load_documents(["D1"], ask),
        "messages.list": messages.list_messages(own, MessageQuery(kinds=(MessageKind.CHAT,)), PageArgs(first=3), ask),
        "messages.get": messages.load_messages(["X1"], ask),
        "messages.send": messages.send_message(letter, ask),
    }
    (listed,) = await notices.list_notices(own, NoticeQuery(), PageArgs(first=1), ask)
    assert isinstance(listed, Page)
    asked["office.notices.read"] = notices.mark_notices_read([listed.nodes[0].key], "mark-read-0000000001", ask)
    assert asked.keys() == CONTRACT.operations.keys() - {"office.writes.get", "messages.writes.get"}

    for name, read in asked.items():
        await read

        sent = bench.wire.requests[-1]
        assert sent.url.path == CONTRACT.operations[name].path
        assert form_problems(name, sent.content) == []
