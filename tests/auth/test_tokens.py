import base64
import hmac
import json
import time
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey

from auth.tokens import InvalidTokenError
from connectors.viewer import ANYONE, Role, Scope
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, ZHOU_WORK


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token, unverified."""
    signed = jws.extract_compact(token.encode())
    return dict(signed.headers()), json.loads(signed.payload or b"")


async def signed(office: Office, header: dict[str, Any], claims: dict[str, Any], key: Any = None) -> str:
    """A token signed with the authority's own key, as only a mistake of ours could make it."""
    return jwt.encode(header, claims, key or await office.authority.keys.signing(), algorithms=["ES256"])


async def test_a_member_becomes_a_viewer_with_all_accounts(office: Office) -> None:
    """A token leads to the accounts, the member key, the employee code and the roles that the store knows."""
    office.registry.by_id_number[ID_NUMBER] = "m-1"
    office.registry.by_employee["GE_chen"] = "m-1"
    await office.token(CHEN_CITIZEN)

    viewer = await office.authority.viewer_of(await office.token(CHEN_WORK, "openid duty:read"))

    assert viewer.accounts == {"zheliban": "u-chen", "zhezhengding": "10000001"}
    assert (viewer.member_key, viewer.employee_code) == ("m-1", "GE_chen")
    assert viewer.roles == {Role.CITIZEN, Role.OFFICIAL, Role.MEMBER}
    assert viewer.scopes == {Scope.OPENID, Scope.DUTY_READ}


@pytest.mark.parametrize(("scope", "somebody"), [("openid", False), ("graph:read", True), ("openid graph:read", True)])
async def test_who_only_signed_in_is_nobody_at_the_graph(office: Office, scope: str, somebody: bool) -> None:  # noqa: FBT001 - a case
    """No consent is asked for ``openid`` alone: such a token opens neither name nor accounts nor to-dos."""
    viewer = await office.authority.viewer_of(await office.token(CHEN_CITIZEN, scope))

    assert (viewer is not ANYONE) == somebody
    assert (viewer.person_id is not None) == somebody


async def test_a_token_holds_nothing_of_any_platform(office: Office) -> None:
    """Its claims are those of RFC 9068: our own ids, and how strongly the person proved who they are."""
    office.registry.by_id_number[ID_NUMBER] = "m-1"
    header, claims = parts_of(await office.token(CHEN_CITIZEN))

    assert header["typ"] == "at+jwt"
    assert header["alg"] == "ES256"
    assert claims.keys() == {
        *("iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"),
        *("auth_time", "acr", "amr", "gid"),
    }
    assert (claims["iss"], claims["aud"]) == ("http://127.0.0.1:8000", "http://127.0.0.1:8000/graphql")
    assert (claims["acr"], claims["amr"]) == ("2", ["zheliban-unified"])
    assert claims["exp"] - claims["iat"] == 600
    assert not {"u-chen", "陈大友", "m-1", ID_NUMBER} & {str(value) for value in claims.values()}


async def test_an_unknown_level_is_the_lowest(office: Office) -> None:
    """The work app tells no authentication level."""
    _, claims = parts_of(await office.token(ZHOU_WORK))

    assert claims["acr"] == "1"


async def test_a_partner_is_a_viewer_without_a_person(office: Office) -> None:
    """A client's own token names the client and nobody else."""
    login = await office.register_partner()
    answer = await office.post({"grant_type": "client_credentials"}, login)

    viewer = await office.authority.viewer_of(answer.json()["access_token"])

    assert (viewer.person_id, viewer.client_id) == (None, login[0])
    assert viewer.roles == {Role.PARTNER}
    assert viewer.scopes == {Scope.OPINION_READ}


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "http://elsewhere.example"},
        {"aud": "http://127.0.0.1:8000/other"},
        {"aud": ["http://elsewhere.example"]},
        {"exp": timedelta(seconds=-60)},
        {"iat": timedelta(seconds=60)},
        {"sub": "p_nobody"},
        {"client_id": "c_nobody"},
        {"exp": "never"},
        {"scope": 5},
        {"jti": None},
    ],
    ids=str,
)
async def test_a_token_with_one_wrong_claim_is_refused(office: Office, changes: dict[str, Any]) -> None:
    """Even with our signature every claim must be right; times count from now."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    now = int(time.time())
    changes = {
        name: now + int(value.total_seconds()) if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(await signed(office, header, claims | changes))


@pytest.mark.parametrize("missing", ["iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"])
async def test_a_token_without_a_claim_is_refused(office: Office, missing: str) -> None:
    """None of the claims that decide may be left out."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    del claims[missing]

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(await signed(office, header, claims))


