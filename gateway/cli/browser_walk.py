"""Walks the sign-in as a sandbox person with a browser would: every page, no short cut.

The authorization endpoint sends the browser from page to page; here stands what it does at each of them, until it is
back at the client with a code.
"""

import base64
import hashlib
import secrets
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import httpx

from auth.factor.totp import code_at
from gateway.cli.page_forms import forms_of, links_of
from gateway.sandbox_clients import CALLBACK

_MOST_STEPS = 30
_STEP_SECONDS = 30


class WalkError(Exception):
    """The walk does not lead to a token; its words say where it ended."""


class BrowserWalk:
    """One sign-in of one person; ``secret`` is the key of their authenticator, where they have one."""

    def __init__(self, http: httpx.Client, gateway: str, *, platform: str, person: str, secret: str | None) -> None:
        self._http = http
        self._gateway = gateway
        self._platform = platform
        self._person = person
        self._secret = secret
        self._tried = 0
        self._pages = {
            "/login": self._choose_platform,
            "/login/factor": self._prove_factor,
            "/consent": self._agree,
        }

    def token(self, client: tuple[str, str], scope: str) -> httpx.Response:
        """Sign in and change the code for a token (RFC 6749 section 4.1, RFC 7636); raises ``WalkError``."""
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": client[0],
            "redirect_uri": CALLBACK,
            "scope": scope,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        answered = self._walked(self._http.get(f"{self._gateway}/oauth/authorize", params=asked))
        if answered.get("state") != state or "code" not in answered:
            raise WalkError(f"{answered.get('error')}: {answered.get('error_description')}")
        form = {"grant_type": "authorization_code", "code": answered["code"], "redirect_uri": CALLBACK}
        return self._http.post(f"{self._gateway}/oauth/token", data=form | {"code_verifier": verifier}, auth=client)

    def _walked(self, answer: httpx.Response) -> dict[str, str]:
        """Go on until the client is answered; gives the answer's parameters."""
        for _ in range(_MOST_STEPS):
            if not answer.is_redirect:
                answer = self._act(answer)
                continue
            onward = answer.url.join(answer.headers["location"])
            if str(onward).startswith(f"{CALLBACK}?"):
                return dict(parse_qsl(urlsplit(str(onward)).query))
            answer = self._http.get(onward)
        raise WalkError(f"the sign-in goes in circles at {answer.url.path}")

    def _act(self, page: httpx.Response) -> httpx.Response:
        """Do what a person would on this page."""
        if not str(page.url).startswith(f"{self._gateway}/"):
            return self._be_somebody(page)
        act = self._pages.get(page.url.path)
        if act is None or page.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise WalkError(f"the sign-in ends at {page.url.path} ({page.status_code})")
        return act(page)

    def _choose_platform(self, page: httpx.Response) -> httpx.Response:
        begins = f"/login/{self._platform}"
        onward = next((link for link in links_of(page.text) if urlsplit(link).path == begins), None)
        if onward is None:
            raise WalkError(f"the sign-in page does not offer {self._platform}")
        return self._http.get(page.url.join(onward))

    def _be_somebody(self, page: httpx.Response) -> httpx.Response:
        if "person" not in {name for form in forms_of(page.text) for name in form.asks}:
            raise WalkError(f"{self._platform}: its page cannot be used ({page.status_code})")
        return self._send(page, "person", person=self._person)

    def _prove_factor(self, page: httpx.Response) -> httpx.Response:
        """A step that was used a moment ago is followed by the next, then by waiting for a new one."""
        if self._secret is None:
            raise WalkError(f"{self._person} has no second factor on this sandbox")
        if self._tried > 1:
            time.sleep(_STEP_SECONDS - time.time() % _STEP_SECONDS)
        code = code_at(self._secret, datetime.now(UTC), min(self._tried, 1))
        self._tried += 1
        return self._send(page, "code", code=code)

    def _agree(self, page: httpx.Response) -> httpx.Response:
        return self._send(page, "to", act="yes")

    def _send(self, page: httpx.Response, asking: str, **filled: str) -> httpx.Response:
        """Send the page's form that has such a field."""
        form = next((one for one in forms_of(page.text) if asking in one.asks and one.method == "post"), None)
        if form is None:
            raise WalkError(f"the sign-in ends at {page.url.path} ({page.status_code})")
        fields: dict[str, list[str]] = {}
        for name, value in form.fields:
            fields.setdefault(name, []).append(value)
        data: dict[str, str | list[str]] = {**fields, **filled}
        return self._http.post(page.url.join(form.action) if form.action else page.url, data=data)
