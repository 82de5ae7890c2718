"""What the public says (民呼我为): opinion data that members draw on."""

from datetime import datetime

import strawberry

from connectors.ports import QuestionSource
from connectors.records.public_voice import PublicVoice as VoiceRecord
from connectors.records.public_voice import VoiceChannel
from schema.fields import described, identifier, link, value
from schema.member import Member
from schema.node import Node
from schema.question import Question
from schema.question_kind import QuestionKind
from schema.region import Region, region_at


@described(
    zh="民意数据中的一条（民呼我为）；不含群众个人信息",
    en="A matter the public speaks of; no citizen is named.",
    of=VoiceRecord,
)
class PublicVoice(Node):
    """Read from ``connectors.records.public_voice.PublicVoice``; for members and offices."""

    id: strawberry.ID = identifier("PublicVoice")
    channel: VoiceChannel | None = value("channel", zh="来源渠道", en="By which way it came.")
    kind: QuestionKind | None = value("kind", zh="性质", en="What is wanted.")
    title: str | None = value("title", zh="标题", en="In short.")
    summary: str | None = value("summary", zh="摘要", en="In some words.")
    topic: str | None = value("topic", zh="主题", en="What it is about.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="In which place.")
    heard_at: datetime | None = value("heard_at", zh="收到时间", en="When it was heard.")
    times: int | None = value("times", zh="同类诉求次数", en="How often it was said, in whatever words.")
    handled: bool | None = value("handled", zh="是否已处理", en="Whether something came of it.")
    question: Question | None = link(
        QuestionSource.load_questions,
        key="question_key",
        zh="来自委员工作室的公开提问；其他渠道为空",
        en="The published question of a studio it came from; null where it came by another way.",
    )
    member: Member | None = value(
        "member",
        zh="提出意见建议的委员；其他渠道为空",
        en="The member who brought it in; null if otherwise.",
    )
