"""A token of the system's own (client credentials), by a secret or by a private key; introspection, revocation.

pip install authlib httpx
TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… python own_token.py
TONGXIN=https://gateway.example.cn CLIENT_ID=c_… PRIVATE_KEY=private.jwk.json python own_token.py
"""

import json
import os
from pathlib import Path

import httpx
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey

ISSUER = os.environ["TONGXIN"]


def client_of_environment() -> OAuth2Client:
    """By a private key where there is one, else by a secret."""
    if "PRIVATE_KEY" not in os.environ:
        return OAuth2Client(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
    key = ECKey.import_key(json.loads(Path(os.environ["PRIVATE_KEY"]).read_text()))
    method = PrivateKeyJWT.name
    client = OAuth2Client(
        os.environ["CLIENT_ID"], key, token_endpoint_auth_method=method, revocation_endpoint_auth_method=method
    )
    client.register_client_auth_method(PrivateKeyJWT(alg="ES256", headers={"kid": key.kid}))
    return client


def main() -> None:
    server = httpx.get(f"{ISSUER}/.well-known/oauth-authorization-server").json()
    client = client_of_environment()

    # one token does for ten minutes: keep it, and ask for the next shortly before it ends
    tokens = client.fetch_token(server["token_endpoint"], grant_type="client_credentials", scope="opinion:read")
    print("Granted:", tokens["scope"], "for", tokens["expires_in"], "s")

    query = {"query": "{ studios(first: 1) { nodes { name } } }"}
    print("The graph says:", client.post(f"{ISSUER}/graphql", json=query).json()["data"]["studios"])

    def introspected() -> dict:
        auth = client.client_auth(client.token_endpoint_auth_method)
        return client.introspect_token(
            server["introspection_endpoint"], tokens["access_token"], "access_token", auth=auth
        ).json()

    print("Active:", introspected()["active"])
    client.revoke_token(server["revocation_endpoint"], tokens["access_token"], "access_token").raise_for_status()
    print("Active after revocation:", introspected()["active"])


if __name__ == "__main__":
    main()
