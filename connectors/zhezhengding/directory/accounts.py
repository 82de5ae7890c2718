"""Which account belongs to whom: by employee code, by mobile number."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.freshness import EMPLOYEE_TAG, REGISTRY
from connectors.reading import Reader
from connectors.records.official import OfficialAccount
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.directory.mapping import account_from
from connectors.zhezhengding.directory.payloads import AccountPayload
from connectors.zhezhengding.rows import Rows
from connectors.zhezhengding.settings import ZhezhengdingSettings

_MOBILE = re.compile(r"[0-9]{5,15}")  # numbers travel comma-joined: anything else could be several

Found = dict[str, OfficialAccount | PlatformError]


class ZhezhengdingAccounts:
    """Reads accounts (port ``OfficialAccounts``)."""

    def __init__(self, settings: ZhezhengdingSettings, calls: DirectoryCalls, reader: Reader) -> None:
        self._settings = settings
        self._calls = calls
        self._reader = reader
        self._rule = REGISTRY.rule("listEmployeeAccountIds", settings.batch.codes, (EMPLOYEE_TAG,))

    async def load_account_ids(self, keys: Sequence[str], ask: Ask) -> Sequence[OfficialAccount | PlatformError | None]:
        """Read accounts by employee code; None for one without."""
        return await self._reader.read(self._rule, keys, ask, self._fetch)

    async def find_officials_by_mobile(
        self, mobiles: Sequence[str], ask: Ask
    ) -> Sequence[OfficialAccount | PlatformError | None]:
        """Find accounts by mobile number. A number is in no cache's name and no log."""
        deadline = ask.deadline.sooner(self._settings.timeout)
        wanted = list(dict.fromkeys(mobile for mobile in mobiles if _MOBILE.fullmatch(mobile)))
        most = self._settings.batch.mobiles
        chunks = [wanted[at : at + most] for at in range(0, len(wanted), most)]
        parts = await asyncio.gather(*(self._by_mobile(chunk, deadline) for chunk in chunks))
        found = {mobile: entry for part in parts for mobile, entry in part.items()}
        return [found.get(mobile) for mobile in mobiles]

    async def _fetch(self, keys: list[str], deadline: Deadline) -> Found:
        codes = [key for key in keys if key.strip()]
        if not codes:
            return {}
        rows = await self._calls.accounts(codes, deadline)
        return _missing(codes, rows) | {row.employeeCode: _account(row) for row in rows.rows}

    async def _by_mobile(self, mobiles: list[str], deadline: Deadline) -> Found:
        try:
            rows = await self._calls.accounts_by_mobile(mobiles, deadline)
        except PlatformError as error:
            return dict.fromkeys(mobiles, error)
        told = {row.mobile: _account(row) for row in rows.rows if isinstance(row.mobile, str)}
        doubtful = rows.nameless or len(told) < len(rows.rows)
        return (dict.fromkeys(mobiles, rows.broken) if doubtful else {}) | told


def _account(row: AccountPayload) -> OfficialAccount | PlatformError:
    """An account whose id cannot be read is of no use to anybody."""
    account_id: Any = row.accountId
    return account_id if isinstance(account_id, PlatformError) else account_from(row)


def _missing(codes: Sequence[str], rows: Rows[AccountPayload]) -> Found:
    return dict.fromkeys(codes, rows.broken) if rows.nameless else {}
