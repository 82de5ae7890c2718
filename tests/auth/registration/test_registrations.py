"""Clients that register themselves, over HTTP."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey
from sqlalchemy import select, update

from auth.registration.faults import RegistrationError
from auth.registration.invitations import Invitations, NotInvitedError
from auth.registration.metadata import Metadata, metadata_from
from auth.registration.registrations import Registrations
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import ClientSecretRow, InitialAccessTokenRow
from connectors.viewer import Scope
from tests.auth.conftest import Office
from tests.auth.holdings import Holdings

CALLBACK = "https://partner.example.cn/callback"
ISSUER = "http://127.0.0.1:8000"


@dataclass
class Desk:
    """Where partners register."""

    office: Office
    invitation: str

    async def invite(self, uses: int = 5, lasts_s: int = 600) -> str:
        """A further invitation."""
        invitations = self.office.authority.invitations
        return await invitations.create("县融媒体中心", [Scope.OPENID, Scope.PROFILE], uses=uses, lasts_s=lasts_s)

    async def register(self, token: str | None = None, **metadata: Any) -> httpx.Response:
        """Register a client, with a callback unless something else is said."""
        sent = {"redirect_uris": [CALLBACK]} | metadata
        return await self.call("POST", "/oauth/register", self.invitation if token is None else token, sent)

    async def call(self, method: str, path: str, token: str, body: Any = None) -> httpx.Response:
        """Ask with a token."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        sent = {} if body is None else {"json": body}
        return await self.office.client.request(method, path, headers=headers, **sent)

    def own(self, registered: httpx.Response) -> tuple[str, str]:
        """Where a client looks after its registration, and by which token."""
        told = registered.json()
        return str(told["registration_client_uri"]).removeprefix(ISSUER), str(told["registration_access_token"])


@pytest.fixture
async def desk(office: Office) -> Desk:
    """Somebody was invited."""
    made = Desk(office, "")
    return replace(made, invitation=await made.invite())


async def test_an_invited_client_registers_and_is_known(desk: Desk) -> None:
    """It gets an id, a secret shown this once, and the address of its registration."""
    answer = await desk.register(
        client_name="伙伴系统",
        grant_types=["authorization_code", "refresh_token"],
        scope="openid",
        contacts=["ops@partner.example.cn", "help@partner.example.cn"],
        post_logout_redirect_uris=["https://partner.example.cn/bye"],
        backchannel_logout_uri="https://partner.example.cn/backchannel",
        software_id="passed over",
    )

    told = answer.json()
    client = await desk.office.authority.clients.find(told["client_id"])
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert client is not None
    assert (client.name, client.scopes, client.redirect_uris) == ("伙伴系统", {Scope.OPENID}, {CALLBACK})
    assert client.backchannel_logout_uri == told["backchannel_logout_uri"]
    assert await desk.office.authority.clients.authenticated(
        told["client_id"], told["client_secret"], client.auth_method
    )
    assert told["client_secret_expires_at"] == 0
    assert told["registration_client_uri"] == f"{ISSUER}/oauth/register/{told['client_id']}"
    assert told["contacts"] == ["ops@partner.example.cn", "help@partner.example.cn"]
    assert (told["response_types"], told["scope"]) == (["code"], "openid")
    assert "software_id" not in told


async def test_what_is_left_out_is_as_the_specification_says(desk: Desk) -> None:
    """Code flow, HTTP Basic, the invitation's name and scopes."""
    told = (await desk.register()).json()

    assert told["grant_types"] == ["authorization_code"]
    assert told["token_endpoint_auth_method"] == "client_secret_basic"
    assert told["client_name"] == "县融媒体中心"
    assert told["scope"] == "openid profile"


async def test_a_public_clients_pages_may_read_answers(desk: Desk) -> None:
    """The origins are those of its callbacks; an app's own scheme has none. There is no secret."""
    answer = await desk.register(
        token_endpoint_auth_method="none", redirect_uris=[CALLBACK, "cn.example.app:/callback", "https://x.cn:443/"]
    )

    told = answer.json()
    client = await desk.office.authority.clients.find(told["client_id"])
    assert client is not None
    assert client.origins == {"https://partner.example.cn"}
    assert "client_secret" not in told


