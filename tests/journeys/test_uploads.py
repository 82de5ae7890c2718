"""Files that citizens send: asked with, opened by whom the question concerns, by nobody else."""

import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from connectors.sandbox.faults import FaultKind
from gateway.http.file_links import SECONDS
from schema.identifiers import global_id
from tests.askers import ASK, People, mended, people_of
from tests.gateway.uploads import recordings
from tests.gateway.uploads.pictures import SECRET, snapshot
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation
from tests.uploading import uploaded

BUDGET = 6 + 2
QUESTION = "query ($id: ID!) { question(id: $id) { id attachments { id kind url } } }"
ORDER = "query ($id: ID!) { workOrder(id: $id) { attachments { id kind url } } }"
FILES = (("漏水.jpg", snapshot("JPEG")), ("语音.m4a", recordings.tagged_m4a()))


async def opened(desk: SignInDesk, link: str, method: str = "GET", **headers: str) -> httpx.Response:
    """What a browser gets for a link; it sends no token."""
    parts = urlsplit(link)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return await desk.gateway.client.request(method, address, headers=headers)


async def links(desk: SignInDesk, question: str, token: str | None) -> list[str]:
    """The links to a question's files, as somebody is told them; none for who may not see the question."""
    body = await desk.gateway.query(QUESTION, {"id": question}, token)
    found = body["data"]["question"]
    return [] if found is None else [file["url"] for file in found["attachments"]]


async def asked_with_files(people: People, token: str) -> tuple[str, list[dict[str, Any]]]:
    """A question to the studio's first insider with a picture and a voice: its id, and what was uploaded."""
    rows = await uploaded(people.desk.gateway, token, *FILES)
    addressee = global_id("Member", people.insiders[0].key)
    return await people.asked(token, addresseeId=addressee, attachmentIds=[row["id"] for row in rows]), rows


async def test_whom_a_question_concerns_opens_its_files(desk: SignInDesk) -> None:
    """The asker, who is asked and the office, each by links of their own; others find neither question nor file."""
    people = people_of(desk)
    token = await people.citizen()
    question, rows = await asked_with_files(people, token)

    concerned = [await links(desk, question, one) for one in (token, await people.member(), await people.staff())]
    others = [await links(desk, question, one) for one in (None, await people.stranger(), await people.citizen(7))]

    assert [row["kind"] for row in rows] == ["IMAGE", "AUDIO"]
    assert others == [[], [], []]
    for picture, voice in concerned:
        shown, heard = await opened(desk, picture), await opened(desk, voice)
        assert [one.status_code for one in (shown, heard)] == [200, 200]
        assert [one.headers["content-type"] for one in (shown, heard)] == ["image/jpeg", "audio/mp4"]
        assert [len(one.content) for one in (shown, heard)] == [row["size"] for row in rows]
        assert {one.headers["cache-control"] for one in (shown, heard)} == {"private, no-store"}
        assert SECRET not in shown.content
        assert recordings.SECRET not in heard.content


async def test_a_link_is_of_no_use_to_others(desk: SignInDesk) -> None:
    """Bare, with another file's seal, made for who may not see the question, or five minutes old it opens nothing."""
    people = people_of(desk)
    token = await people.citizen()
    question, _ = await asked_with_files(people, token)
    picture, voice = await links(desk, question, token)
    file = urlsplit(picture).path.rpartition("/")[2]
    seals, authority = desk.gateway.parts.links, desk.gateway.parts.authority
    asker, stranger = [str((await authority.viewer_of(one)).person_id) for one in (token, await people.citizen(7))]
    sealer = seals._sealer

    def aged(seconds: int) -> str:
        made = sealer.encrypt_at_time(msgspec.json.encode([file, asker]), int(time.time()) - seconds)
        return f"/files/{file}?pass={made.decode()}"

    tried = {
        "as it is": picture,
        "young enough": aged(SECONDS - 60),
        "bare": urlsplit(picture).path,
        "another file's": f"{urlsplit(picture).path}?{urlsplit(voice).query}",
        "a stranger's": seals.sealed(file, stranger),
        "nobody's": seals.sealed(file, "p_nobody"),
        "too old": aged(SECONDS + 1),
    }
    statuses = {what: (await opened(desk, link)).status_code for what, link in tried.items()}

    assert statuses == dict.fromkeys(tried, 404) | {"as it is": 200, "young enough": 200}


