"""What the public says, gathered from every channel (民呼我为): data about opinions, never about who holds them."""

import enum
from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.question import QuestionKind
from connectors.records.record import Record


class VoiceChannel(enum.Enum):
    """By which way a voice came."""

    HOTLINE = "HOTLINE"
    LEADERS_MAILBOX = "LEADERS_MAILBOX"
    ONLINE_POST = "ONLINE_POST"
    MEMBER_STUDIO = "MEMBER_STUDIO"
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER"


class PublicVoice(Record, frozen=True):
    """One matter as the intake gathered it; ``times`` is how often it was said in other words.

    ``question_key`` is the published question of a studio it came from, ``member`` the committee member who brought it
    in; a citizen is never named.
    """

    key: str
    channel: VoiceChannel
    kind: QuestionKind
    title: str
    summary: str
    topic: str
    region_key: str
    heard_at: datetime
    times: int
    handled: bool
    question_key: str | None
    member: MemberRef | None


class PublicVoiceQuery(Record, frozen=True):
    """Which voices; None: any. A region includes what lies in it. Newest first."""

    channel: VoiceChannel | None = None
    kind: QuestionKind | None = None
    region_key: str | None = None
    handled: bool | None = None
    text: str | None = None