@pytest.mark.parametrize("changes", [{"typ": "JWT"}, {"typ": None}, {"kid": "unknown"}, {"kid": ""}], ids=str)
async def test_a_token_with_a_wrong_header_is_refused(office: Office, changes: dict[str, Any]) -> None:
    """Another kind of token of ours, or one that names a key we do not have, is no access token."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    changed = {name: value for name, value in (header | changes).items() if value is not None}
    key = await office.authority.keys.signing()

    token = jws.serialize_compact(changed, json.dumps(claims), key, algorithms=["ES256"])

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(token)


@pytest.mark.parametrize(
    "changes", [{"typ": ["at+jwt"]}, {"typ": {}}, {"alg": ["ES256"]}, {"kid": {}}, {"crit": [["exp"]]}], ids=str
)
async def test_a_header_that_is_no_word_is_refused(office: Office, changes: dict[str, Any]) -> None:
    """Whoever writes a header without our key may write any JSON into it: still it is one error, not a fault."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(f"{encoded(header | changes)}.{encoded(claims)}.c2lnbmF0dXJl")


async def test_an_unsigned_token_is_refused(office: Office) -> None:
    """Algorithm ``none``, with the signature cut off or kept."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    unsigned = f"{encoded(header | {'alg': 'none'})}.{encoded(claims)}."

    for token in (unsigned, unsigned + "c2lnbmF0dXJl", f"{encoded(header)}.{encoded(claims)}."):
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(token)


async def test_the_public_key_is_no_shared_secret(office: Office) -> None:
    """A token made by HMAC with the published key as its secret is refused."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    (published,) = (await office.authority.keys.published())["keys"]
    pem = ECKey.import_key(published).as_pem(private=False)

    signed_part = f"{encoded(header | {'alg': 'HS256'})}.{encoded(claims)}"

    for secret in (pem, json.dumps(published).encode()):
        mac = base64.urlsafe_b64encode(hmac.digest(secret, signed_part.encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(f"{signed_part}.{mac}")


async def test_a_stranger_s_key_is_refused(office: Office) -> None:
    """A token signed by another key under our key's name, or that brings its own key, is refused."""
    header, claims = parts_of(await office.token(CHEN_CITIZEN))
    stranger = ECKey.generate_key("P-256")

    for forged in (header, header | {"jwk": stranger.as_dict(private=False)}):
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(await signed(office, forged, claims, stranger))


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "a.b.c", "é" * 5, "\ud800", "x" * 100_000, "." * 100_000, "W10.e30.x", "bnVsbA.bnVsbA.", "\x00"],
    ids=lambda text: repr(text[:10]),
)
async def test_what_is_no_token_is_refused(office: Office, text: str) -> None:
    """Any text at all is answered with one error."""
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(text)


async def test_a_changed_token_is_refused(office: Office) -> None:
    """Whatever character of header, claims or signature is changed."""
    token = await office.token(CHEN_CITIZEN)

    for place in range(0, len(token) - 1, 7):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(token[:place] + other + token[place + 1 :])


async def test_a_disabled_client_s_tokens_end(office: Office) -> None:
    """Another process that does not remember the token finds its client disabled."""
    login = await office.register()
    answer = await office.post(office.exchange_form(CHEN_CITIZEN), login)
    token = answer.json()["access_token"]
    assert (await office.authority.viewer_of(token)).client_id == login[0]

    await office.authority.endings.client(login[0])

    with pytest.raises(InvalidTokenError):
        await office.replica().viewer_of(token)
    office.authority.tokens.forget()
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(token)


async def test_a_role_lost_is_lost_for_tokens_too(office: Office) -> None:
    """Roles are read when a token is verified: they are not part of it."""
    await office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    token = await office.token(ZHOU_WORK)
    before = await office.replica().viewer_of(token)

    await office.authority.grants.revoke(Role.OPS, "zhezhengding", "GE_zhou")
    after = await office.replica().viewer_of(token)

    assert Role.OPS in before.roles
    assert Role.OPS not in after.roles


async def test_a_person_who_became_another_has_no_token_any_more(office: Office) -> None:
    """The tokens of a person whose last account joined another person are good for nothing."""
    token = await office.token(CHEN_WORK)
    office.registry.by_id_number[ID_NUMBER] = office.registry.by_employee["GE_chen"] = "m-1"
    await office.token(CHEN_CITIZEN)
    await office.token(CHEN_WORK)

    with pytest.raises(InvalidTokenError):
        await office.replica().viewer_of(token)


def encoded(part: dict[str, Any]) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
