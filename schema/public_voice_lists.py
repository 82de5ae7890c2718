"""Which public voices a list is of; knows no type that shows one."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import PublicVoiceSource
from connectors.records.public_voice import PublicVoiceQuery, VoiceChannel
from connectors.refusals import RefusedError
from schema.declarations import Found
from schema.fields import CHINESE, argument, optional
from schema.paging import connection
from schema.places import known_region, within
from schema.proposal_lists import ON_DUTY
from schema.question_kind import QuestionKind

_LONGEST = 200

strawberry.enum(VoiceChannel, description="By which way a public voice came.")
setattr(VoiceChannel, CHINESE, "民意的来源渠道：热线、领导信箱、网络留言、委员工作室、政协委员")


@strawberry.input(description="Which public voices; what is left out does not matter.")
class PublicVoiceFilter:
    """All fields optional."""

    channel: VoiceChannel | None = optional("来源渠道", "It came by that way.")
    kind: QuestionKind | None = optional("性质", "What is wanted.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    handled: bool | None = optional("是否已处理", "Whether something came of it.")
    text: str | None = optional("主题、标题或摘要中的文字", f"Words in it, at most {_LONGEST} characters.")


setattr(PublicVoiceFilter, CHINESE, "民意数据的筛选条件，均可不填")


def voice_query(arguments: Mapping[str, Any]) -> PublicVoiceQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT)."""
    chosen = arguments.get("filter") or {}
    text = (chosen.get("text") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="text")
    return PublicVoiceQuery(
        channel=chosen.get("channel"),
        kind=chosen.get("kind"),
        region_key=known_region(chosen.get("regionCode")),
        handled=chosen.get("handled"),
        text=text or None,
    )


_CHOICE = (argument("filter", PublicVoiceFilter | None, zh="筛选", en="Which voices."),)

VOICES_BY_ID = Found(PublicVoiceSource.load_public_voices, requires=ON_DUTY)
PUBLIC_VOICES: Any = connection(
    PublicVoiceSource.list_public_voices,
    arguments=_CHOICE,
    owner=lambda _, arguments: voice_query(arguments),
    requires=ON_DUTY,
    zh="民意数据综合查询（民呼我为），新的在前；限委员和机关",
    en="What the public says by every channel, newest first; for members and offices.",
)
"""The root list."""

REGION_VOICES: Any = connection(
    PublicVoiceSource.list_public_voices,
    arguments=_CHOICE,
    owner=within(voice_query),
    requires=ON_DUTY,
    zh="该区划的民意数据，新的在前；限委员和机关",
    en="What the public says in it, newest first; for members and offices.",
)
"""A place's list."""
