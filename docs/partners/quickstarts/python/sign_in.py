"""Sign a person in: authorization code with PKCE, the id_token, a call of the graph, refresh, sign-out.

pip install authlib httpx
TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… python sign_in.py
"""

import os
import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.jwk import KeySet

ISSUER = os.environ["TONGXIN"]
CALLBACK_PORT = int(os.environ.get("CALLBACK_PORT", "9000"))
CALLBACK = f"http://127.0.0.1:{CALLBACK_PORT}/callback"


def wait_for_callback() -> str:
    """Wait until the browser comes back, and answer the address it came by; your web framework does this for you."""
    came: list[str] = []

    class Callback(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the method's name is the library's
            came.append(f"http://127.0.0.1:{CALLBACK_PORT}{self.path}")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"You can close this window.")

        def log_message(self, *_: object) -> None:
            """The address holds the code: it must not reach a log."""

    with HTTPServer(("127.0.0.1", CALLBACK_PORT), Callback) as server:
        server.handle_request()
    return came[0]


def main() -> None:
    server = httpx.get(f"{ISSUER}/.well-known/openid-configuration").json()
    client = OAuth2Client(
        os.environ["CLIENT_ID"],
        os.environ["CLIENT_SECRET"],
        scope="openid profile graph:read",
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
    )

    # 1. send the browser; keep state, nonce and verifier in the session of this browser
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    authorize = server["authorization_endpoint"]
    address, state = client.create_authorization_url(authorize, code_verifier=verifier, nonce=nonce)
    print("Open this in a browser:", address, flush=True)

    # 2. it comes back: only with our state, only from our server (RFC 9207), and maybe with a refusal
    came = wait_for_callback()
    told = {name: values[0] for name, values in parse_qs(urlsplit(came).query).items()}
    if told.get("state") != state or told.get("iss") != ISSUER:
        raise SystemExit("This answer is not to our question.")
    if "error" in told:
        raise SystemExit(f"{told['error']}: {told.get('error_description')}")

    # 3. the code becomes tokens
    tokens = client.fetch_token(
        server["token_endpoint"], authorization_response=came, state=state, code_verifier=verifier
    )

    # 4. who is it? Verify the id_token; `sub` is the person, for ever and for you alone to keep
    keys = KeySet.import_key_set(httpx.get(server["jwks_uri"]).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["ES256"]).claims
    jwt.JWTClaimsRegistry(
        leeway=10,
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": client.client_id},
        nonce={"essential": True, "value": nonce},
        exp={"essential": True},
        sub={"essential": True},
    ).validate(claims)
    print("Signed in:", claims["sub"], "level", claims["acr"])

    # 5. ask the graph
    query = {"query": "{ viewer { displayName roles } }"}
    print("The graph says:", client.post(f"{ISSUER}/graphql", json=query).json()["data"]["viewer"])

    # 6. later: a refresh token is good once; keep the new one before you use the new access token
    used = tokens["refresh_token"]
    tokens = client.refresh_token(server["token_endpoint"], scope=tokens["scope"])
    print("Refreshed:", tokens["refresh_token"] != used)

    # 7. sign-out: drop your own session, then send the browser to this address
    leaving = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": f"{CALLBACK}/signed-out"}
    print("To sign out, open:", f"{server['end_session_endpoint']}?{urlencode(leaving)}", flush=True)


if __name__ == "__main__":
    main()
