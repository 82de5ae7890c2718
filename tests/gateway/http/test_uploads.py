"""``POST /uploads``: who may, what is taken, and what is told where something is not."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from auth.client import GrantType
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Scope
from schema.identifiers import parsed_id
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.gateway.uploads import recordings
from tests.gateway.uploads.pictures import SECRET, film, snapshot
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at
from tests.uploading import citizen, refusal, upload, uploaded

PICTURE = snapshot("JPEG")
KEEP = "zheliban.attachments.keep"


async def test_files_become_attachments(desk: SignInDesk) -> None:
    """In their order, each with its kind, its name, its type by content and its size as it is kept."""
    token = await citizen(desk)

    rows = await uploaded(
        desk.gateway,
        token,
        ("C:\\照片\\漏水.exe", PICTURE),
        ("../../语音.mp3", recordings.tagged_m4a()),
        ("\u202egpj.录音\x00", recordings.amr()),
    )

    assert [(row["kind"], row["name"], row["contentType"]) for row in rows] == [
        ("IMAGE", "漏水.jpg", "image/jpeg"),
        ("AUDIO", "语音.m4a", "audio/mp4"),
        ("AUDIO", "gpj.amr", "audio/amr"),
    ]
    assert [parsed_id(row["id"])[0] for row in rows] == ["Attachment"] * 3
    assert rows[2]["size"] == len(recordings.amr())
    assert all(set(row) == {"id", "kind", "name", "contentType", "size"} for row in rows)
    assert desk.sandbox.calls()[KEEP] == 3


@pytest.mark.parametrize(
    ("token", "status", "code"),
    [(None, 401, "SIGN_IN_REQUIRED"), ("bad", 401, "INVALID_TOKEN"), ("graph:read", 403, "FORBIDDEN")],
)
async def test_who_may_not_is_told_before_anything_is_read(
    desk: SignInDesk, token: str | None, status: int, code: str
) -> None:
    """No token, a wrong one, one without the scope; the last names it."""
    shown = await citizen(desk, scope=f"openid {token}") if token and ":" in token else token

    answer = await upload(desk.gateway, shown, ("a.jpg", b"is not looked at"))

    assert refusal(answer) == (status, code)
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
    else:
        assert answer.json()["errors"][0]["extensions"]["scope"] == "question:write"


async def test_who_reports_something_may_send_files_too(desk: SignInDesk) -> None:
    """The scope of work orders does as well."""
    token = await citizen(desk, scope="openid workorder:write")

    assert (await upload(desk.gateway, token, ("a.jpg", PICTURE))).status_code == 201


REFUSED: dict[str, tuple[tuple[tuple[str, bytes], ...], int, str, dict[str, Any]]] = {
    "a page": ((("a.jpg", PICTURE), ("页面.png", b"<html>")), 415, "UNSUPPORTED_FILE_TYPE", {"file": "页面.png"}),
    "damaged": ((("坏.jpg", PICTURE[:200]),), 422, "UNREADABLE_FILE", {"file": "坏.jpg"}),
    "empty": ((("空.jpg", b""),), 400, "EMPTY_FILE", {"file": "空.jpg"}),
    "large": ((("大.amr", recordings.amr(80)),), 413, "FILE_TOO_LARGE", {"file": "大.amr", "most": 2048}),
    "many": ((("a.jpg", PICTURE),) * 3, 413, "TOO_MANY_FILES", {"most": 2}),
    "much": ((("a.amr", recordings.amr(60)),) * 2, 413, "BODY_TOO_LARGE", {"most": 4000}),
    "pixels": ((("图.gif", film("GIF", 20, (30, 30))),), 413, "TOO_MANY_PIXELS", {"file": "图.gif", "most": 10_000}),
}
TIGHT = {"max_files": 2, "max_file_bytes": 2048, "max_bytes": 4000, "max_pixels": 10_000}


async def test_what_is_not_taken_is_named(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """With its own code and the file's name, in the reader's language; nothing reaches the platform."""
    async with open_gateway(uploads=TIGHT) as gateway:
        token = await citizen(await desk_at(sandbox, gateway))

        for what, (files, status, code, facts) in REFUSED.items():
            answer = await upload(gateway, token, *files, Accept_Language="zh")

            [error] = answer.json()["errors"]
            words = error["message"].replace(facts.get("file", "-"), "")
            assert refusal(answer) == (status, code), what
            assert facts.items() <= error["extensions"].items()
            assert facts.get("file", "") in error["message"]
            assert any("\u4e00" <= sign <= "\u9fff" for sign in words)
    assert KEEP not in sandbox.calls()


FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + PICTURE + b"\r\n--x--\r\n"
PACKED = {"Content-Type": "multipart/form-data; boundary=x", "Content-Encoding": "gzip"}
MALFORMED = {
    "cut": (FORM[:-10], 400, "UPLOAD_MALFORMED"),
    "no form": (b"hello", 400, "UPLOAD_MALFORMED"),
    "nothing": (b"", 400, "UPLOAD_MALFORMED"),
    "no file": (b"--x--\r\n", 400, "NO_FILE"),
    "a field": (FORM.replace(b'; filename="a.jpg"', b""), 400, "UPLOAD_MALFORMED"),
    "no name at all": (FORM.replace(b"Content-Disposition", b"X-Other"), 400, "UPLOAD_MALFORMED"),
    "a long head": (FORM.replace(b"a.jpg", b"a" * 9000), 400, "UPLOAD_MALFORMED"),
    "many heads": (FORM.replace(b"\r\n\r\n", b"\r\nX-A: b" * 50 + b"\r\n\r\n", 1), 400, "UPLOAD_MALFORMED"),
}


async def test_a_form_that_cannot_be_read_is_refused(desk: SignInDesk) -> None:
    """Cut, empty, or with parts that are no files."""
    headers = {"Authorization": f"Bearer {await citizen(desk)}", "Content-Type": "multipart/form-data; boundary=x"}

    for what, (content, status, code) in MALFORMED.items():
        answer = await desk.gateway.client.post("/uploads", content=content, headers=headers)

        assert refusal(answer) == (status, code), what


async def test_a_form_needs_its_boundary(desk: SignInDesk) -> None:
    """Without it, or with a monster, nothing can be found in it."""
    token = {"Authorization": f"Bearer {await citizen(desk)}"}

    for boundary in ("", "; boundary=", "; boundary=" + "x" * 300):
        headers = token | {"Content-Type": "multipart/form-data" + boundary}
        answer = await desk.gateway.client.post("/uploads", content=FORM, headers=headers)

        assert refusal(answer) == (400, "UPLOAD_MALFORMED"), boundary


async def test_other_bodies_are_not_read(desk: SignInDesk) -> None:
    """Only a form, as it is."""
    token = {"Authorization": f"Bearer {await citizen(desk)}"}

    for headers in ({}, {"Content-Type": "application/json"}, {"Content-Type": "multipart/mixed; boundary=x"}, PACKED):
        answer = await desk.gateway.client.post("/uploads", content=FORM, headers=token | headers)

        assert refusal(answer) == (415, "UPLOAD_NOT_MULTIPART")
        assert answer.headers["accept-post"] == "multipart/form-data"


async def test_files_are_sent_by_post(desk: SignInDesk) -> None:
    """Nothing is read here."""
    answer = await desk.gateway.client.get("/uploads")

    assert refusal(answer) == (405, "UPLOAD_BY_POST_ONLY")
    assert answer.headers["allow"] == "POST"


async def test_the_same_key_keeps_a_file_once(desk: SignInDesk) -> None:
    """The same files answer the same ids, others are refused, and another person's key is another key."""
    mine, other = await citizen(desk), await citizen(desk, 1)
    files = (("a.jpg", PICTURE), ("b.amr", recordings.amr()))

    first = await uploaded(desk.gateway, mine, *files, Idempotency_Key="k-1")
    again = await uploaded(desk.gateway, mine, *files, Idempotency_Key="k-1")
    changed = await upload(desk.gateway, mine, ("a.jpg", snapshot("PNG")), Idempotency_Key="k-1")
    others = await uploaded(desk.gateway, other, *files, Idempotency_Key="k-1")
    without = await uploaded(desk.gateway, mine, *files)

    assert again == first
    assert refusal(changed) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert len({row["id"] for rows in (first, others, without) for row in rows}) == 6


