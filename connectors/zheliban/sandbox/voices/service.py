"""The unified intake: voices by key, and a list of them by channel, place and words."""

# ruff: noqa: N815 - the contract's spelling

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from connectors.records.public_voice import VoiceChannel
from connectors.records.question import QuestionKind
from connectors.records.region import Region
from connectors.regions import REGIONS, lies_in
from connectors.sandbox.paging import Order, PageWanted
from connectors.sandbox.world import MemberSeed
from connectors.zheliban.sandbox.answering import Answering
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.voices.matters import MATTERS, Matter
from connectors.zheliban.sandbox.writes import Body

ROOT = "/voices/v1"
_DAYS, _MOST_TIMES = 120, 40
_CHANNELS = (VoiceChannel.HOTLINE, VoiceChannel.LEADERS_MAILBOX, VoiceChannel.ONLINE_POST, VoiceChannel.HOTLINE)
_QUESTIONS_TOLD = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """A matter the intake gathered."""

    id: str
    channel: VoiceChannel
    kind: QuestionKind
    title: str
    summary: str
    topic: str
    region: str
    heard_at: datetime
    times: int
    question: str | None = None
    member: MemberSeed | None = None

    @property
    def handled(self) -> bool:
        """Whether something came of it; of every third nothing did yet."""
        return int(self.id[1:]) % 3 != 0

    def row(self) -> dict[str, Any]:
        """A ``Voice`` of the contract."""
        member = self.member
        return {
            "id": self.id,
            "channel": self.channel.value,
            "kind": self.kind.value,
            "title": self.title,
            "summary": self.summary,
            "topic": self.topic,
            "regionCode": self.region,
            "heardAt": self.heard_at,
            "times": self.times,
            "handled": self.handled,
            "questionId": self.question,
            "member": None if member is None else {"id": member.key, "name": member.person.name},
        }


NEWEST: Order[Voice] = Order("HEARD_AT_DESC", lambda voice: (-voice.heard_at.timestamp(), voice.id))


class SearchBody(Body, frozen=True):
    """Which voices, and which page of them."""

    first: Annotated[int, msgspec.Meta(ge=1, le=100)]
    channel: VoiceChannel | None = None
    kind: QuestionKind | None = None
    regionCode: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")] | None = None
    handled: bool | None = None
    text: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    after: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,200}$")] | None = None
    withTotal: bool = False

    def takes(self, voice: Voice) -> bool:
        """Whether a voice is one of them."""
        exact = ((self.channel, voice.channel), (self.kind, voice.kind), (self.handled, voice.handled))
        return (
            all(wanted is None or wanted == there for wanted, there in exact)
            and (self.regionCode is None or lies_in(voice.region, self.regionCode))
            and (self.text is None or self.text in f"{voice.topic} {voice.title} {voice.summary}")
        )


class Voices:
    """All of them, newest first."""

    def __init__(self, scene: Scene) -> None:
        self._all = sorted(seeded_voices(scene), key=NEWEST.place)
        self._of_key = {voice.id: voice for voice in self._all}

    def voices(self, sent: Parameters) -> Any:
        """``GET /voices``."""
        return {"items": [self._of_key[key].row() for key in sent.keys("ids") if key in self._of_key]}

    def search(self, body: SearchBody) -> Any:
        """``POST /voices/search``."""
        wanted = PageWanted(body.first, NEWEST.place_from(body.after), body.withTotal)
        return NEWEST.page([voice for voice in self._all if body.takes(voice)], wanted, Voice.row)


def seeded_voices(scene: Scene) -> Iterator[Voice]:
    """Of every committee's place each matter once, one of them from a member; and questions that were published."""
    random, number = scene.world.random("zheliban:voices"), 0
    members: dict[str, MemberSeed] = {}
    for member in scene.world.members:
        members.setdefault(member.committee.code, member)
    for committee in scene.world.committees:
        for at, matter in enumerate(MATTERS):
            number += 1
            heard = scene.world.today - timedelta(days=1 + int(random.random() * _DAYS), hours=int(random.random() * 8))
            own = members.get(committee.code) if at == number % len(MATTERS) else None
            times = 1 + int(random.random() * _MOST_TIMES)
            yield _voice(number, REGIONS[committee.region_code], matter, (heard, times), own)
    for question in published(scene):
        number += 1
        yield Voice(
            f"V{number:06d}",
            VoiceChannel.MEMBER_STUDIO,
            question.kind,
            question.title,
            question.body,
            question.topic,
            question.studio.committee.region_code,
            question.asked_at,
            1,
            question=question.id,
        )


def published(scene: Scene) -> list[AskedQuestion]:
    """Some questions that everybody may see, of all places."""
    told = [question for question in scene.studios.questions.values() if question.public]
    return told[:: max(1, len(told) // _QUESTIONS_TOLD)]


def _voice(
    number: int, region: Region, matter: Matter, heard: tuple[datetime, int], member: MemberSeed | None
) -> Voice:
    topic, kind, title, summary = matter
    channel = VoiceChannel.COMMITTEE_MEMBER if member else _CHANNELS[number % len(_CHANNELS)]
    named = title.format(region=region.name)
    return Voice(f"V{number:06d}", channel, kind, named, summary, topic, region.key, *heard, member=member)


def voice_component(scene: Scene) -> Component:
    """The unified intake as a component of the sandbox."""
    answering, intake = Answering("VOICE"), Voices(scene)
    served = (
        Served("voices", "GET", f"{ROOT}/voices", answering.reading(intake.voices, ("ids",))),
        Served("voices.search", "POST", f"{ROOT}/voices/search", answering.posting(intake.search, SearchBody)),
    )
    return Component(scene.settings.irs.components.voice, served)
