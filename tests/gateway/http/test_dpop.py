"""Tokens bound to a key, at the graph: they are worth nothing without a fresh proof of that key."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from auth.authority import Authority
from auth.origins import RegisteredOrigins
from auth.settings import AuthSettings
from auth.store import Database, upgrade
from gateway.http.cors import Cors
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.gateway.http.conftest import on_schema

GRAPH = f"{ISSUER}/graphql"
HELLO = {"query": "{ hello }"}
PAGE = "https://app.example.cn"


@dataclass
class Gate:
    """An edge with a real authority, and a partner's tokens: one bound, one not."""

    authority: Authority
    client: httpx.AsyncClient
    holder: KeyHolder
    bound: str
    plain: str

    @property
    def nonce(self) -> str:
        """The nonce that is good now."""
        return self.authority.proofs.nonces.present()

    def proof(self, holder: KeyHolder | None = None, **changes: Any) -> str:
        """A proof for the bound token, right but for the changes."""
        right = {"url": GRAPH, "token": self.bound, "nonce": self.nonce}
        return (holder or self.holder).proof(**(right | changes))

    async def ask(self, token: str, *proofs: str, scheme: str = "DPoP", **more: str) -> httpx.Response:
        """Ask the graph; the Host header says edge."""
        headers = [("Authorization", f"{scheme} {token}"), *(("DPoP", proof) for proof in proofs), *more.items()]
        return await self.client.post("/graphql", json=HELLO, headers=headers)


@pytest.fixture
async def gate(tmp_path: Path, client_of: Any) -> AsyncIterator[Gate]:
    """A gate that is open."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'tongxin.db'}"
    settings = AuthSettings(secret="invented-secret-of-the-tests-0123456789", database_url=url)
    database = Database(url)
    await upgrade(database)
    authority = Authority(settings, database, signins=[], lookup=None, officials=None, committees=None)
    await authority.open()
    client_id, _ = await authority.clients.create("partner", grants=["client_credentials"], scopes=["opinion:read"])

    async def registered() -> RegisteredOrigins:
        return RegisteredOrigins({client_id: frozenset({PAGE})}, frozenset({PAGE}))

    edge = GraphQLEndpoint(
        on_schema, authority.viewer_of, EdgeSettings(), bound=authority.bound_tokens, cors=Cors(registered)
    )
    holder = KeyHolder()
    scopes = frozenset[Any]()
    bound = await authority.tokens.issue(client_id, client_id, scopes, jkt=holder.jkt)
    plain = await authority.tokens.issue(client_id, client_id, scopes)
    async with client_of(edge) as client:
        yield Gate(authority, client, holder, bound.token, plain.token)
    await database.aclose()


def claim_refused(answer: httpx.Response, code: str, error: str) -> None:
    """Claim that an answer is that refusal, with a challenge that says DPoP and which algorithms."""
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert answer.headers["www-authenticate"].startswith(f'DPoP error="{error}", algs="ES256 ')


async def test_with_its_proof_a_bound_token_is_good(gate: Gate) -> None:
    """By POST and by GET, each with a proof for that method; the answer brings the nonce for the next."""
    posted = await gate.ask(gate.bound, gate.proof())
    headers = {"Authorization": f"dpop {gate.bound}", "DPoP": gate.proof(htm="GET")}
    got = await gate.client.get("/graphql", params={"query": "{ hello }"}, headers=headers)

    for answer in (posted, got):
        assert answer.json() == {"data": {"hello": "hello all "}}
        assert answer.headers["dpop-nonce"] == gate.nonce


async def test_a_proof_is_good_for_one_request(gate: Gate) -> None:
    """Whoever saw it on the way cannot use it again."""
    proof = gate.proof()
    await gate.ask(gate.bound, proof)

    claim_refused(await gate.ask(gate.bound, proof), "INVALID_DPOP_PROOF", "invalid_dpop_proof")


async def test_a_nonce_is_asked_for_first(gate: Gate) -> None:
    """RFC 9449 section 9: the refusal brings the nonce, and with it the next request is served."""
    first = await gate.ask(gate.bound, gate.proof(nonce=None))

    claim_refused(first, "DPOP_NONCE_NEEDED", "use_dpop_nonce")
    assert (await gate.ask(gate.bound, gate.proof(nonce=first.headers["dpop-nonce"]))).is_success


WRONG: dict[str, dict[str, Any]] = {
    "for another method": {"htm": "GET"},
    "for another path": {"url": f"{ISSUER}/oauth/userinfo"},
    "for the Host header": {"url": "http://edge/graphql"},
    "for a host that looks like ours": {"url": "http://127.0.0.1:8000@evil.example/graphql"},
    "for localhost as a user": {"url": "http://localhost:80@evil/graphql"},
    "for no token": {"token": None},
    "for another token": {"token": "another"},
    "too old": {"iat": 1},
    "from the future": {"iat": 2**40},
    "without an id": {"jti": None},
    "of another type": {"header": {"typ": "JWT"}},
    "with another's key": {"header": {"jwk": KeyHolder().jwk}},
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_wrong_proof_is_refused(gate: Gate, what: str) -> None:
    """Each part of it counts."""
    claim_refused(await gate.ask(gate.bound, gate.proof(**WRONG[what])), "INVALID_DPOP_PROOF", "invalid_dpop_proof")


async def test_exactly_one_proof_is_taken(gate: Gate) -> None:
    """None, and two right ones, are refused."""
    for proofs in ((), (gate.proof(), gate.proof())):
        claim_refused(await gate.ask(gate.bound, *proofs), "INVALID_DPOP_PROOF", "invalid_dpop_proof")


async def test_a_stale_nonce_is_refused(gate: Gate) -> None:
    """What is none of ours or ended counts as none."""
    claim_refused(await gate.ask(gate.bound, gate.proof(nonce="stale")), "DPOP_NONCE_NEEDED", "use_dpop_nonce")


async def test_a_thief_s_proof_opens_nothing(gate: Gate) -> None:
    """It is right in itself, and made with another key than the token's."""
    claim_refused(await gate.ask(gate.bound, gate.proof(KeyHolder())), "INVALID_TOKEN", "invalid_token")