async def test_a_key_that_is_none_is_refused(desk: SignInDesk) -> None:
    """Too long to be one."""
    answer = await upload(desk.gateway, await citizen(desk), ("a.jpg", PICTURE), Idempotency_Key="k" * 300)

    assert refusal(answer) == (400, "BAD_IDEMPOTENCY_KEY")


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.RESET, FaultKind.GARBAGE])
async def test_a_platform_that_is_ill_is_told_as_such(desk: SignInDesk, kind: FaultKind) -> None:
    """With when to try again; once it is well the same key finds what it kept, each file once."""
    token, files = await citizen(desk), (("a.jpg", PICTURE), ("b.amr", recordings.amr()))
    desk.sandbox.break_("zheliban", kind, "attachments.keep")

    answer = await upload(desk.gateway, token, *files, Idempotency_Key=f"k-{kind}")
    desk.sandbox.reset()
    again = await uploaded(desk.gateway, token, *files, Idempotency_Key=f"k-{kind}")

    [error] = answer.json()["errors"]
    assert refusal(answer)[0] in {502, 503}
    assert (error["extensions"]["code"], error["extensions"]["platform"]) == ("PLATFORM_UNAVAILABLE", "zheliban")
    assert error["extensions"]["retryable"]
    assert int(answer.headers["retry-after"]) > 0
    assert len({row["id"] for row in again}) == 2


