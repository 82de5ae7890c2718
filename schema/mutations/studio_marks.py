"""What citizens make of studios: follow and like them, and take that back."""

import hashlib
from typing import Any

import strawberry

from connectors.ports import StudioMarkDesk
from connectors.records.effect import EffectKind
from connectors.records.question_writes import StudioMarked, StudioMarking
from connectors.records.studio import MarkedStudio
from connectors.viewer import Viewer
from schema.acts import Act, Given
from schema.fields import CHINESE, described, mutation, needed, value
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.questions import CITIZENS
from schema.studio import Studio


@strawberry.input(description="A studio one wants to follow or to follow no more, to like or to like no more.")
class MarkStudioInput:
    """See ``connectors.records.question_writes.StudioMarking``."""

    studio_id: strawberry.ID = needed("工作室的全局标识", "Global id of the studio.")
    idempotency_key: str | None = idempotency_key()


setattr(MarkStudioInput, CHINESE, "要关注、取消关注、点赞或取消点赞的工作室")


@described(zh="关注或点赞的结果", en="What came of following or liking.")
class MarkStudioPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    studio: Studio | None = value("entity", zh="工作室", en="The studio as it stands now; null while it is on its way.")


def _subject(request: StudioMarking, viewer: Viewer) -> str:
    """One person's mark of one studio: others' come neither before nor after it."""
    told = f"{viewer.person_id}\n{request.studio_key}"
    return f"StudioMark:{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _marked(marked: StudioMarked, request: StudioMarking) -> MarkedStudio:
    marks = marked.marks
    return MarkedStudio(key=request.studio_key, follows=marks.follows, likes=marks.likes, statistics=marked.statistics)


def _marks(name: str, *, follows: bool | None = None, likes: bool | None = None) -> Act:
    def made(given: Given, _: Viewer) -> StudioMarking:
        return StudioMarking(studio_key=key_in(given, "studioId", "Studio"), follows=follows, likes=likes)

    return Act(
        name,
        EffectKind.STUDIO_MARK,
        StudioMarkDesk.mark_studio,
        StudioMarking,
        made,
        subject=_subject,
        entity=_marked,
        changes=lambda request, *_: ("studios", f"studio:{request.studio_key}"),
    )


def _marking(act: Act, zh: str, en: str) -> Any:
    return mutation(act, MarkStudioInput, requires=CITIZENS, zh=zh, en=en)


@described(zh="对工作室的关注与点赞", en="What citizens make of studios.")
class StudioMarkMutations:
    """Part of ``Mutation``."""

    follow_studio: MarkStudioPayload | None = _marking(
        _marks("followStudio", follows=True), "关注工作室；重复关注不变", "Follow a studio; twice is as once."
    )
    unfollow_studio: MarkStudioPayload | None = _marking(
        _marks("unfollowStudio", follows=False), "取消关注工作室", "Follow a studio no more."
    )
    like_studio: MarkStudioPayload | None = _marking(
        _marks("likeStudio", likes=True), "点赞工作室；重复点赞不变", "Like a studio; twice is as once."
    )
    unlike_studio: MarkStudioPayload | None = _marking(
        _marks("unlikeStudio", likes=False), "取消点赞工作室", "Like a studio no more."
    )
