"""What sign-on costs: the token endpoint and the check of a token, in CPU time of one process.

    python -m benchmarks.sign_on [COUNT]

All in process, on a new embedded database, with no server and no socket in between. Beside each figure stands what
cannot be saved (the signature alone), and the same request when nothing is remembered.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from joserfc import jws
from joserfc.jwk import ECKey
from starlette.applications import Starlette

from auth.authority import Authority
from auth.authorization.parameters import parameters_from
from auth.proof import Proof
from auth.server import oauth_routes
from auth.settings import AuthSettings
from auth.store import Database, upgrade
from connectors.deadline import Deadline
from connectors.records.identity import Identity
from connectors.viewer import ANYONE, Ask, Scope

SCOPES = frozenset({Scope.OPENID, Scope.GRAPH_READ, Scope.OFFLINE_ACCESS})
REDIRECT_URI = "https://app.example.cn/callback"
Login = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one thing costs, in seconds of CPU."""

    what: str
    seconds: float
    reach: float | None = None

    def __str__(self) -> str:
        """A line of the table; ``reach`` is what it may cost."""
        least = "" if self.reach is None else f"   reach {self.reach * 1e6:8.1f}"
        return f"{self.what:<52}{self.seconds * 1e6:10.1f} us {1 / self.seconds:10.0f} /s{least}"


class Desk:
    """An authority with a partner, a front end and a person."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self._app = Starlette(routes=oauth_routes(authority))
        self.partner: Login
        self.front: Login
        self.person_id: str

    async def open(self) -> None:
        """Register all of them."""
        create = self.authority.clients.create
        self.partner = await create("partner", grants=["client_credentials"], scopes=["opinion:read"])
        self.front = await create(
            "front end", grants=["authorization_code", "refresh_token"], scopes=SCOPES, redirect_uris=[REDIRECT_URI]
        )
        identity = Identity("zheliban", "u-1", "陈大友", level=2)
        person = await self.authority.persons.signed_in(identity, Ask(ANYONE, Deadline.after(30)))
        self.person_id = person.person_id

    async def post(self, login: Login, **form: str) -> dict[str, Any]:
        """Ask the token endpoint, as an ASGI server would."""
        body, sent = urlencode(form).encode(), []
        basic = base64.b64encode(":".join(login).encode())
        headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"authorization", b"Basic " + basic)]
        scope = {"type": "http", "method": "POST", "path": "/oauth/token", "query_string": b"", "headers": headers}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        answer: dict[str, Any] = json.loads(sent[1]["body"])
        if "access_token" not in answer:
            raise RuntimeError(answer)
        return answer

    async def code(self) -> dict[str, str]:
        """A code for the person, and what it is redeemed with."""
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": self.front[0],
            "response_type": "code",
            "redirect_uri": REDIRECT_URI,
            "scope": " ".join(SCOPES),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        request = await self.authority.authorizations.begun(parameters_from(urlencode(asked).encode()))
        proof = Proof(int(time.time()), 2, ("zheliban-unified",))
        secret = await self.authority.sessions.open(self.person_id, "zheliban", proof, "benchmark")
        session = await self.authority.sessions.of(secret)
        if session is None:
            raise RuntimeError("no session")
        code = await self.authority.token_grants.begin(request, session, SCOPES)
        return {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": REDIRECT_URI,
        }

    async def token(self) -> str:
        """An access token of the person, made now."""
        proof = Proof(int(time.time()), 2, ("zheliban-unified",))
        issued = await self.authority.tokens.issue(self.person_id, self.front[0], SCOPES, proof)
        return issued.token

    async def proofs(self, count: int) -> tuple[str, list[str]]:
        """A token bound to a key, and so many proofs for the graph."""
        key = ECKey.generate_key("P-256")
        issued = await self.authority.tokens.issue(self.person_id, self.front[0], SCOPES, jkt=key.thumbprint())
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False)}
        claims = {
            "htm": "POST",
            "htu": self.authority.settings.audience,
            "iat": int(time.time()),
            "ath": base64.urlsafe_b64encode(hashlib.sha256(issued.token.encode()).digest()).rstrip(b"=").decode(),
            "nonce": self.authority.proofs.nonces.present(),
        }
        return issued.token, [
            jws.serialize_compact(header, json.dumps(claims | {"jti": f"{n}"}), key) for n in range(count)
        ]

    def forget(self) -> None:
        """Remember nothing of persons and clients."""
        self.authority.known_persons.forget(self.person_id)
        for client_id, _ in (self.partner, self.front):
            self.authority.clients.forget(client_id)


async def cost(work: Callable[[Any], Awaitable[object]], over: Sequence[Any]) -> float:
    """CPU seconds of one run, on average over these; the process' threads count."""
    await work(over[0])
    began = time.process_time()
    for one in over[1:]:
        await work(one)
    return (time.process_time() - began) / (len(over) - 1)


async def figures(desk: Desk, count: int) -> list[Figure]:
    """Measure everything."""
    authority, runs = desk.authority, range(count)

    async def client_credentials(_run: int) -> None:
        await desk.post(desk.partner, grant_type="client_credentials")

    async def forgetful(run: int) -> None:
        desk.forget()
        await client_credentials(run)

    async def redeemed(form: dict[str, str]) -> None:
        refresh_tokens.append((await desk.post(desk.front, **form))["refresh_token"])

    async def refreshed(token: str) -> None:
        await desk.post(desk.front, grant_type="refresh_token", refresh_token=token)

    async def as_new(token: str) -> None:
        await authority.viewer_of(token)

    async def as_new_forgetful(token: str) -> None:
        desk.forget()
        await authority.viewer_of(token)

    async def with_proof(text: str) -> None:
        await authority.bound_tokens.viewer_of(bound, [text], "POST")

    async def signature(_run: int) -> None:
        await authority.keys.signed("at+jwt", {"sub": "p" * 300})

    refresh_tokens: list[str] = []
    codes = [await desk.code() for _ in runs]
    measured = [
        Figure("a signature alone (ES256)", await cost(signature, runs)),
        Figure("token endpoint, client credentials", await cost(client_credentials, runs), 1 / 500),
        Figure("   the same, nothing remembered", await cost(forgetful, runs)),
        Figure("token endpoint, code", await cost(redeemed, codes), 1 / 200),
        Figure("token endpoint, refresh", await cost(refreshed, refresh_tokens)),
    ]
    tokens = [await desk.token() for _ in runs]
    await authority.viewers.of_person(desk.person_id)
    measured += [
        Figure("a signature verified alone (ES256)", await cost(authority.tokens.claims_of, tokens)),
        Figure("a new token checked", await cost(as_new, tokens), 200e-6),
        Figure("a remembered token checked", await cost(as_new, tokens * 20), 5e-6),
    ]
    bound, proofs = await desk.proofs(count)
    measured.append(Figure("   the same, bound to a key, with its proof", await cost(with_proof, proofs)))
    authority.tokens.forget()
    measured.append(Figure("   a new one, nothing remembered", await cost(as_new_forgetful, tokens)))
    return measured


async def main(count: int) -> None:
    """Set up, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'tongxin.db'}"
        settings = AuthSettings(secret=secrets.token_urlsafe(32), database_url=url)
        database = Database(url)
        async with aclosing(database):
            await upgrade(database)
            authority = Authority(settings, database, signins=[], lookup=None, officials=None, committees=None)
            await authority.open()
            desk = Desk(authority)
            await desk.open()
            for figure in await figures(desk, count):
                print(figure)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
