"""Voices by key, and the list of them: the same for everybody who may ask."""

# ruff: noqa: N815 - upstream's spelling

from collections.abc import Sequence
from typing import Any

from connectors.errors import PlatformError
from connectors.freshness import REGISTRY
from connectors.records.member import MemberRef
from connectors.records.page import Page, PageArgs
from connectors.records.public_voice import PublicVoice, PublicVoiceQuery, VoiceChannel
from connectors.records.question import QuestionKind
from connectors.viewer import Ask
from connectors.zheliban.irs_service import Endpoint, IrsService, params_from
from connectors.zheliban.payloads import Key, Moment, Payload
from connectors.zheliban.rows import Shape, held

VOICES = Endpoint("voices", "/voices", REGISTRY, tags=("voice:{key}",))
SEARCH = Endpoint("voices.search", "/voices/search", REGISTRY, tags=("voices",), posted=True)


class MemberPayload(Payload, frozen=True, kw_only=True):
    """The committee member who brought it in."""

    id: Key
    name: str


class VoicePayload(Payload, frozen=True, kw_only=True):
    """A voice; ``cursor`` in a list."""

    id: Key
    channel: VoiceChannel
    kind: QuestionKind
    title: str
    summary: str
    topic: str
    regionCode: str
    heardAt: Moment
    times: int
    handled: bool
    questionId: Key | None
    member: MemberPayload | None
    cursor: str = ""


class ZhelibanVoices:
    """The unified intake."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_public_voices(self, keys: Sequence[str], ask: Ask) -> Sequence[PublicVoice | PlatformError | None]:
        """Read voices by key."""
        return await self._service.keyed(VOICES, _VOICE, keys, ask)

    async def list_public_voices(
        self, queries: Sequence[PublicVoiceQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[PublicVoice] | PlatformError]:
        """List, a call each. What is looked for travels as a JSON body: people type what cannot be signed safely."""
        return await self._service.listed(SEARCH, _VOICE, [_params(query) for query in queries], page, ask)


def _params(query: PublicVoiceQuery) -> dict[str, Any]:
    chosen = params_from(channel=query.channel, kind=query.kind, regionCode=query.region_key, text=query.text)
    return chosen if query.handled is None else {**chosen, "handled": query.handled}


def voice_from(payload: VoicePayload) -> PublicVoice:
    """Read a voice."""
    return PublicVoice(
        key=payload.id,
        channel=payload.channel,
        kind=payload.kind,
        title=payload.title,
        summary=payload.summary,
        topic=payload.topic,
        region_key=payload.regionCode,
        heard_at=payload.heardAt,
        times=payload.times,
        handled=payload.handled,
        question_key=payload.questionId,
        member=held(payload.member, lambda member: MemberRef(key=member.id, name=member.name)),
    )


_VOICE = Shape(VoicePayload, voice_from)
