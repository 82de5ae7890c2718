"""Tokens bound to a key, live: a proof is shown once, when the connection begins, and none goes without."""

from dataclasses import dataclass
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from auth.revocations import Revoked
from connectors.viewer import Scope
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.stack import Sandbox, SignInDesk
from tests.wires import LIVE, events_of, heard_of, in_room, said, socket_to

HELLO = "{ __typename }"
GRAPH = f"{ISSUER}/graphql"


@dataclass
class Holder:
    """Somebody with a bound token and its key."""

    key: KeyHolder
    token: str
    nonce: str

    def proof(self, **changes: Any) -> str:
        """A proof for opening a WebSocket, right but for the changes."""
        right = {"url": GRAPH, "htm": "GET", "token": self.token, "nonce": self.nonce}
        return self.key.proof(**(right | changes))

    def shown(self, proof: str | None = None) -> dict[str, str]:
        """The payload of ``connection_init``."""
        return {"authorization": f"DPoP {self.token}", "dpop": proof or self.proof()}

    def headers(self, proof: str | None = None) -> dict[str, str]:
        """The headers of a request."""
        return {"Authorization": f"DPoP {self.token}", "DPoP": proof or self.proof()}


@pytest.fixture
async def holder(desk: SignInDesk) -> Holder:
    """A citizen whose token is bound."""
    authority, key = desk.gateway.parts.authority, KeyHolder()
    person = str((await authority.viewer_of(await desk.token("citizen-0001"))).person_id)
    scopes = frozenset({Scope.OPENID, Scope.GRAPH_READ})
    issued = await authority.tokens.issue(person, desk.login[0], scopes, jkt=key.jkt)
    return Holder(key, issued.token, authority.proofs.nonces.present())


async def test_a_proof_may_come_with_the_first_message(
    sandbox: Sandbox, desk: SignInDesk, port: int, holder: Holder
) -> None:
    """For GET and the address of the graph; what is asked on the connection then needs none."""
    async with socket_to(port) as socket:
        await socket.ready(**holder.shown())
        await socket.subscribe("a", LIVE, in_room(sandbox))
        await heard_of(desk.gateway, 1)
        await said(desk.gateway, sandbox, "加装电梯")

        assert (await socket.hear())["type"] == "next"


@pytest.mark.parametrize("changes", [{"htm": "POST"}, {"url": f"{ISSUER}/uploads"}, {"token": "another"}, {"iat": 1}])
async def test_a_wrong_proof_closes_the_connection(port: int, holder: Holder, changes: dict[str, Any]) -> None:
    """4403, as for a bad token."""
    async with socket_to(port) as socket:
        await socket.say("connection_init", payload=holder.shown(holder.proof(**changes)))
        code, reason = await socket.closing()

    assert code == 4403
    assert reason.startswith("INVALID_DPOP_PROOF: ")


async def test_a_proof_opens_one_connection(port: int, holder: Holder) -> None:
    """Whoever saw it can do nothing with it; nor is one shown to the upgrade taken in the first message."""
    proof = holder.proof()
    async with socket_to(port, additional_headers=holder.headers(proof)) as socket:
        await socket.say("connection_init", payload=holder.shown(proof))
        code, reason = await socket.closing()

    assert code == 4403
    assert reason.startswith("INVALID_DPOP_PROOF: ")


async def test_a_bound_token_is_no_bearer_token(port: int, holder: Holder) -> None:
    """A token that was stolen without its key opens nothing."""
    async with socket_to(port) as socket:
        await socket.say("connection_init", payload={"authorization": f"Bearer {holder.token}"})

        code, reason = await socket.closing()

    assert code == 4403
    assert reason.startswith("DPOP_NEEDED: ")


async def test_the_nonce_is_told_where_the_first_message_lacks_it(port: int, holder: Holder) -> None:
    """As the reason, so that a page can connect again at once."""
    async with socket_to(port) as socket:
        await socket.say("connection_init", payload=holder.shown(holder.proof(nonce="old")))
        code, reason = await socket.closing()
    told, _, nonce = reason.partition(": ")
    async with socket_to(port) as socket:
        await socket.ready(**holder.shown(holder.proof(nonce=nonce)))

    assert (code, told) == (4403, "DPOP_NONCE_NEEDED")


async def test_a_proof_may_come_with_the_upgrade(port: int, holder: Holder) -> None:
    """In the header DPoP; a refusal brings the nonce, as over HTTP."""
    with pytest.raises(InvalidStatus) as refused:
        async with socket_to(port, additional_headers=holder.headers(holder.proof(nonce=None))):
            pass
    told = refused.value.response
    nonce = told.headers["dpop-nonce"]
    async with socket_to(port, additional_headers=holder.headers(holder.proof(nonce=nonce))) as socket:
        await socket.ready()
        await socket.subscribe("q", HELLO)

        assert (await socket.hear())["type"] == "next"
    assert told.status_code == 401
    assert b"DPOP_NONCE_NEEDED" in told.body


async def test_events_take_a_proof_for_each_stream(sandbox: Sandbox, port: int, holder: Holder) -> None:
    """For POST, in the header; a stream that was refused says which nonce to take, and one that ended needs another."""
    seen = []
    for changes in ({"nonce": None}, {}, {"jti": "twice"}, {"jti": "twice"}):
        proof = holder.proof(**({"htm": "POST"} | changes))
        async with events_of(port, LIVE, in_room(sandbox), **holder.headers(proof)) as events:
            assert events.response.headers["dpop-nonce"] == holder.nonce
            seen.append(events.response.status_code)

    assert seen == [401, 200, 200, 401]


async def test_a_bound_token_that_is_taken_back_ends_its_streams(
    sandbox: Sandbox, desk: SignInDesk, port: int, holder: Holder
) -> None:
    """Without a proof being asked for again."""
    authority = desk.gateway.parts.authority
    async with events_of(port, LIVE, in_room(sandbox), **holder.headers(holder.proof(htm="POST"))) as events:
        await heard_of(desk.gateway, 1)
        await desk.gateway.parts.subscriptions.look_again()
        assert len(desk.gateway.parts.subscriptions) == 1
        claims = (await authority.tokens.verified(holder.token)).claims
        await authority.revocations.revoke(Revoked.PERSON, claims.sub)

        await desk.gateway.parts.subscriptions.look_again()
        told = [await events.hear() for _ in range(3)]

    assert told == [{"": ""}, {"": "TOKEN_ENDED"}, {}]
