"""``TodoSource``: what waits for officials, by employee code."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import EMPLOYEE_TAG, OWN
from connectors.reading import Reader
from connectors.records.page import Page, PageArgs
from connectors.records.todo import Todo, TodoQuery, TodoStatus
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.accounts import ZhezhengdingAccounts
from connectors.zhezhengding.directory.pages import Pages, Paging
from connectors.zhezhengding.office.own import may_read
from connectors.zhezhengding.rows import Rows
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signing import Value
from connectors.zhezhengding.todos.account import own_account
from connectors.zhezhengding.todos.mapping import TodoPayload, local_text, rows_from, todo_from

_CALLS = {TodoStatus.OPEN: "getTodoList", TodoStatus.DONE: "getDoneList"}
_RULES = {status: OWN.rule(call, 1, ("todos", EMPLOYEE_TAG)) for status, call in _CALLS.items()}
_PATH = "/tc/openapi/3rd/task/"
Account = str | PlatformError | None
Fetch = Callable[[list[str], Deadline], Awaitable[Mapping[str, Page[Todo]]]]


class ZhezhengdingTodos:
    """Reads to-dos; kept for moments, since one's own act changes them.

    The platform asks by account. Sign-on knows the asker's; whose it does not know are asked for first, in one call.
    """

    def __init__(
        self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reader: Reader, accounts: ZhezhengdingAccounts
    ) -> None:
        self._settings = settings
        self._client = client
        self._reader = reader
        self._accounts = accounts

    async def list_todos(
        self, keys: Sequence[str], query: TodoQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Todo] | PlatformError]:
        """Read one page per employee code, newest first; empty for somebody without an account."""
        operation = _CALLS[query.status]
        accounts = await self._accounts_of([key for key in keys if may_read(ask.viewer, key)], ask)
        known = [key for key, account in accounts.items() if isinstance(account, str)]
        entries = await self._reader.read(
            _RULES[query.status], known, ask, self._fetcher(accounts, query, page), per=(query, page)
        )
        found: dict[str, Page[Todo] | PlatformError | None] = dict(zip(known, entries, strict=True))
        empty: Page[Todo] = Page(edges=(), has_next=False, total=0 if page.with_total else None)
        refused = NotAllowedError(NAME, operation, "not their own")

        def answer(key: str) -> Page[Todo] | PlatformError:
            account = accounts.get(key, refused)
            return account if isinstance(account, PlatformError) else found.get(key) or empty

        return [answer(key) for key in keys]

    def _fetcher(self, accounts: Mapping[str, Account], query: TodoQuery, page: PageArgs) -> Fetch:
        """Reads one page of one employee's."""
        operation = _CALLS[query.status]
        pages: Pages[TodoPayload, Todo] = Pages(
            NAME, operation, self._settings.batch.page_size, partial(todo_from, status=query.status)
        )
        asked = self._params(query)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[Todo]]:
            async def one(paging: Paging) -> Rows[TodoPayload]:
                params = {**asked, **paging, "userId": str(accounts[chunk[0]])}
                return await self._client.read(_PATH + operation, params, rows_from, deadline)

            return {chunk[0]: await pages.page(one, page)}

        return fetch

    async def _accounts_of(self, keys: Sequence[str], ask: Ask) -> dict[str, Account]:
        """Account ids by employee code."""
        found: dict[str, Account] = {}
        own = own_account(ask.viewer, self._settings.tenant_id)
        if own is not None and ask.viewer.employee_code in keys:
            found[str(ask.viewer.employee_code)] = own
        rest = list(dict.fromkeys(key for key in keys if key not in found))
        for key, account in zip(rest, await self._accounts.load_account_ids(rest, ask) if rest else (), strict=True):
            found[key] = account if account is None or isinstance(account, PlatformError) else str(account.account_id)
        return found

    def _params(self, query: TodoQuery) -> dict[str, Value]:
        spans = (("create", query.created), ("finish", query.finished))
        times = {
            f"{name}{end}Time": local_text(moment)
            for name, span in spans
            if span is not None
            for end, moment in (("Start", span.start), ("End", span.end))
        }
        return {
            "appKey": self._settings.appkey,
            "tenantId": self._settings.tenant_id,
            "keyword": query.text,
            **times,
        }
