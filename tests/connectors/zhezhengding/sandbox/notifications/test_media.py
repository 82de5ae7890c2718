"""Files on the wire (wire-formats A6.2; A2.1 rule 5, A2.3)."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest

from tests.connectors.zhezhengding.by_hand import data_of, failure_of, headers_for, posted

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

BODY = b"\x89PNG\r\n\x1a\n\x00\xff not text"


async def token_of(bench: "Bench") -> str:
    """The application's token."""
    return str(data_of(await posted(bench.http, "/gettoken.json", {}))["accessToken"])


async def uploaded(bench: "Bench", params: dict[str, str], where: str = "both", body: bytes = BODY) -> httpx.Response:
    """Upload, the text parameters signed once, sent in the address, as parts, or both."""
    query = f"?{urlencode(params)}" if where != "parts" else ""
    return await bench.http.post(
        f"http://zzd/media/upload{query}",
        headers=headers_for("POST", "/media/upload", params),
        data=params if where != "query" else {},
        files={"media": ("照片.png", body, "image/png")},
    )


@pytest.mark.parametrize("where", ["both", "query", "parts"])
async def test_a_file_comes_back_as_it_was(bench: "Bench", where: str) -> None:
    """A2.3, A6.2: the file is not signed, the text parameters are, wherever they stand; it is read by its id."""
    params = {"access_token": await token_of(bench), "type": "image"}
    media_id = data_of((await uploaded(bench, params, where)).json())["mediaId"]
    wanted = {"access_token": params["access_token"], "media_id": media_id}

    by_post = await bench.http.post(
        "http://zzd/media/download", data=wanted, headers=headers_for("POST", "/media/download", wanted)
    )
    by_get = await bench.http.get(
        f"http://zzd/media/download?{urlencode(wanted)}", headers=headers_for("GET", "/media/download", wanted)
    )

    for answer in (by_post, by_get):
        assert (answer.content, answer.headers["content-type"]) == (BODY, "image/png")


async def test_text_beside_the_file_is_signed(bench: "Bench") -> None:
    """A2.1 rule 5: a part that was added on the way breaks the signature; another file does not."""
    params = {"access_token": await token_of(bench), "type": "image"}
    headers = headers_for("POST", "/media/upload", params)

    added = await bench.http.post(
        "http://zzd/media/upload", headers=headers, data=params | {"type": "file"}, files={"media": BODY}
    )
    swapped = await bench.http.post("http://zzd/media/upload", headers=headers, data=params, files={"media": b"other"})

    assert (added.json()["success"], added.json()["Message"]) == (False, "SignatureDoesNotMatch")
    assert data_of(swapped.json())


@pytest.mark.parametrize("wrong", [{"type": "letter"}, {"type": ""}, {"access_token": "app_no"}])
async def test_a_wrong_upload_is_refused(bench: "Bench", wrong: dict[str, str]) -> None:
    """A6.2: the token is looked at first (240133), then the kind of file."""
    params = {"access_token": await token_of(bench), "type": "image"} | wrong

    code = failure_of((await uploaded(bench, params)).json())

    assert (code == "240133") is ("access_token" in wrong)


async def test_without_a_file_there_is_nothing_to_keep(bench: "Bench") -> None:
    """No part ``media``, an empty one, no multipart at all: refused; a broken one is HTTP 400, never 500."""
    params = {"access_token": await token_of(bench), "type": "image"}
    broken = await bench.http.post(
        f"http://zzd/media/upload?{urlencode(params)}",
        headers=headers_for("POST", "/media/upload", params) | {"Content-Type": "multipart/form-data; boundary=x"},
        content=b"--x\r\nno colon\r\n\r\n--",
    )

    failure_of((await uploaded(bench, params, body=b"")).json())
    failure_of(await posted(bench.http, "/media/upload", params))
    assert broken.status_code in {200, 400}


async def test_an_unknown_file_is_a_failure(bench: "Bench") -> None:
    """An id that was never given out, in an envelope."""
    wanted = {"access_token": await token_of(bench), "media_id": "$never"}

    failure_of(await posted(bench.http, "/media/download", wanted))


async def test_documents_have_their_files(bench: "Bench") -> None:
    """The file a document of the handheld office names is one of the platform's."""
    account = next(member.person.work for member in bench.world.members if member.person.work)
    wanted = {"tenantId": "100001", "employeeCodes": account.employee_code, "first": "20"}
    (item,) = data_of(await posted(bench.http, "/tongxin/office/documents/list", wanted))["items"]
    row = next(row for row in item["rows"] if row["file"])
    params = {"access_token": await token_of(bench), "media_id": row["file"]["mediaId"]}

    answer = await bench.http.post(
        "http://zzd/media/download", data=params, headers=headers_for("POST", "/media/download", params)
    )

    assert answer.headers["content-type"].startswith("text/plain")
    assert row["title"] in answer.text