async def test_a_bound_token_is_no_bearer_token(gate: Gate) -> None:
    """Not even beside its proof: that would be a way around (RFC 9449 section 7.2)."""
    claim_refused(await gate.ask(gate.bound, scheme="Bearer"), "DPOP_NEEDED", "invalid_token")
    claim_refused(await gate.ask(gate.bound, gate.proof(), scheme="Bearer"), "DPOP_NEEDED", "invalid_token")


async def test_a_plain_token_is_no_bound_token(gate: Gate) -> None:
    """It stays what it is: good as bearer, and by that scheme only."""
    as_dpop = await gate.ask(gate.plain, gate.proof(token=gate.plain))
    as_bearer = await gate.ask(gate.plain, scheme="Bearer")

    claim_refused(as_dpop, "INVALID_TOKEN", "invalid_token")
    assert as_bearer.is_success
    assert "dpop-nonce" not in as_bearer.headers


async def test_both_schemes_are_offered(gate: Gate) -> None:
    """To whoever comes by another."""
    answer = await gate.ask("YTpi", scheme="Basic")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer, DPoP algs=")


async def test_a_page_reads_the_nonce(gate: Gate) -> None:
    """A page may send the proof across origins and read what it needs for the next."""
    asks = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "dpop"}

    before = await gate.client.options("/graphql", headers=asks)
    answer = await gate.ask(gate.bound, gate.proof(), Origin=PAGE)

    assert "dpop" in before.headers["access-control-allow-headers"].split(", ")
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert {"dpop-nonce", "www-authenticate"} <= set(answer.headers["access-control-expose-headers"].split(", "))


async def test_an_edge_without_keys_takes_no_such_scheme(edge: Any, client_of: Any) -> None:
    """It says what it takes."""
    async with client_of(edge()) as client:
        answer = await client.post("/graphql", json=HELLO, headers={"Authorization": "DPoP good", "DPoP": "x"})

    assert answer.json()["errors"][0]["extensions"]["code"] == "AUTHORIZATION_NOT_SUPPORTED"
    assert answer.headers["www-authenticate"] == "Bearer"
