"""A token of the system's own, by a key of SM2; only where the gateway's cryptography is national.

pip install gmalg httpx
python sm2_own_token.py new-key 2026-11
TONGXIN=https://gateway.example.cn CLIENT_ID=c_… PRIVATE_KEY=2026-11.private.json python sm2_own_token.py
"""

import json
import os
import secrets
import sys
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from typing import Any

import gmalg
import httpx

USER_ID = b"1234567812345678"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def new_key(kid: str) -> dict[str, str]:
    """A private key as a JWK; without "d" it is what you register."""
    private, point = gmalg.SM2().generate_keypair()
    x, y = encoded(point[1:33]), encoded(point[33:])
    return {"kty": "EC", "crv": "SM2", "kid": kid, "x": x, "y": y, "d": encoded(private.rjust(32, b"\0"))}


def signed(claims: dict[str, Any], key: dict[str, str]) -> str:
    """A JWS in its compact form (RFC 7515 section 7.1); the signature is r then s, each of 32 bytes."""
    header = {"alg": "SM2", "typ": "JWT", "kid": key["kid"]}
    text = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    r, s = gmalg.SM2(urlsafe_b64decode(key["d"] + "="), USER_ID).sign(text.encode())
    signature = r.rjust(32, b"\0") + s.rjust(32, b"\0")  # gmalg leaves leading zeros out
    return f"{text}.{encoded(signature)}"


def proof(issuer: str, client_id: str, key: dict[str, str]) -> dict[str, str]:
    """The parameters by which you prove yourself; good for one request (RFC 7523 section 2.2)."""
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60}
    claims["jti"] = secrets.token_urlsafe(16)
    return {"client_assertion_type": ASSERTION, "client_assertion": signed(claims, key)}


def main() -> None:
    issuer, client_id = os.environ["TONGXIN"], os.environ["CLIENT_ID"]
    key = json.loads(Path(os.environ["PRIVATE_KEY"]).read_text())
    server = httpx.get(f"{issuer}/.well-known/oauth-authorization-server").json()
    if "SM2" not in server["token_endpoint_auth_signing_alg_values_supported"]:
        raise SystemExit("This gateway takes no SM2.")

    form = {"grant_type": "client_credentials", "scope": "opinion:read"} | proof(issuer, client_id, key)
    tokens = httpx.post(server["token_endpoint"], data=form).raise_for_status().json()
    print("Granted:", tokens["scope"], "for", tokens["expires_in"], "s")


def make_key(kid: str) -> None:
    key = new_key(kid)
    Path(f"{kid}.private.json").write_text(json.dumps(key))
    Path(f"{kid}.jwks.json").write_text(json.dumps({"keys": [{name: key[name] for name in key if name != "d"}]}))
    print(f"Have {kid}.jwks.json registered; keep {kid}.private.json where only this system can read it.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["new-key"]:
        make_key(sys.argv[2])
    else:
        main()
