"""The duty registry's ports that read by key: studios, members, committees, portraits.

Beside it, because they do more than that: ``lookup.py`` (who is a member) and ``shifts.py`` (spans of time).
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.mapping import committee_from, member_from, members_page_from, studio_from
from connectors.duty.payloads import MemberPayload, OrganizationPayload, StudioMembersPayload, StudioPayload
from connectors.duty.rows import records_in
from connectors.errors import BadCursorError, NotFoundError, PlatformError, UnexpectedAnswerError
from connectors.reading import Reader, ReadRule
from connectors.records.member import Member
from connectors.records.organization import Committee
from connectors.records.page import Page, PageArgs
from connectors.records.studio import Studio
from connectors.viewer import Ask

R = TypeVar("R")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,200}")
_PORTRAIT = re.compile(r"members/([A-Za-z0-9_-]{1,64})/portrait")
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})


async def read_known(
    reader: Reader,
    rule: ReadRule,
    keys: Sequence[str],
    ask: Ask,
    fetch: Callable[[list[str], Deadline], Awaitable[Mapping[str, R]]],
    *,
    per: object = None,
) -> list[R | PlatformError | None]:
    """Read as ``Reader.read`` does, without asking for keys that cannot be ones of this platform.

    Keys come from outside, and one with a comma in it would change what the others of its chunk ask.
    """
    possible = [key for key in keys if _KEY.fullmatch(key)]
    entries = await reader.read(rule, possible, ask, fetch, per=per)
    found = dict(zip(possible, entries, strict=True))
    return [found.get(key) for key in keys]


class DutyStudios:
    """``StudioRegistry``: studios change rarely."""

    def __init__(self, client: DutyClient, reader: Reader, batch: int) -> None:
        self._client = client
        self._reader = reader
        self._rule = ReadRule("studios", batch, fresh_for=300.0)

    async def load_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[Studio | PlatformError | None]:
        """Read studios by key."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Studio | PlatformError]:
            return records_in(await self._client.fetch_studios(chunk, deadline), StudioPayload, "id", studio_from)

        return await read_known(self._reader, self._rule, keys, ask, fetch)


class DutyMembers:
    """``MemberRegistry``."""

    def __init__(self, client: DutyClient, reader: Reader, batch: int) -> None:
        self._client = client
        self._reader = reader
        self._by_key = ReadRule("members", batch, fresh_for=300.0)
        self._by_studio = ReadRule("studios.members", batch, fresh_for=120.0)

    async def load_members(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by key."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Member | PlatformError]:
            return records_in(await self._client.fetch_members(chunk, deadline), MemberPayload, "id", member_from)

        return await read_known(self._reader, self._by_key, keys, ask, fetch)

    async def list_studio_members(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page per studio; an unknown studio has an empty one, a cursor not of ours is refused."""
        if page.after is not None and not _CURSOR.fullmatch(page.after):
            refused = BadCursorError(self._reader.platform, self._by_studio.operation, upstream_code="INVALID_CURSOR")
            return [refused for _ in keys]

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[Member] | PlatformError]:
            answer = await self._client.fetch_studio_members(chunk, page, deadline)
            return records_in(answer, StudioMembersPayload, "studioId", members_page_from)

        nobody: Page[Member] = Page(edges=(), has_next=False, total=0 if page.with_total else None)
        entries = await read_known(self._reader, self._by_studio, keys, ask, fetch, per=page)
        return [nobody if entry is None else entry for entry in entries]


class DutyCommittees:
    """``CommitteeRegistry``."""

    def __init__(self, client: DutyClient, reader: Reader, batch: int) -> None:
        self._client = client
        self._reader = reader
        self._rule = ReadRule("organizations", batch, fresh_for=300.0)

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Read committees by ``GO_`` code; None for any other unit."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Committee | PlatformError]:
            answer = await self._client.fetch_organizations(chunk, deadline)
            return records_in(answer, OrganizationPayload, "code", committee_from)

        return await read_known(self._reader, self._rule, keys, ask, fetch)


class DutyPortraits:
    """``FileSource``: members' pictures. Never kept here: the cache counts entries, not bytes."""

    def __init__(self, client: DutyClient, reader: Reader) -> None:
        self._client = client
        self._reader = reader
        self._rule = ReadRule("members.portrait", 1, fresh_for=0.0)

    async def open_file(self, path: str, ask: Ask) -> tuple[str, bytes]:
        """Answer the picture a member's ``portrait_path`` names; only pictures come through.

        Raises:
            NotFoundError: the path names no picture, or the platform has none there.
            PlatformError: it could not be read.
        """
        named = _PORTRAIT.fullmatch(path)
        if named is None:
            raise NotFoundError(self._reader.platform, self._rule.operation, "no path of a picture")
        [entry] = await self._reader.read(self._rule, [named[1]], ask, self._fetch)
        if entry is None:
            raise NotFoundError(self._reader.platform, self._rule.operation)
        if isinstance(entry, PlatformError):
            raise entry
        return entry

    async def _fetch(self, keys: list[str], deadline: Deadline) -> Mapping[str, tuple[str, bytes]]:
        answer = await self._client.fetch_portrait(keys[0], deadline)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _PICTURES:
            raise UnexpectedAnswerError(answer.platform, answer.operation, "not a picture")
        return {keys[0]: (kind, answer.body)}
