"""The calls about to-dos (wire-formats A7, F 7)."""

import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.directory.book import FOREIGN_TENANT
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER
from connectors.zhezhengding.sandbox.todos.book import CANCELLED, DONE, OPEN, Task, TaskBook
from connectors.zhezhengding.sandbox.todos.forms import info_in, now_of, row_of, short_text, time_in
from connectors.zhezhengding.settings import ZhezhengdingSettings

UNKNOWN_TASK = "MFH-B007-02-16-0001"
UNKNOWN_ACCOUNT = "MFH-B007-02-16-0002"
OVER = "MFH-B007-02-16-0003"
_LONGEST_SUBJECT, _LONGEST_LINK, _LONGEST_KEY = 200, 1000, 128
_NOTIFY_TYPES = {"app", "notification"}
_NOTIFY_LEVELS = {"0", "1", "2", "3", "4"}


class Todos:
    """Keeps to-dos and who made them under which ``bizTaskId``; lives as long as the sandbox."""

    def __init__(self, settings: ZhezhengdingSettings, world: World) -> None:
        self._settings = settings
        self.book = TaskBook(world)
        self._by_key: dict[str, Task] = {}

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        ended, listed = self._ending, self._listing
        return [
            gate.post(self._settings.todo.path, self.create, "task.create"),
            gate.post("/tc/openapi/task/finish.json", ended(DONE, "closePackage"), "task.finish"),
            gate.post("/tc/openapi/task/cancel.json", ended(CANCELLED, "cancelPakcage"), "task.cancel"),
            gate.post("/tc/openapi/package/close.json", self._ending_package(DONE), "package.close"),
            gate.post("/tc/openapi/package/cancel.json", self._ending_package(CANCELLED), "package.cancel"),
            gate.post("/tc/openapi/3rd/task/getTodoList", listed(OPEN)),
            gate.post("/tc/openapi/3rd/task/getDoneList", listed(DONE)),
            gate.post("/tc/openapi/3rd/Inst/getList", listed(None), "Inst.getList"),
        ]

    def create(self, call: Call) -> Response:
        """Make one (A7.1); the same ``bizTaskId`` answers the same pair (F 7)."""
        self._own_tenant(call)
        key = short_text(call, "bizTaskId", _LONGEST_KEY)
        task = self._by_key.get(key)
        if task is None:
            self._by_key[key] = task = self._made(call)
            self.book.add(task)
        return succeeded({"taskUuid": task.uuid, "packageUuid": task.package})

    def _made(self, call: Call) -> Task:
        subject = short_text(call, "subject", _LONGEST_SUBJECT)
        url, mobile_url = short_text(call, "url", _LONGEST_LINK), short_text(call, "mobileUrl", _LONGEST_LINK)
        creator, assignee = self._account(call, "creatorId"), self._account(call, "assigneeId")
        creator_info = info_in(call, "creatorInfo")
        info_in(call, "assigneeInfo")
        for name in ("isSendDynamicCard", "isSendWindowNotice"):
            call.flag(name, default=False)
        if not {*call.values().get("dueNotifyTypeArr", ())} <= _NOTIFY_TYPES:
            raise FailedError(BAD_PARAMETER, "dueNotifyTypeArr is app or notification")
        if call.get("dueNotifyLevel", "0") not in _NOTIFY_LEVELS:
            raise FailedError(BAD_PARAMETER, "dueNotifyLevel is 0 to 4")
        package = call.get("packageUuid")
        if package and not self.book.has_package(package):
            raise FailedError(UNKNOWN_TASK, "no such package")
        called = creator_info.get("name")
        return Task(
            uuid=secrets.token_hex(16),
            package=package or secrets.token_hex(16),
            assignee=assignee,
            creator=creator,
            creator_name=called if isinstance(called, str) and called else self.book.name_of(creator),
            subject=subject,
            url=url,
            mobile_url=mobile_url,
            created_at=now_of(call),
            due_at=time_in(call, "dueTime"),
        )

    def _ending(self, status: str, whole_package: str) -> Callable[[Call], Response]:
        """Finish or take back one to-do, or with its flag the package it is in."""

        def end(call: Call) -> Response:
            account = self._account(call, "userId")
            task = self.book.find(account, call.required("taskUuid"))
            if task is None:
                raise FailedError(UNKNOWN_TASK, "no such task of that user")
            if task.status not in {OPEN, status}:
                raise FailedError(OVER, f"task is {task.status}")
            package = call.flag(whole_package, default=False)
            for one in self.book.package(account, task.package) if package else [task]:
                one.end(status, now_of(call))
            return succeeded(data=True)

        return end

    def _ending_package(self, status: str) -> Callable[[Call], Response]:
        def end(call: Call) -> Response:
            tasks = self.book.package(self._account(call, "userId"), call.required("packageUuid"))
            if not tasks:
                raise FailedError(UNKNOWN_TASK, "no such package of that user")
            for task in tasks:
                task.end(status, now_of(call))
            return succeeded(data=True)

        return end

    def _listing(self, wanted: str | None) -> Callable[[Call], Response]:
        """A page of somebody's to-dos, newest first; what was taken back is in no list."""

        def listed(call: Call) -> Response:
            self._own_tenant(call)
            account = self._account(call, "userId")
            if call.get("appKey", self._settings.appkey) != self._settings.appkey:
                raise FailedError(BAD_PARAMETER, "appKey is another's")
            status = wanted or call.get("status")
            if status not in {OPEN, DONE, ""}:
                raise FailedError(BAD_PARAMETER, "status is OPEN or DONE")
            chosen = {status} if status else {OPEN, DONE}
            found = [task for task in self.book.of(account) if task.status in chosen]
            found = sorted(filter(_wanted(call), found), key=lambda task: (task.created_at, task.uuid), reverse=True)
            page = call.page(self._settings.batch.page_size)
            return succeeded([row_of(task) for task in page.rows(found)], **page.facts(found))

        return listed

    def _account(self, call: Call, name: str) -> str:
        account = call.required(name)
        if not self.book.knows(account):
            raise FailedError(UNKNOWN_ACCOUNT, f"{name} is no account")
        return account

    def _own_tenant(self, call: Call) -> None:
        if call.required("tenantId") != str(self._settings.tenant_id):
            raise FailedError(FOREIGN_TENANT, "no such tenant")


def _wanted(call: Call) -> Callable[[Task], bool]:
    keyword = call.get("keyword")
    created = time_in(call, "createStartTime"), time_in(call, "createEndTime")
    finished = time_in(call, "finishStartTime"), time_in(call, "finishEndTime")

    def wanted(task: Task) -> bool:
        return (
            keyword in task.subject
            and _within_span(task.created_at, *created)
            and _within_span(task.finished_at, *finished)
        )

    return wanted


def _within_span(moment: datetime | None, start: datetime | None, end: datetime | None) -> bool:
    """From the start to the end, both included."""
    if start is None and end is None:
        return True
    return moment is not None and (start is None or start <= moment) and (end is None or moment <= end)