async def test_pages_given_up_read_no_answers_any_more(desk: Desk) -> None:
    """With another callback the origin of the one before goes; what an operator added stays."""
    path, token = desk.own(answer := await desk.register(token_endpoint_auth_method="none"))
    client_id = answer.json()["client_id"]
    clients = desk.office.authority.clients
    await clients.change(client_id, origins=frozenset({"https://partner.example.cn", "https://kept.example.cn"}))

    moved = {"client_id": client_id, "token_endpoint_auth_method": "none", "redirect_uris": ["https://new.example.cn/"]}
    replaced = await desk.call("PUT", path, token, moved)

    client = await clients.find(client_id)
    assert replaced.status_code == 200, replaced.text
    assert client is not None
    assert client.origins == {"https://new.example.cn", "https://kept.example.cn"}


async def test_a_client_with_keys_has_no_secret(desk: Desk) -> None:
    """It proves itself by private_key_jwt; only its public keys are kept."""
    keys = {"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}

    answer = await desk.register(token_endpoint_auth_method="private_key_jwt", jwks=keys)

    assert answer.json()["jwks"] == keys
    assert "client_secret" not in answer.json()


async def test_a_client_reads_its_registration_without_the_secret(desk: Desk) -> None:
    """The token stays the same: it is read, not changed."""
    registered = await desk.register()
    path, token = desk.own(registered)

    answer = await desk.call("GET", path, token)

    told = registered.json()
    del told["client_secret"], told["client_secret_expires_at"]
    assert (answer.status_code, answer.json()) == (200, told)


async def test_a_client_replaces_its_registration(desk: Desk) -> None:
    """What is left out is gone; the token is a new one, and the old one opens nothing any more."""
    registered = await desk.register(post_logout_redirect_uris=["https://partner.example.cn/bye"])
    path, token = desk.own(registered)
    told = registered.json()

    replaced = await desk.call(
        "PUT",
        path,
        token,
        {
            "client_id": told["client_id"],
            "client_secret": told["client_secret"],
            "redirect_uris": ["https://partner.example.cn/other"],
            "client_name": None,
        },
    )

    answer = replaced.json()
    assert replaced.status_code == 200
    assert answer["redirect_uris"] == ["https://partner.example.cn/other"]
    assert answer["post_logout_redirect_uris"] == []
    assert answer["client_name"] == "县融媒体中心"
    assert "client_secret" not in answer
    assert (await desk.call("GET", path, token)).status_code == 401
    assert (await desk.call("GET", path, answer["registration_access_token"])).status_code == 200


async def test_what_an_operator_tightened_stays_tight(desk: Desk) -> None:
    """A client may bind itself, and cannot let go of what binds it; what only an operator gives stays."""
    registered = await desk.register(dpop_bound_access_tokens=True)
    path, token = desk.own(registered)
    client_id = registered.json()["client_id"]
    await desk.office.authority.clients.change(client_id, require_par=True, access_token_lifetime=60)

    await desk.call(
        "PUT", path, token, {"client_id": client_id, "redirect_uris": [CALLBACK], "dpop_bound_access_tokens": False}
    )

    client = await desk.office.authority.clients.find(client_id)
    assert client is not None
    assert (client.dpop_bound, client.require_par, client.access_token_lifetime) == (True, True, 60)


async def test_a_client_ends_its_registration(desk: Desk) -> None:
    """It is nobody from then on, even when an operator enables it again."""
    registered = await desk.register()
    path, token = desk.own(registered)
    told = registered.json()

    answer = await desk.call("DELETE", path, token)

    clients = desk.office.authority.clients
    assert (answer.status_code, answer.content) == (204, b"")
    assert await clients.known(told["client_id"]) is None
    assert (await desk.call("GET", path, token)).status_code == 401
    await clients.enable(told["client_id"])
    assert (await desk.call("GET", path, token)).status_code == 401


async def test_an_invitation_has_so_many_uses(desk: Desk) -> None:
    """A registration that is refused uses none up."""
    invitation = await desk.invite(uses=1)

    refused = await desk.register(invitation, redirect_uris=["http://evil.example/"])
    first, second = await desk.register(invitation), await desk.register(invitation)

    assert [refused.status_code, first.status_code, second.status_code] == [400, 201, 401]


async def test_an_invitation_ends(desk: Desk) -> None:
    """After its time it is as good as none."""
    past = update(InitialAccessTokenRow).values(expires_at=now())
    await desk.office.database.write(lambda session: session.execute(past))

    assert (await desk.register()).status_code == 401


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


async def test_secrets_and_tokens_are_stored_as_digests(desk: Desk, database_file: Any) -> None:
    """Neither invitation nor registration token nor secret can be read out of the database."""
    told = (await desk.register()).json()
    await desk.office.database.read(lambda session: session.scalars(select(ClientSecretRow)))

    stored = b"".join(path.read_bytes() for path in database_file.parent.glob("tongxin.db*"))
    for secret in (desk.invitation, told["client_secret"], told["registration_access_token"]):
        assert secret.encode() not in stored


def test_metadata_tells_nothing_when_shown() -> None:
    """It may hold the client's secret."""
    assert "hidden" not in repr(metadata_from(b'{"client_secret": "hidden"}'))


class Replica:
    """One of several processes on the same database."""

    def __init__(self, database: Database, issuer: str = ISSUER) -> None:
        holdings = Holdings(database)
        self.clients = holdings.clients
        self.invitations = Invitations(database, holdings.vault)
        self.registrations = Registrations(
            database,
            holdings.vault,
            issuer,
            clients=self.clients,
            invitations=self.invitations,
            endings=holdings.endings,
            audit=holdings.audit,
        )


async def test_one_use_is_one_client_however_many_ask(database: Database) -> None:
    """Of many that come at once with an invitation for two, two are registered."""
    replicas = [Replica(database) for _ in range(3)]
    invitation = await replicas[0].invitations.create("partner", ["openid"], uses=2, lasts_s=60)

    came = await asyncio.gather(
        *(replica.registrations.register(invitation, Metadata(redirect_uris=[CALLBACK])) for replica in replicas * 2),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, NotInvitedError) for answer in came) == 4
    assert len(await replicas[0].clients.list()) == 2


