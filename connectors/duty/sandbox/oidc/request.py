"""An authorization request as the login takes it: strictly, by OpenID Connect Core section 3.1.2.2."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from connectors.duty.settings_signin import DutySignInSettings
from connectors.sandbox.html import NO_STORE

OF_THE_REQUEST = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request; ``twice`` are those that were sent more than once."""

    values: Mapping[str, str]
    twice: frozenset[str]
    issuer: str

    @classmethod
    def of(cls, request: Request, issuer: str) -> "Asked":
        """Read the query."""
        pairs = request.query_params.multi_items()
        names = [name for name, _ in pairs]
        return cls(dict(pairs), frozenset(name for name in names if names.count(name) > 1), issuer)

    def get(self, name: str) -> str:
        """A parameter, empty where it was not sent."""
        return self.values.get(name, "")

    @property
    def carried(self) -> dict[str, str]:
        """What the page carries along."""
        return {name: self.values[name] for name in OF_THE_REQUEST if name in self.values}

    def is_ours(self, client: DutySignInSettings) -> bool:
        """Whether client and address are the registered ones, else nobody is sent there (RFC 6749 section 4.1.2.1)."""
        same = self.get("client_id") == client.client_id and self.get("redirect_uri") == client.callback_url
        return (
            same and bool(client.client_id and client.callback_url) and not {"client_id", "redirect_uri"} & self.twice
        )

    def error(self) -> str | None:
        """What is wrong with the rest, in the code of the error answer."""
        if self.twice or not _CHALLENGE.fullmatch(self.get("code_challenge")):
            return "invalid_request"
        if self.get("code_challenge_method") != "S256":
            return "invalid_request"
        if self.get("response_type") != "code":
            return "unsupported_response_type"
        if "openid" not in self.get("scope").split():
            return "invalid_scope"
        return "login_required" if self.get("prompt") == "none" else None

    def back(self, **answer: str) -> Response:
        """Send the browser back, with the state and who answers (RFC 9207)."""
        address = self.get("redirect_uri")
        state = {"state": self.get("state")} if "state" in self.values else {}
        query = urlencode(answer | state | {"iss": self.issuer})
        return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{query}", 302, NO_STORE)
