"""``TodoDesk``: to-dos made, finished and taken back."""

from typing import Any

from msgspec.json import Decoder

from connectors.errors import NotAllowedError
from connectors.records.todo import NewTodo, TodoTicket
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params
from connectors.zhezhengding.todos.account import own_account
from connectors.zhezhengding.todos.mapping import TicketPayload, params_from, ticket_from

_TICKET = Decoder(TicketPayload, strict=False)
_ANYTHING = Decoder(Any)  # what it says besides success is not published


class ZhezhengdingTodoDesk:
    """Writes; every method raises what ``ZhezhengdingClient.write`` does."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self._settings = settings
        self._client = client

    async def create_todo(self, todo: NewTodo, ask: Ask) -> TodoTicket:
        """Make one (A7.1); the platform answers the same key with the same ticket."""
        params: Params = {**params_from(todo), "tenantId": self._settings.tenant_id}
        deadline = ask.deadline.sooner(self._settings.timeout)
        payload = await self._client.write(self._settings.todo.path, params, _TICKET, deadline, "task.create")
        return ticket_from(payload)

    async def finish_todo(self, task_uuid: str, assignee: str, ask: Ask, *, close_package: bool = False) -> None:
        """Say that it is done."""
        params: Params = {"userId": assignee, "taskUuid": task_uuid, "closePackage": close_package}
        await self._write("task/finish", params, ask)

    async def finish_own_todo(self, task_uuid: str, ask: Ask) -> None:
        """Say that it is done, as the asker, whose account is known from sign-on."""
        account = own_account(ask.viewer, self._settings.tenant_id)
        if account is None:
            raise NotAllowedError(self._client.platform, "task.finish", "no account")
        await self.finish_todo(task_uuid, account, ask)

    async def cancel_todo(self, task_uuid: str, assignee: str, ask: Ask, *, cancel_package: bool = False) -> None:
        """Take it back; the name of the flag is misspelt on the wire."""
        params: Params = {"userId": assignee, "taskUuid": task_uuid, "cancelPakcage": cancel_package}
        await self._write("task/cancel", params, ask)

    async def close_package(self, package_uuid: str, account: str, ask: Ask) -> None:
        """Say that everything in a package is done."""
        await self._write("package/close", {"userId": account, "packageUuid": package_uuid}, ask)

    async def cancel_package(self, package_uuid: str, account: str, ask: Ask) -> None:
        """Take back everything in a package."""
        await self._write("package/cancel", {"userId": account, "packageUuid": package_uuid}, ask)

    async def _write(self, what: str, params: Params, ask: Ask) -> None:
        deadline = ask.deadline.sooner(self._settings.timeout)
        path, operation = f"/tc/openapi/{what}.json", what.replace("/", ".")
        await self._client.write(path, params, _ANYTHING, deadline, operation)
