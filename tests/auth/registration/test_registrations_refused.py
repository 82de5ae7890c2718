"""Clients that register themselves, over HTTP: who may not, and what is refused."""

from typing import Any

import pytest

from auth.registration.faults import RegistrationError
from auth.registration.metadata import Metadata
from auth.store import Database
from tests.auth.registration.desk import CALLBACK, Desk, Replica


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 300, "a b"])
async def test_a_stranger_cannot_register(desk: Desk, token: str) -> None:
    """The answer says by which scheme to come (RFC 6750)."""
    answer = await desk.call("POST", "/oauth/register", token, {"redirect_uris": [CALLBACK]})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert answer.json()["error"] == "invalid_token"


async def test_a_token_opens_one_registration(desk: Desk) -> None:
    """Neither another client's, nor one of an operator's, nor one that is not there, nor the invitation itself."""
    one, two = await desk.register(), await desk.register()
    (path, token), (other, _) = desk.own(one), desk.own(two)
    by_operator, _ = await desk.office.register()

    tried = [
        await desk.call(method, where, by)
        for method in ("GET", "PUT", "DELETE")
        for where, by in (
            (other, token),
            (f"/oauth/register/{by_operator}", token),
            ("/oauth/register/c_unknown", token),
            ("/oauth/register/%00", token),
            (path, desk.invitation),
            (path, ""),
        )
        if method != "PUT"
    ]
    put = await desk.call("PUT", other, token, {"client_id": two.json()["client_id"], "redirect_uris": [CALLBACK]})

    assert {answer.status_code for answer in (*tried, put)} == {401}
    assert (await desk.call("GET", path, token)).status_code == 200


