"""Hear of sign-outs: the endpoint for OpenID Connect Back-Channel Logout.

pip install httpx joserfc
TONGXIN=https://gateway.example.cn CLIENT_ID=c_… PORT=9001 python back_channel.py
"""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ISSUER = os.environ["TONGXIN"]
CLIENT_ID = os.environ["CLIENT_ID"]
EVENT = "http://schemas.openid.net/event/backchannel-logout"
RULES = jwt.JWTClaimsRegistry(
    leeway=60,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": CLIENT_ID},
    exp={"essential": True},
    iat={"essential": True},
    jti={"essential": True},
)


def ended_by(logout_token: str) -> tuple[str, str | None]:
    """Verify a logout token; answers the person and the session, None for all of the person's sessions.

    Raises ``JoseError``, ``ValueError``.
    """
    # keep the keys for a while, and read them again when a kid is new to you
    keys = KeySet.import_key_set(httpx.get(f"{ISSUER}/oauth/jwks").json())
    token = jwt.decode(logout_token, keys, algorithms=["ES256"])
    RULES.validate(token.claims)
    if token.header.get("typ") != "logout+jwt" or EVENT not in token.claims.get("events", {}):
        raise ValueError("no logout token")
    if "nonce" in token.claims:
        raise ValueError("an id_token in its place")
    return token.claims["sub"], token.claims.get("sid")


class BackChannel(BaseHTTPRequestHandler):
    """``POST`` with a form that has ``logout_token``."""

    def do_POST(self) -> None:  # the method's name is the library's
        body = self.rfile.read(int(self.headers["content-length"]))
        (logout_token,) = parse_qs(body.decode())["logout_token"]
        try:
            person, session = ended_by(logout_token)
        except (JoseError, ValueError):
            self.send_response(400)
        else:
            # end your own sessions here: that of `sid`, or all of the person's. One that is gone already is no error
            print("Signed out:", person, "session", session, flush=True)
            self.send_response(204)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9001"))), BackChannel).serve_forever()
