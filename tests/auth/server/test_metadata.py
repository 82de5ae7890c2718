import re

from joserfc import jwt
from joserfc.jwk import KeySet

from auth.client import GrantType
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_CITIZEN

WELL_KNOWN = ("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")
RESOURCE = "/.well-known/oauth-protected-resource/graphql"


async def test_metadata_tell_what_exists(office: Office) -> None:
    """Both well-known addresses tell the same, and every address in it is served."""
    one, other = [await office.client.get(path) for path in WELL_KNOWN]

    told = one.json()
    assert told == other.json()
    assert told["issuer"] == office.settings.issuer
    assert set(told["grant_types_supported"]) == {grant.value for grant in GrantType}
    assert told["subject_token_types_supported"] == [
        "urn:tongxin:params:oauth:token-type:zheliban-unified",
        "urn:tongxin:params:oauth:token-type:zhezhengding-app",
    ]
    assert "openid" in told["scopes_supported"]
    addresses = {value for name, value in told.items() if name.endswith(("_endpoint", "_uri"))}
    assert len(addresses) == 10
    for address in addresses:
        path = address.removeprefix(office.settings.issuer)
        assert (await office.client.request("TRACE", path)).status_code == 405, f"{path} is not there"
    assert one.headers["cache-control"] == "public, max-age=300"


async def test_metadata_promise_nothing_weak(office: Office) -> None:
    """What is offered holds to RFC 9700: no other response type, PKCE by S256, asymmetric algorithms."""
    told = (await office.client.get(WELL_KNOWN[1])).json()

    assert told["response_types_supported"] == ["code"]
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["id_token_signing_alg_values_supported"] == ["ES256"]
    assert told["subject_types_supported"] == ["public"]
    assert told["authorization_response_iss_parameter_supported"]
    assert told["backchannel_logout_supported"]
    assert told["backchannel_logout_session_supported"]
    assert not told["request_parameter_supported"]
    assert not told["request_uri_parameter_supported"]
    assert "none" not in told["introspection_endpoint_auth_methods_supported"]
    for name, algorithms in told.items():
        if "_signing_alg_" in name:
            assert not [one for one in algorithms if re.match("none|HS", one)], name


async def test_metadata_hold_what_discovery_asks_for(office: Office) -> None:
    """OpenID Connect Discovery section 3 and RFC 8414 section 2: what is required is there, and no empty list."""
    told = (await office.client.get(WELL_KNOWN[1])).json()

    required = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"}
    assert required | {"subject_types_supported", "id_token_signing_alg_values_supported"} <= told.keys()
    assert all(value != [] for value in told.values())


async def test_the_resource_names_its_authorization_server(office: Office) -> None:
    """RFC 9728: who finds the graph finds who gives tokens for it."""
    told = (await office.client.get(RESOURCE)).json()
    server = (await office.client.get(WELL_KNOWN[0])).json()

    assert told["resource"] == office.settings.audience
    assert told["authorization_servers"] == [server["issuer"]]
    assert told["resource"] in server["protected_resources"]


async def test_the_issuer_is_never_taken_from_the_request(office: Office) -> None:
    """A Host header chooses nothing."""
    for path in (*WELL_KNOWN, RESOURCE):
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