async def test_one_of_two_replacements_wins(database: Database) -> None:
    """Both come with the same token; the other is told that it is no longer good."""
    replicas = [Replica(database) for _ in range(2)]
    invitation = await replicas[0].invitations.create("partner", ["openid"], uses=1, lasts_s=60)
    told = await replicas[0].registrations.register(invitation, Metadata(redirect_uris=[CALLBACK]))
    client_id, token = told["client_id"], told["registration_access_token"]
    new = Metadata(client_id=client_id, redirect_uris=[CALLBACK])

    came = await asyncio.gather(
        *(replica.registrations.replace(client_id, token, new) for replica in replicas), return_exceptions=True
    )

    assert sum(isinstance(answer, NotInvitedError) for answer in came) == 1


async def test_a_stranger_cannot_have_us_call_ourselves(database: Database) -> None:
    """Where the gateway is reached from outside, a back channel on its own machine is refused."""
    replica = Replica(database, "https://gateway.example.cn")
    invitation = await replica.invitations.create("partner", ["openid"], uses=1, lasts_s=60)
    inside = Metadata(redirect_uris=[CALLBACK], backchannel_logout_uri="http://127.0.0.1:5432/")

    with pytest.raises(RegistrationError, match="backchannel_logout_uri"):
        await replica.registrations.register(invitation, inside)


@pytest.mark.parametrize("wrong", [{"uses": 0}, {"lasts_s": 0}, {"scopes": []}, {"scopes": ["x"]}, {"label": "a\nb"}])
async def test_an_invitation_to_nothing_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    """It needs a name, a scope, a use and some time."""
    facts: dict[str, Any] = {"label": "partner", "scopes": ["openid"], "uses": 1, "lasts_s": 60} | wrong

    with pytest.raises(ValueError, match=r"invitation|valid Scope|label"):
        await desk.office.authority.invitations.create(facts.pop("label"), facts.pop("scopes"), **facts)


async def test_invitations_that_are_good_are_listed(desk: Desk) -> None:
    """With what is left of them."""
    await desk.register()

    (one,) = await desk.office.authority.invitations.list()

    assert (one.label, one.uses_left, one.scopes) == ("县融媒体中心", 4, {Scope.OPENID, Scope.PROFILE})
