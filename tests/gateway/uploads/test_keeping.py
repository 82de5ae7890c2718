"""Files handed over: all or none, each once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pydantic import SecretStr

from auth.vault import Vault
from connectors.deadline import Deadline
from connectors.errors import PlatformError, UnexpectedAnswerError, UnreachableError
from connectors.records.attachment import Attachment, AttachmentKind
from connectors.records.question_writes import Upload
from connectors.refusals import RefusedError
from connectors.viewer import Ask, Viewer
from gateway.uploads.keeping import Keeping
from gateway.uploads.received import ReceivedFile
from gateway.uploads.settings import UploadSettings
from tests.gateway.uploads import recordings

VAULT = Vault(SecretStr("invented-secret-of-the-tests-0123456789"))
ASK = Ask(Viewer(person_id="p_1"), Deadline.after(60))


class Platform:
    """Keeps files, until it fails; notes under which ids it was given them."""

    def __init__(self, *, fails_at: int = -1, key: Any = "A1") -> None:
        self.given: list[tuple[str, Upload]] = []
        self._fails_at = fails_at
        self._key = key

    async def keep_attachment(self, upload: Upload, write_id: str, _: Ask) -> Attachment:
        """Take a file."""
        if len(self.given) == self._fails_at:
            raise UnreachableError("zheliban", "attachments.keep")
        self.given.append((write_id, upload))
        return Attachment(key=self._key, kind=AttachmentKind.IMAGE, name=upload.name, path="/a")

    async def open_attachment(self, _key: str, _ask: Ask) -> tuple[str, bytes]:
        """Hand the last file out."""
        return self.given[-1][1].content_type, self.given[-1][1].content

    @property
    def ids(self) -> list[str]:
        """The ids, in order."""
        return [write_id for write_id, _ in self.given]


Received = Callable[..., list[ReceivedFile]]


@pytest.fixture
def received() -> Iterator[Received]:
    """Files as they have come."""
    with ExitStack() as open_files:

        def made(*contents: bytes) -> list[ReceivedFile]:
            files = [ReceivedFile(f"{place}.bin", 1024) for place in range(len(contents))]
            for file, content in zip(files, contents, strict=True):
                open_files.callback(file.close)
                file.write(content)
            return files

        yield made


def keeping(platform: Platform | None, **settings: int) -> Keeping:
    """What hands over to that platform."""
    return Keeping(platform, VAULT, UploadSettings(**settings))


async def test_none_is_handed_over_before_all_are_good(received: Received) -> None:
    """The first is fine, the second is not: the platform hears of neither."""
    platform = Platform()

    with pytest.raises(RefusedError) as refused:
        await keeping(platform).keep(received(recordings.amr(), b"<html>"), None, ASK)

    assert (refused.value.code, refused.value.facts) == ("UNSUPPORTED_FILE_TYPE", {"file": "1.bin"})
    assert platform.given == []


async def test_what_failed_midway_is_found_again_under_the_same_key(received: Received) -> None:
    """The platform got the first and failed at the second; sent again both have the ids they had."""
    files, platform, well = (recordings.amr(), recordings.mp3()), Platform(fails_at=1), Platform()

    with pytest.raises(UnreachableError):
        await keeping(platform).keep(received(*files), "k", ASK)
    await keeping(well).keep(received(*files), "k", ASK)

    assert platform.ids == well.ids[:1]
    assert len(set(well.ids)) == 2
    assert all(16 <= len(one) <= 64 for one in well.ids)


async def test_without_a_key_each_time_is_another(received: Received) -> None:
    """And another person's key is none of ours."""
    platform, other = Platform(), Ask(Viewer(person_id="p_2"), Deadline.after(60))

    for key, ask in ((None, ASK), (None, ASK), ("k", ASK), ("k", other)):
        await keeping(platform).keep(received(recordings.amr()), key, ask)

    assert len(set(platform.ids)) == 4


async def test_what_grew_in_cleaning_is_measured_again(received: Received) -> None:
    """A picture that was squeezed harder than we do may come out larger than the platform takes."""
    platform = Platform()

    with pytest.raises(RefusedError) as refused:
        await keeping(platform, max_file_bytes=1024).keep(received(recordings.mp3(3)), None, ASK)

    assert platform.given == []
    assert (refused.value.code, refused.value.facts["most"]) == ("FILE_TOO_LARGE", 1024)


async def test_a_file_nobody_can_speak_of_is_an_error(received: Received) -> None:
    """The platform kept it and told no id that can be read."""
    broken: PlatformError = UnexpectedAnswerError("zheliban", "attachments.keep")

    with pytest.raises(UnexpectedAnswerError):
        await keeping(Platform(key=broken)).keep(received(recordings.amr()), None, ASK)


async def test_where_no_platform_takes_files_that_is_told(received: Received) -> None:
    """The operator can connect one."""
    with pytest.raises(RefusedError) as refused:
        await keeping(None).keep(received(recordings.amr()), None, ASK)

    assert refused.value.code == "PLATFORM_NOT_CONFIGURED"