async def test_before_it_is_asked_with_a_file_is_its_senders_alone(desk: SignInDesk) -> None:
    """Not even the office opens it; and nobody else can ask with it."""
    people = people_of(desk)
    token, other, office = await people.citizen(), await people.citizen(7), await people.staff()
    [row] = await uploaded(desk.gateway, token, FILES[0])
    authority, seals = desk.gateway.parts.authority, desk.gateway.parts.links
    persons = [str((await authority.viewer_of(one)).person_id) for one in (token, other, office)]

    statuses = [(await opened(desk, seals.sealed(row["id"], person))).status_code for person in persons]
    stolen = await desk.gateway.query(ASK, people.question(attachmentIds=[row["id"]]), other)

    assert statuses == [200, 404, 404]
    assert mended(stolen, "askQuestion") == [("PLATFORM_REJECTED_INPUT", None)]


async def test_a_voice_is_listened_to_from_any_place(desk: SignInDesk) -> None:
    """As Safari and players do: its length first, then parts, of the same version."""
    people = people_of(desk)
    token = await people.citizen()
    question, rows = await asked_with_files(people, token)
    voice, size = (await links(desk, question, token))[1], rows[1]["size"]

    head = await opened(desk, voice, "HEAD")
    probe = await opened(desk, voice, Range="bytes=0-1")
    rest = await opened(desk, voice, **{"Range": "bytes=2-", "If-Range": probe.headers["etag"]})
    beyond = await opened(desk, voice, Range=f"bytes={size}-")
    whole = await opened(desk, voice)

    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(size), b"")
    assert (probe.status_code, probe.headers["content-range"]) == (206, f"bytes 0-1/{size}")
    assert probe.content + rest.content == whole.content
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")


async def test_parts_of_a_voice_are_read_from_the_platform_once(desk: SignInDesk) -> None:
    """A player asks for many in a moment; somebody else's link is read for them."""
    people = people_of(desk)
    token = await people.citizen()
    question, rows = await asked_with_files(people, token)
    voice = (await links(desk, question, token))[1]
    other = str((await desk.gateway.parts.authority.viewer_of(await people.citizen(7))).person_id)
    stranger = desk.gateway.parts.links.sealed(rows[1]["id"], other)
    desk.sandbox.reset()

    parts = [await opened(desk, voice, Range=f"bytes={at}-{at + 9}") for at in range(0, 100, 10)]
    theirs = await opened(desk, stranger, Range="bytes=0-1")

    assert [one.status_code for one in parts] == [206] * 10
    assert theirs.status_code == 404
    assert [count for name, count in desk.sandbox.calls().items() if "attachments" in name] == [2]


async def test_a_part_is_refused_as_the_whole_is(desk: SignInDesk) -> None:
    """Nothing of a file is told to who may not open it, and an ill platform is told as such."""
    people = people_of(desk)
    token = await people.citizen()
    question, _ = await asked_with_files(people, token)
    voice = (await links(desk, question, token))[1]

    bare = [await opened(desk, urlsplit(voice).path, way, Range="bytes=0-1") for way in ("GET", "HEAD")]
    desk.sandbox.break_("zheliban", FaultKind.HTTP500, "attachments")
    ill = await opened(desk, voice, Range="bytes=0-1")

    assert [answer.status_code for answer in bare] == [404, 404]
    assert not {"etag", "content-range"} & {name for answer in bare for name in answer.headers}
    assert (ill.status_code, ill.headers["retry-after"]) == (502, "5")


async def test_asking_with_files_keeps_to_the_budget(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """One call for each file beside those of operation 04."""
    async with open_gateway() as gateway:
        people = people_of(await desk_at(sandbox, gateway))
        token = await people.citizen()
        sandbox.reset()

        await asked_with_files(people, token)
        await people.settled("zhezhengding.task.create")

    calls = sandbox.calls()
    assert calls["zheliban.attachments.keep"] == 2
    assert sum(calls.values()) <= BUDGET, calls


async def test_a_work_order_has_files_too(desk: SignInDesk) -> None:
    """Its owner opens them; another citizen sees neither."""
    token, other = [
        await desk.token(desk.sandbox.world.citizens[at].id, scope="openid graph:read workorder:write") for at in (3, 4)
    ]
    [row] = await uploaded(desk.gateway, token, FILES[0])
    told = {
        "kind": "HELP",
        "title": "路灯不亮",
        "body": "坏了一周。",
        "regionCode": "331002",
        "attachmentIds": [row["id"]],
    }

    made = await desk.gateway.query(operation("18"), {"input": told}, token)
    order = {"id": made["data"]["createWorkOrder"]["workOrder"]["id"]}
    mine, theirs = [await desk.gateway.query(ORDER, order, one) for one in (token, other)]

    [file] = mine["data"]["workOrder"]["attachments"]
    assert file["id"] == row["id"]
    assert (await opened(desk, file["url"])).status_code == 200
    assert theirs["data"]["workOrder"] is None
