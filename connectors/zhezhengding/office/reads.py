"""How a source reads by our own contracts: by key for a viewer, by owner in pages, by owner in a span.

Keys that cannot be ones of this platform are not asked for, cursors that cannot be ones are refused without a call,
and so is whoever may not read what they ask for.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from connectors.deadline import Deadline
from connectors.errors import BadCursorError, NotAllowedError, PlatformError, RangeTooWideError, RejectedInputError
from connectors.freshness import Freshness, ReadRule
from connectors.reading import Reader
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.office.own import in_places, looks_after, may_read
from connectors.zhezhengding.office.pages import OwnPayload, Shape, pages_in, records_in
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

P = TypeVar("P", bound=OwnPayload)
R = TypeVar("R")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,200}")
_LONGEST = timedelta(days=31)
_EMPLOYEE, _ORGANIZATION = "employeeCode", "organizationCode"


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One kind of thing: where its calls stand below ``/tongxin`` and which kind of answer they give."""

    path: str
    kind: Freshness

    def operation(self, call: str) -> str:
        """The contract's operation id."""
        return f"{self.path.replace('/', '.')}.{call}"

    def address(self, call: str) -> str:
        """The path of a call."""
        return f"/tongxin/{self.path}/{call}"


class OwnReads:
    """One connection's."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reader: Reader) -> None:
        self._client = client
        self._reader = reader
        self._batch = settings.batch.codes
        self._rules: dict[tuple[Subject, str], ReadRule] = {}
        self._tenant: Params = {"tenantId": settings.tenant_id}

    async def keyed(
        self, subject: Subject, shape: Shape[P, R], keys: Sequence[str], ask: Ask
    ) -> list[R | PlatformError | None]:
        """Read by key for who asks: None for what there is not and for what is not theirs to see."""
        viewer, operation = ask.viewer, subject.operation("get")
        if not viewer.employee_code and not looks_after(viewer):
            return [NotAllowedError(self._reader.platform, operation, "no employee code")] * len(keys)
        seen_by: Params = {"viewerEmployeeCode": viewer.employee_code, "viewerStaff": looks_after(viewer) or None}

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, R | PlatformError]:
            params: Params = {**self._tenant, **seen_by, "ids": chunk}
            return await self._client.read(
                subject.address("get"), params, lambda held: records_in(held, shape, chunk), deadline, operation
            )

        return await self._known(subject, "get", keys, ask, fetch, seen_by)

    async def owned(  # noqa: PLR0917 - what is read, whose, how much of it, for whom
        self, subject: Subject, shape: Shape[P, R], keys: Sequence[str], page: PageArgs, ask: Ask, query: Params
    ) -> list[Page[R] | PlatformError]:
        """Read one page per employee; an unknown one has an empty page, another's is ``NotAllowedError``."""
        if page.after is not None and not _CURSOR.fullmatch(page.after):
            refused = BadCursorError(self._reader.platform, subject.operation("list"))
            return [refused] * len(keys)
        wanted: Params = {
            **query,
            "first": page.first,
            "after": page.after,
            "withTotal": page.with_total or None,
        }
        empty: Page[R] = Page(edges=(), has_next=False, total=0 if page.with_total else None)
        entries = await self._by_owner(subject, shape, keys, ask, wanted, _EMPLOYEE)
        return [empty if entry is None else entry for entry in entries]

    async def spanned(
        self, subject: Subject, shape: Shape[P, R], keys: Sequence[str], span: Span, ask: Ask, *, units: bool
    ) -> list[tuple[R, ...] | PlatformError]:
        """Read what touches the span, for employees or for organisations, which only staff may ask for."""
        refused = self._refusal_of(subject, span)
        if refused is not None:
            return [refused] * len(keys)
        within: Params = {"from": span.start.isoformat(), "to": span.end.isoformat()}
        owner = _ORGANIZATION if units else _EMPLOYEE
        entries = await self._by_owner(subject, shape, keys, ask, within, owner)
        return [
            () if entry is None else entry if isinstance(entry, PlatformError) else entry.nodes for entry in entries
        ]

    async def _by_owner(  # noqa: PLR0917 - what is read, whose, which of it, for whom
        self, subject: Subject, shape: Shape[P, R], keys: Sequence[str], ask: Ask, query: Params, owner: str
    ) -> list[Page[R] | PlatformError | None]:
        def allowed(key: str) -> bool:
            return may_read(ask.viewer, key) if owner == _EMPLOYEE else looks_after(ask.viewer)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[R] | PlatformError]:
            params: Params = {**self._tenant, **query, f"{owner}s": chunk}
            operation = subject.operation("list")
            return await self._client.read(
                subject.address("list"), params, lambda held: pages_in(held, shape, owner, chunk), deadline, operation
            )

        own = [key for key in keys if allowed(key)]
        found = await self._known(subject, "list", own, ask, fetch, {**query, "by": owner})
        refused = NotAllowedError(self._reader.platform, subject.operation("list"), "not their own")
        return in_places(keys, allowed, found, refused)

    async def _known(  # noqa: PLR0917 - what is read, how, for whom
        self, subject: Subject, call: str, keys: Sequence[str], ask: Ask, fetch: Any, per: Params
    ) -> list[Any]:
        """Read as ``Reader.read`` does, without asking for keys that cannot be ones of this platform."""
        possible = list(filter(_KEY.fullmatch, keys))
        entries = await self._reader.read(self._rule(subject, call), possible, ask, fetch, per=sorted(per.items()))
        if len(possible) == len(keys):
            return entries
        found = dict(zip(possible, entries, strict=True))
        return [found.get(key) for key in keys]

    def _rule(self, subject: Subject, call: str) -> ReadRule:
        """The rule of a call, made once. Entries by key go with their subject too: they are few."""
        rule = self._rules.get((subject, call))
        if rule is None:
            rule = subject.kind.rule(subject.operation(call), self._batch, (subject.path,))
            self._rules[subject, call] = rule
        return rule

    def _refusal_of(self, subject: Subject, span: Span) -> PlatformError | None:
        """Why the platform would refuse this span for any key: then it need not be asked."""
        operation = subject.operation("list")
        if span.start >= span.end:
            return RejectedInputError(self._reader.platform, operation, "span")
        too_wide = span.end - span.start > _LONGEST
        return RangeTooWideError(self._reader.platform, operation, "span") if too_wide else None
