"""Clients that register themselves, over HTTP, and look after their registration."""

import asyncio
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import select

from auth.registration.invitations import NotInvitedError
from auth.registration.metadata import Metadata, metadata_from
from auth.store import Database
from auth.store.tables import ClientSecretRow
from connectors.viewer import Scope
from tests.auth.registration.desk import CALLBACK, ISSUER, Desk, Replica


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
