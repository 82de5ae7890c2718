"""Files beside questions."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import NotAllowedError, NotFoundError, PlatformError, RejectedInputError, WriteIdReusedError
from connectors.records.attachment import AttachmentKind
from connectors.records.question import QuestionKind
from connectors.records.question_writes import NewQuestion, Upload
from connectors.records.studio import StudioCategory
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.studios.history import files_of

Asking = Callable[..., Ask]
PICTURE = Upload(name="漏水 照片(1).png", content_type="image/png", content=b"\x89PNG\r\n" + bytes(range(256)))


async def test_a_file_goes_with_a_question(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Uploaded first, asked with, and read by whom the question concerns and nobody else, byte by byte."""
    account, other = (person.user_id for person in world.citizens[:2])
    studio, ask = world.studios[0], asking(account)
    kept = await fresh.attachments.keep_attachment(PICTURE, "test-upload-000001", ask)
    assert (kept.kind, kept.name) == (AttachmentKind.IMAGE, "漏水_照片_1_.png")
    assert await fresh.attachments.open_attachment(kept.key, ask) == ("image/png", PICTURE.content)
    member = asking(member_key=studio.members[0].key)
    with pytest.raises(NotFoundError):
        await fresh.attachments.open_attachment(kept.key, member)

    question = NewQuestion(
        studio_key=studio.key,
        category=StudioCategory.LAW,
        kind=QuestionKind.HELP,
        title="漏水",
        body="见图",
        attachment_keys=(kept.key,),
    )
    asked = await fresh.desk.ask_question(question, "test-upload-000002", ask)

    assert asked.attachments == (kept,)
    assert await fresh.attachments.open_attachment(kept.key, member) == ("image/png", PICTURE.content)
    for stranger in (asking(), asking(other)):
        with pytest.raises(NotFoundError):
            await fresh.attachments.open_attachment(kept.key, stranger)
    with pytest.raises(RejectedInputError):  # it stands beside one question only
        await fresh.desk.ask_question(question, "test-upload-000003", ask)


async def test_uploads_happen_once(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """The same bytes under the same id are the same file; other bytes are refused."""
    ask = asking(world.citizens[0].user_id)

    first = await fresh.attachments.keep_attachment(PICTURE, "test-upload-000004", ask)
    again = await fresh.attachments.keep_attachment(PICTURE, "test-upload-000004", ask)

    assert again == first
    with pytest.raises(WriteIdReusedError):
        await fresh.attachments.keep_attachment(
            Upload(name="x.png", content_type="image/png", content=b"other"), "test-upload-000004", ask
        )


@pytest.mark.parametrize(
    ("upload", "error"),
    [
        ({"content_type": "text/html"}, RejectedInputError),
        ({"content_type": ""}, RejectedInputError),
        ({"content": b""}, RejectedInputError),
        ({"content": bytes(5 * 1024 * 1024 + 1)}, RejectedInputError),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    fresh: SimpleNamespace, world: World, asking: Asking, upload: Any, error: type[PlatformError]
) -> None:
    """Other media types, nothing, and too much."""
    facts = {"name": "a.png", "content_type": "image/png", "content": b"png"} | upload

    with pytest.raises(error):
        await fresh.attachments.keep_attachment(
            Upload(**facts), "test-upload-000005", asking(world.citizens[0].user_id)
        )


async def test_who_has_no_account_uploads_nothing(fresh: SimpleNamespace, asking: Asking) -> None:
    """Nothing is sent without one; an account nobody knows is refused."""
    with pytest.raises(NotAllowedError):
        await fresh.attachments.keep_attachment(PICTURE, "test-upload-000006", asking())
    assert fresh.requests == []
    with pytest.raises(NotAllowedError):
        await fresh.attachments.keep_attachment(PICTURE, "test-upload-000006", asking("nobody"))


async def test_seeded_files_are_there(platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking) -> None:
    """Rows name pictures and recordings that can be opened, of private questions by staff only."""
    public = next(q for q in asked if q.public and len(files_of(q)) == 2)
    private = next(q for q in asked if not q.public and files_of(q))
    staff = asking(roles=frozenset({Role.STAFF}))

    (row,) = await platform.questions.load_questions([public.id], asking())
    opened = [await platform.attachments.open_attachment(each.key, asking()) for each in row.attachments]

    assert [each.kind for each in row.attachments] == [AttachmentKind.IMAGE, AttachmentKind.AUDIO]
    assert [kind for kind, _ in opened] == ["image/png", "audio/wav"]
    assert (await platform.attachments.open_attachment(files_of(private)[0].id, staff))[1]
    for key in (files_of(private)[0].id, f"{public.id}-9", "Q-none", "a/b", "a b"):
        with pytest.raises(NotFoundError):
            await platform.attachments.open_attachment(key, asking())


@pytest.mark.parametrize("content_type", ["", "image/png\r\nX-Evil: 1", "图/png", "image/png\x00"])
async def test_what_is_no_media_type_is_not_sent(
    platform: SimpleNamespace, world: World, asking: Asking, content_type: str
) -> None:
    """It becomes a header of the call: nothing may end that and begin another."""
    upload = Upload(name="x.png", content_type=content_type, content=b"x")

    with pytest.raises(RejectedInputError):
        await platform.attachments.keep_attachment(upload, "test-upload-000006", asking(world.citizens[0].user_id))
    assert platform.requests == []
