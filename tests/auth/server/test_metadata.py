from joserfc import jwt
from joserfc.jwk import KeySet

from tests.auth.conftest import EXCHANGE, Office
from tests.auth.platforms import CHEN_CITIZEN

WELL_KNOWN = ("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")


async def test_metadata_tell_what_exists(office: Office) -> None:
    """Both well-known addresses tell the same, and every address in it is served."""
    one, other = [await office.client.get(path) for path in WELL_KNOWN]

    told = one.json()
    assert told == other.json()
    assert told["issuer"] == office.settings.issuer
    assert set(told["grant_types_supported"]) == {EXCHANGE, "client_credentials"}
    assert told["subject_token_types_supported"] == [
        "urn:tongxin:params:oauth:token-type:zheliban-unified",
        "urn:tongxin:params:oauth:token-type:zhezhengding-app",
    ]
    assert "openid" in told["scopes_supported"]
    assert "authorization_endpoint" not in told
    addresses = [value for name, value in told.items() if name.endswith(("_endpoint", "_uri"))]
    for address in addresses:
        path = address.removeprefix(office.settings.issuer)
        assert (await office.client.options(path)).status_code == 405, "a route is there"
    assert one.headers["cache-control"] == "public, max-age=300"


async def test_the_issuer_is_never_taken_from_the_request(office: Office) -> None:
    """A Host header chooses nothing."""
    for path in WELL_KNOWN:
        answer = await office.client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text


async def test_anybody_can_verify_a_token_by_the_published_keys(office: Office) -> None:
    """With the metadata, the JWK Set and a JOSE library alone."""
    token = await office.token(CHEN_CITIZEN)
    told = (await office.client.get(WELL_KNOWN[0])).json()

    keys = await office.client.get(told["jwks_uri"].removeprefix(told["issuer"]))
    decoded = jwt.decode(token, KeySet.import_key_set(keys.json()), algorithms=["ES256"])

    jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": told["issuer"]},
        aud={"essential": True, "value": office.settings.audience},
        exp={"essential": True},
    ).validate(decoded.claims)
    assert decoded.header["typ"] == "at+jwt"
    assert keys.headers["cache-control"] == "public, max-age=300"
    assert all("d" not in key for key in keys.json()["keys"])
