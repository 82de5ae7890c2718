"""Carries out what one request asks to be written: keeps it, does it, answers what came of it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec

from auth.store import StoreUnavailableError
from auth.store.moments import now
from connectors.errors import ForbiddenMoveError, NotFoundError, PlatformError, RejectedInputError
from connectors.records.effect import Effect, EffectStatus
from connectors.refusals import RefusedError
from connectors.viewer import Ask
from gateway.errors.wording import Wording
from gateway.execution.operation import Caller, Language
from gateway.writes.acting import Acting, Brought
from gateway.writes.homes import Homes
from gateway.writes.outcomes import code_of, status_after, wait_after
from gateway.writes.rows import Begun, Repeated, Wanted
from gateway.writes.settings import WriteSettings
from gateway.writes.statuses import WriteStatuses
from gateway.writes.store import WriteStore
from schema.acts import Act, InputError, Payload, UserError

_GRACE = timedelta(seconds=2)
_LONGEST_KEY = 256
_MENDABLE = (RejectedInputError, NotFoundError)


class Performing:
    """One per process; ``for_caller`` makes what a request's mutations are carried out by."""

    def __init__(
        self, store: WriteStore, homes: Homes, acting: Acting, settings: WriteSettings, wording: Wording
    ) -> None:
        self.store, self.homes, self.acting, self.settings, self.wording = store, homes, acting, settings, wording
        self.statuses = WriteStatuses(store.database, store.sealing)

    def for_caller(self, caller: Caller) -> "Performer":
        """What one request's mutations are carried out by."""
        return Performer(self, caller.ask, caller.language, caller.idempotency_key)


class Performer:
    """``schema.context.Writer``."""

    def __init__(self, parts: Performing, ask: Ask, language: Language, key: str | None) -> None:
        self._parts, self._ask, self._language, self._key = parts, ask, language, key

    async def perform(self, act: Act, given: Mapping[str, Any], place: str) -> Payload:
        """See ``schema.context.Writer``."""
        try:
            made, key = act.made(given, self._ask.viewer), self._key_of(given, place)
            begun = await self._begun(act, made, key)
        except InputError as error:
            return self._told(error.code, error.field, error.facts)
        except StoreUnavailableError:
            raise RefusedError("WRITES_UNAVAILABLE") from None
        request = msgspec.json.decode(begun.request, type=act.request)
        if isinstance(begun, Repeated):
            return await self._again(act, request, begun.write_id)
        if begun.behind:
            return self._kept(act, begun.write_id, EffectStatus.PENDING, None)
        return await self._first(act, request, begun)

    async def _begun(self, act: Act, made: Any, key: str | None) -> Begun | Repeated:
        """Keep it, with what has to be read for it; a key that stands for it already finds it as it was."""
        parts, viewer, asked = self._parts, self._ask.viewer, msgspec.json.encode(made)
        known = key and await parts.store.known(act.name, asked, key, viewer)
        if known:
            return known
        began = now()
        filled = await act.filled(made, parts.homes.method, self._ask)
        wanted = Wanted(
            act.name,
            act.subject(filled, viewer),
            act.kind,
            parts.homes.platform(act.source),
            asked,
            msgspec.json.encode(filled),
            key,
            began if act.alone else None,
        )
        lease = timedelta(seconds=max(self._ask.deadline.remaining(), 0)) + _GRACE
        return await parts.store.begin(wanted, viewer, lease)

    async def _first(self, act: Act, request: Any, begun: Begun) -> Payload:
        """Do it now; what the platform refuses was not begun, what it is too ill for is kept."""
        parts, write_id = self._parts, begun.write_id
        try:
            brought = await parts.acting.bring_about(act, request, write_id, self._ask)
        except Exception as error:  # noqa: BLE001 - what is no refusal is kept and tried again
            status = status_after(error)
            if status in {EffectStatus.FAILED, EffectStatus.DONE}:
                await parts.store.drop(write_id)
                return self._refused(error)
            wait = wait_after(1, parts.settings)
            await parts.store.note(write_id, 0, status, code_of(error), wait)
            return self._kept(act, write_id, status, code_of(error))
        with suppress(StoreUnavailableError):  # it is done: that is found out and noted later
            await parts.acting.note(brought, write_id)
        return self._done(act, brought, write_id)

    async def _again(self, act: Act, request: Any, write_id: str) -> Payload:
        """Answer what was answered before: the platform is asked for the same under the same id."""
        [known] = await self._parts.statuses.of([write_id], self._ask.viewer)
        if known is None:
            raise RefusedError("WRITE_UNDER_WAY")
        primary = known.effects[0]
        if primary.status is not EffectStatus.DONE:
            return self._kept(act, write_id, primary.status, primary.code)
        try:
            entity: Any = (await self._parts.acting.bring_about(act, request, write_id, self._ask)).entity
        except PlatformError as error:
            entity = error
        return Payload(entity=entity, write_id=write_id, effects=known.effects, user_errors=())

    def _done(self, act: Act, brought: Brought, write_id: str) -> Payload:
        effects = [Effect(kind=act.kind, platform=self._parts.homes.platform(act.source), status=EffectStatus.DONE)]
        effects += [
            Effect(kind=one.kind, platform=one.platform, status=EffectStatus.PENDING) for one in brought.planned
        ]
        return Payload(entity=brought.entity, write_id=write_id, effects=tuple(effects), user_errors=())

    def _kept(self, act: Act, write_id: str, status: EffectStatus, code: str | None) -> Payload:
        """It is not done yet, or nobody knows, or it was given up: in the place of what it makes stands why."""
        platform = self._parts.homes.platform(act.source)
        effect = Effect(kind=act.kind, platform=platform, status=status, code=code)
        why = RefusedError("WRITE_GIVEN_UP" if status is EffectStatus.FAILED else "WRITE_KEPT")
        return Payload(entity=why, write_id=write_id, effects=(effect,), user_errors=())

    def _refused(self, error: Exception) -> Payload:
        """What a person can mend is told as such. Raises the rest."""
        if not isinstance(error, _MENDABLE):
            raise error
        facts: dict[str, str | int] = dict(error.facts)
        if isinstance(error, ForbiddenMoveError):
            facts["allowed"] = ", ".join(error.allowed) or "-"
        return self._told(error.code, None, facts, error.platform)

    def _told(
        self, code: str, field: str | None, facts: Mapping[str, str | int], platform: str | None = None
    ) -> Payload:
        words = self._parts.wording.sentence(code, self._language, facts, platform)
        error = UserError(code=code, message=words, field=field)
        return Payload(entity=None, write_id=None, effects=(), user_errors=(error,))

    def _key_of(self, given: Mapping[str, Any], place: str) -> str | None:
        """The caller's key for this act: its own, or the header's, which stands for every act of the request."""
        own = given.get("idempotencyKey")
        key = self._key if own is None else own
        if key is not None and not 0 < len(key) <= _LONGEST_KEY:
            raise InputError("BAD_IDEMPOTENCY_KEY", "idempotencyKey", most=_LONGEST_KEY)
        return key if own is not None or key is None else f"{key}\n{place}"
