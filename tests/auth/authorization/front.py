"""A front end that lets people sign in by the authorization endpoint, and their browsers."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from joserfc import jws, jwt
from joserfc.jwk import ECKey
from sqlalchemy import update

from auth.authority import Authority
from auth.proof import Proof
from auth.sessions import Session
from auth.store.tables import GrantRow
from connectors.deadline import Deadline
from connectors.records.identity import Identity
from connectors.viewer import ANYONE, Ask, Scope
from tests.auth.conftest import Office

REDIRECT = "https://front.example.cn/callback"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SCOPES = "openid graph:read question:write"


@dataclass
class Browser:
    """A browser in which somebody is signed in."""

    person_id: str
    sid: str
    cookie: dict[str, str] = field(repr=False)


async def person(authority: Authority, platform: str = "zheliban") -> str:
    """Somebody new, with an account there."""
    identity = Identity(platform, secrets.token_hex(8), "林小满", level=2)
    return (await authority.persons.signed_in(identity, Ask(ANYONE, Deadline.after(30)))).person_id


async def signed_in(
    authority: Authority, person_id: str, proof: Proof | None = None, before: Session | None = None
) -> tuple[str, Session]:
    """Open a session for somebody: its secret and itself."""
    how = proof or Proof(0, 2, ("zheliban-unified",))
    secret = await authority.sessions.open(person_id, "zheliban", how, "a browser", before=before)
    session = await authority.sessions.of(secret)
    assert session is not None
    return secret, session


async def browser(office: Office, proof: Proof | None = None, person_id: str | None = None) -> Browser:
    """A browser in which somebody, new where nobody is named, just signed in."""
    who = person_id or await person(office.authority)
    secret, session = await signed_in(office.authority, who, proof)
    return Browser(who, session.sid, {"cookie": f"tongxin_session={secret}"})


@dataclass
class Front:
    """A registered client; ``secret`` is empty for a public one."""

    office: Office
    client_id: str
    secret: str = field(repr=False)

    @classmethod
    async def registered(cls, office: Office, **changes: Any) -> "Front":
        """Register one that may do everything here."""
        may: dict[str, Any] = {
            "grants": ["authorization_code", "refresh_token"],
            "scopes": [scope.value for scope in Scope],
            "redirect_uris": [REDIRECT],
        }
        return cls(office, *await office.authority.clients.create("front end", **(may | changes)))

    def request(self, **changes: str | None) -> dict[str, str]:
        """The parameters of an authorization request; None leaves one out."""
        asked = {
            "client_id": self.client_id,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": SCOPES,
            "state": "s-1",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (asked | changes).items() if value is not None}

    async def ask(self, who: Browser | None, **changes: str | None) -> httpx.Response:
        """Send a browser to the authorization endpoint."""
        headers = {} if who is None else who.cookie
        return await self.office.client.get("/oauth/authorize", params=self.request(**changes), headers=headers)

    async def go_on(self, who: Browser | None, path: str) -> httpx.Response:
        """Follow an address of ours."""
        return await self.office.client.get(path, headers={} if who is None else who.cookie)

    async def agree(self, who: Browser, *scopes: Scope) -> None:
        """Let the person agree, to all the usual scopes where none is named."""
        await self.office.authority.consents.give(who.person_id, self.client_id, scopes or tuple(Scope))

    async def code(self, who: Browser, **changes: str | None) -> str:
        """Let a person in and answer the code."""
        await self.agree(who)
        return told(await self.ask(who, **changes))["code"]

    async def post(self, path: str, form: dict[str, str | None], **headers: str) -> httpx.Response:
        """Send a form as this client."""
        sent = {name: value for name, value in form.items() if value is not None}
        login = {"auth": (self.client_id, self.secret)} if self.secret else {}
        public = {} if self.secret else {"client_id": self.client_id}
        return await self.office.client.post(path, data=public | sent, headers=headers, **login)

    async def trade(self, code: str, /, **changes: str | None) -> httpx.Response:
        """Trade a code."""
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER, "redirect_uri": REDIRECT}
        return await self.post("/oauth/token", form | changes)

    async def refresh(self, token: str, **changes: str | None) -> httpx.Response:
        """Trade a refresh token."""
        return await self.post("/oauth/token", {"grant_type": "refresh_token", "refresh_token": token} | changes)

    async def tokens(self, who: Browser, **changes: str | None) -> dict[str, Any]:
        """Let a person in and answer the tokens."""
        answer = await self.trade(await self.code(who, **changes))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def told(answer: httpx.Response) -> dict[str, str]:
    """What a redirect to the client tells it."""
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert place._replace(query="").geturl() == REDIRECT
    pairs = parse_qsl(place.query)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def sent_to(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Which page of ours a browser is sent to, and with which parameters."""
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert not place.netloc
    return place.path, dict(parse_qsl(place.query))


def key_proof(office: Office, key: ECKey, path: str = "/oauth/token") -> dict[str, str]:
    """A header that shows a key (RFC 9449 section 4.2), once."""
    claims = {
        "jti": secrets.token_hex(8),
        "htm": "POST",
        "htu": f"http://127.0.0.1:8000{path}",
        "iat": int(time.time()),
        "nonce": office.authority.proofs.nonces.present(),
    }
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.as_dict(private=False)}
    return {"dpop": jwt.encode(header, claims, key, algorithms=["ES256"])}


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token, unverified."""
    return dict(json.loads(jws.extract_compact(token.encode()).payload or b""))


async def change_grant(office: Office, token: str, **values: Any) -> None:
    """Change the grant of a refresh token behind everybody's back."""
    changed = update(GrantRow).where(GrantRow.id == token.partition(".")[0]).values(**values)
    await office.authority.database.write(lambda session: session.execute(changed))