async def test_a_token_bound_to_a_key_needs_its_proof_for_this_address(desk: SignInDesk) -> None:
    """One for the graph is not taken, nor the same one twice; the answer brings the nonce for the next."""
    authority, holder = desk.gateway.parts.authority, KeyHolder()
    person = str((await authority.viewer_of(await citizen(desk))).person_id)
    scopes = frozenset({Scope.QUESTION_WRITE})
    token = (await authority.tokens.issue(person, desk.login[0], scopes, jkt=holder.jkt)).token
    nonce = authority.proofs.nonces.present()

    async def sent(path: str, **told: Any) -> Any:
        proof = holder.proof(f"{ISSUER}{path}", token=token, **told)
        headers = {"Authorization": f"DPoP {token}", "DPoP": proof}
        return await desk.gateway.client.post("/uploads", files=[("file", ("a.jpg", PICTURE))], headers=headers)

    good, elsewhere = await sent("/uploads", nonce=nonce), await sent("/graphql", nonce=nonce)

    assert good.status_code == 201
    assert good.headers["dpop-nonce"]
    assert refusal(elsewhere) == (401, "INVALID_DPOP_PROOF")


async def test_pages_of_the_clients_own_origins_may_send_files(desk: SignInDesk) -> None:
    """They ask first, may send a token and a key, and read the answer; other pages may not."""
    page = "https://app.example.cn"
    login = await desk.gateway.parts.authority.clients.create(
        "page", grants=[GrantType.CLIENT_CREDENTIALS], scopes=["opinion:read"], origins=[page]
    )
    assert login
    asks = {"Origin": page, "Access-Control-Request-Method": "POST"}

    before = await desk.gateway.client.options("/uploads", headers=asks)
    strange = await desk.gateway.client.options("/uploads", headers=asks | {"Origin": "https://evil.example"})
    anothers = await upload(desk.gateway, await citizen(desk), ("a.jpg", PICTURE), Origin=page)

    allowed = set(before.headers["access-control-allow-headers"].split(", "))
    assert {"authorization", "dpop", "idempotency-key"} <= allowed
    assert before.headers["access-control-allow-origin"] == page
    assert "access-control-allow-origin" not in strange.headers
    assert "access-control-allow-origin" not in anothers.headers  # the token is another client's


async def test_one_person_takes_not_all_slots(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Who sends too much at once is asked to wait; somebody else is served, and so are they once one has ended."""
    async with open_gateway(uploads={"at_once": 3, "at_once_of_one": 1}) as gateway:
        desk = await desk_at(sandbox, gateway)
        mine, other = await citizen(desk), await citizen(desk, 1)
        begun, held = asyncio.Event(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield FORM[:50]
            begun.set()
            await held.wait()
            yield FORM[50:]

        headers = {"Authorization": f"Bearer {mine}", "Content-Type": "multipart/form-data; boundary=x"}
        first = asyncio.create_task(gateway.client.post("/uploads", content=slowly(), headers=headers))
        await begun.wait()
        second = await upload(gateway, mine, ("a.jpg", PICTURE))
        theirs = await upload(gateway, other, ("a.jpg", PICTURE))
        held.set()

        assert refusal(second) == (503, "UPLOADS_BUSY")
        assert second.headers["retry-after"]
        assert theirs.status_code == 201
        assert (await first).status_code == 201
        assert (await upload(gateway, mine, ("a.jpg", PICTURE))).status_code == 201


async def test_nothing_a_sender_did_not_mean_to_tell_reaches_the_platform(desk: SignInDesk) -> None:
    """Place and device are gone before it is handed over."""
    token = await citizen(desk)
    assert SECRET in PICTURE

    [row] = await uploaded(desk.gateway, token, ("a.jpg", PICTURE))

    person = str((await desk.gateway.parts.authority.viewer_of(token)).person_id)
    link = urlsplit(desk.gateway.parts.links.sealed(row["id"], person))
    kept = await desk.gateway.client.get(f"{link.path}?{link.query}")
    assert (kept.status_code, kept.headers["content-type"]) == (200, "image/jpeg")
    assert len(kept.content) == row["size"]
    assert SECRET not in kept.content