async def test_a_disabled_client_cannot_look_after_itself(desk: Desk) -> None:
    """Whom an operator shut out does not come back this way."""
    registered = await desk.register()
    path, token = desk.own(registered)
    await desk.office.authority.endings.client(registered.json()["client_id"])

    answers = [
        await desk.call("GET", path, token),
        await desk.call("PUT", path, token, {"client_id": registered.json()["client_id"]}),
        await desk.call("DELETE", path, token),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


@pytest.mark.parametrize(
    ("metadata", "code", "member"),
    [
        ({"redirect_uris": []}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["http://partner.example.cn/cb"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["http://localhost:3000/cb"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["https://localhost:80@evil.example/"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["https://partner.example.cn/#fragment"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["https://*.example.cn/"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["cn.example.app:/callback"]}, "invalid_redirect_uri", "redirect_uris"),
        ({"redirect_uris": ["/callback"]}, "invalid_redirect_uri", "redirect_uris"),
        (
            {"redirect_uris": [CALLBACK] * 2 + [f"{CALLBACK}{n}" for n in range(20)]},
            "invalid_redirect_uri",
            "at most 20",
        ),
        ({"redirect_uris": "https://partner.example.cn/"}, "invalid_redirect_uri", "redirect_uris"),
        ({"scope": "openid ops:read"}, "invalid_client_metadata", "scope"),
        ({"scope": "openid everything"}, "invalid_client_metadata", "scope"),
        ({"scope": ""}, "invalid_client_metadata", "scope"),
        ({"grant_types": ["implicit"]}, "invalid_client_metadata", "grant_types"),
        ({"grant_types": ["password"]}, "invalid_client_metadata", "grant_types"),
        (
            {"grant_types": ["urn:ietf:params:oauth:grant-type:token-exchange"], "redirect_uris": []},
            "invalid_client_metadata",
            "grant_types",
        ),
        (
            {"grant_types": ["refresh_token"], "redirect_uris": []},
            "invalid_client_metadata",
            "grant_types",
        ),
        (
            {"grant_types": ["client_credentials"], "redirect_uris": [], "token_endpoint_auth_method": "none"},
            "invalid_client_metadata",
            "grant_types",
        ),
        ({"response_types": ["token"]}, "invalid_client_metadata", "response_types"),
        ({"token_endpoint_auth_method": "tls_client_auth"}, "invalid_client_metadata", "token_endpoint_auth_method"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata", "jwks"),
        ({"jwks": {"keys": []}}, "invalid_client_metadata", "jwks"),
        ({"jwks_uri": "https://partner.example.cn/jwks"}, "invalid_client_metadata", "jwks_uri"),
        ({"id_token_signed_response_alg": "none"}, "invalid_client_metadata", "id_token_signed_response_alg"),
        ({"subject_type": "pairwise"}, "invalid_client_metadata", "subject_type"),
        ({"client_name": "a\u202eb"}, "invalid_client_metadata", "client_name"),
        ({"client_name": ""}, "invalid_client_metadata", "client_name"),
        ({"client_name": 7}, "invalid_client_metadata", "client_name"),
        ({"contacts": ["a\nb"]}, "invalid_client_metadata", "contacts"),
        ({"backchannel_logout_uri": "http://10.0.0.1/"}, "invalid_client_metadata", "backchannel_logout_uri"),
        ({"post_logout_redirect_uris": ["//evil"]}, "invalid_client_metadata", "post_logout_redirect_uris"),
        ({"registration_access_token": "mine"}, "invalid_client_metadata", "registration_access_token"),
        ({"software_statement": "eyJhbGciOiJub25lIn0.e30."}, "unapproved_software_statement", "software_statement"),
    ],
)
async def test_a_wrong_registration_is_refused(desk: Desk, metadata: dict[str, Any], code: str, member: str) -> None:
    """With the code of RFC 7591, the member, and what is allowed, in both languages; nothing is registered."""
    before = len(await desk.office.authority.clients.list())

    answer = await desk.register(**metadata)

    told = answer.json()
    assert (answer.status_code, told["error"]) == (400, code)
    assert member in told["error_description"]
    assert told["error_description_zh"]
    assert "evil" not in answer.text
    assert len(await desk.office.authority.clients.list()) == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "text/plain"),
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"{", "application/json"),
        (b'{"client_name": "\xff"}', "application/json"),
        (b'{"jwks":' + b"[" * 30_000, "application/json"),
    ],
)
async def test_what_is_no_metadata_is_refused(desk: Desk, content: bytes, kind: str) -> None:
    """Before anything is looked up."""
    headers = {"authorization": f"Bearer {desk.invitation}", "content-type": kind}

    answer = await desk.office.client.post("/oauth/register", content=content, headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")


async def test_a_body_too_large_is_refused(desk: Desk) -> None:
    """64 KiB is plenty."""
    answer = await desk.register(client_name="a" * 70_000)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"client_id": "c_another"}, "client_id"),
        ({"client_id": None}, "client_id"),
        ({"client_secret": "of my own choice"}, "client_secret"),
        ({"client_id_issued_at": 1}, "client_id_issued_at"),
        ({"scope": "openid profile ops:read"}, "scope"),
    ],
)
async def test_a_wrong_replacement_is_refused(desk: Desk, changes: dict[str, Any], member: str) -> None:
    """The registration stays as it was, and so does the token."""
    registered = await desk.register()
    path, token = desk.own(registered)

    answer = await desk.call(
        "PUT", path, token, {"client_id": registered.json()["client_id"], "redirect_uris": [CALLBACK]} | changes
    )

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")
    assert answer.json()["error_description"].startswith(f"{member}: ")
    assert (await desk.call("GET", path, token)).status_code == 200


async def test_scopes_given_up_do_not_come_back(desk: Desk) -> None:
    """A registration may become narrower, never wider than it is."""
    registered = await desk.register()
    path, token = desk.own(registered)
    description = {"client_id": registered.json()["client_id"], "redirect_uris": [CALLBACK]}

    narrowed = await desk.call("PUT", path, token, description | {"scope": "openid"})
    widened = await desk.call(
        "PUT", path, narrowed.json()["registration_access_token"], description | {"scope": "openid profile"}
    )

    assert narrowed.json()["scope"] == "openid"
    assert widened.status_code == 400


async def test_a_stranger_cannot_have_us_call_ourselves(database: Database) -> None:
    """Where the gateway is reached from outside, a back channel on its own machine is refused."""
    replica = Replica(database, "https://gateway.example.cn")
    invitation = await replica.invitations.create("partner", ["openid"], uses=1, lasts_s=60)
    inside = Metadata(redirect_uris=[CALLBACK], backchannel_logout_uri="http://127.0.0.1:5432/")

    with pytest.raises(RegistrationError, match="backchannel_logout_uri"):
        await replica.registrations.register(invitation, inside)
