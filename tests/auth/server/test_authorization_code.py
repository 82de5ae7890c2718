import asyncio
import base64
import hashlib
import time
from datetime import timedelta

import httpx
import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey
from sqlalchemy import update

from auth.audit import Act
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import GrantRow
from auth.tokens import InvalidTokenError
from tests.auth.authorization.front import (
    CHALLENGE,
    REDIRECT,
    VERIFIER,
    Browser,
    Front,
    browser,
    claims_of,
    key_proof,
    told,
)
from tests.auth.conftest import Office


@pytest.fixture
async def front(office: Office) -> Front:
    """A front end that may do everything."""
    return await Front.registered(office)


@pytest.fixture
async def lin(office: Office) -> Browser:
    """Somebody signed in."""
    return await browser(office)


def claim_refused(answer: httpx.Response, refusal: Refusal) -> None:
    """Claim that an answer is this refusal."""
    assert (answer.status_code, answer.json()["error"]) == (refusal.status, refusal.code)
    assert answer.json()["error_description"] == refusal.en


async def test_a_code_becomes_tokens(front: Front, lin: Browser, office: Office) -> None:
    """Access, id and refresh token, in an answer nobody keeps."""
    answer = await front.trade(await front.code(lin))

    body = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert body.keys() == {"access_token", "token_type", "expires_in", "scope", "id_token", "refresh_token"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert body["scope"] == "graph:read openid question:write"
    viewer = await office.authority.viewer_of(body["access_token"])
    assert (viewer.person_id, viewer.client_id) == (lin.person_id, front.client_id)


async def test_tokens_tell_how_somebody_signed_in(front: Front, lin: Browser) -> None:
    """The claims of RFC 9068, with grant and browser session."""
    claims = claims_of((await front.tokens(lin))["access_token"])

    assert claims.keys() == {
        *("iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope", "auth_time", "acr", "amr", "gid", "sid"),
    }
    assert (claims["sub"], claims["sid"], claims["acr"]) == (lin.person_id, lin.sid, "2")
    assert claims["amr"] == ["zheliban-unified"]
    assert abs(claims["auth_time"] - time.time()) < 30


async def test_an_id_token_says_who_signed_in(front: Front, lin: Browser, office: Office) -> None:
    """The claims of OpenID Connect, signed by the published key; no name, no account."""
    tokens = await front.tokens(lin, nonce="n-of-the-client")
    (published,) = (await office.authority.keys.published())["keys"]

    verified = jwt.decode(tokens["id_token"], ECKey.import_key(published), algorithms=["ES256"])

    half = base64.urlsafe_b64encode(hashlib.sha256(tokens["access_token"].encode()).digest()[:16]).decode().rstrip("=")
    assert verified.header["typ"] == "JWT"
    assert verified.claims.keys() == {
        *("iss", "sub", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce", "sid", "at_hash"),
    }
    assert verified.claims["iss"] == "http://127.0.0.1:8000"
    assert (verified.claims["sub"], verified.claims["aud"]) == (lin.person_id, front.client_id)
    assert (verified.claims["nonce"], verified.claims["at_hash"]) == ("n-of-the-client", half)
    assert (verified.claims["sid"], verified.claims["acr"]) == (lin.sid, "2")
    assert verified.claims["exp"] > verified.claims["iat"]


async def test_an_id_token_is_no_access_token(front: Front, lin: Browser, office: Office) -> None:
    """Signed by the same key, of another type."""
    tokens = await front.tokens(lin)

    assert jws.extract_compact(tokens["access_token"].encode()).headers()["typ"] == "at+jwt"
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["id_token"])


async def test_only_what_was_asked_for_is_given(office: Office, lin: Browser) -> None:
    """No id token without ``openid``, no refresh token for a client without that grant."""
    front = await Front.registered(office, grants=["authorization_code"])

    tokens = await front.tokens(lin, scope="graph:read", nonce=None)

    assert tokens.keys() == {"access_token", "token_type", "expires_in", "scope"}


async def test_a_client_has_its_own_lifetime(office: Office, lin: Browser) -> None:
    """Access tokens live as long as the registration says."""
    front = await Front.registered(office, access_token_lifetime=120)

    tokens = await front.tokens(lin)
    claims = claims_of(tokens["access_token"])

    assert tokens["expires_in"] == claims["exp"] - claims["iat"] == 120


async def test_a_redirect_uri_may_be_left_out(front: Front, lin: Browser) -> None:
    """PKCE does what it was for (OAuth 2.1); one that is sent must be right."""
    assert (await front.trade(await front.code(lin), redirect_uri=None)).is_success


async def test_a_code_is_good_for_one_answer_and_takes_it_back(office: Office, front: Front, lin: Browser) -> None:
    """A code that comes again gives nothing and ends all that the first gave (RFC 6749 section 4.1.2)."""
    code = await front.code(lin)
    tokens = (await front.trade(code)).json()
    assert (await office.authority.viewer_of(tokens["access_token"])).person_id == lin.person_id

    claim_refused(await front.trade(code), Refusal.BAD_CODE)

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["access_token"])
    with pytest.raises(InvalidTokenError):
        await office.replica().viewer_of(tokens["access_token"])
    claim_refused(await front.refresh(tokens["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)


async def test_of_many_at_once_one_wins(front: Front, lin: Browser) -> None:
    """Requests with one code at the same moment."""
    code = await front.code(lin)

    answers = await asyncio.gather(*(front.trade(code) for _ in range(6)))

    assert [answer.status_code for answer in answers].count(200) == 1
    for answer in answers:
        if not answer.is_success:
            claim_refused(answer, Refusal.BAD_CODE)


async def test_a_stranger_cannot_end_what_a_code_gave(office: Office, front: Front, lin: Browser) -> None:
    """A used code in the hands of another client is only refused."""
    other = await Front.registered(office)
    code = await front.code(lin)
    tokens = (await front.trade(code)).json()

    claim_refused(await other.trade(code), Refusal.BAD_CODE)

    assert (await front.refresh(tokens["refresh_token"])).is_success


WRONG: dict[str, tuple[dict[str, str | None], Refusal]] = {
    "made-up code": ({"code": "x" * 43}, Refusal.BAD_CODE),
    "endless code": ({"code": "x" * 5000}, Refusal.BAD_CODE),
    "no code": ({"code": None}, Refusal.INCOMPLETE),
    "no verifier": ({"code_verifier": None}, Refusal.INCOMPLETE),
    "wrong verifier": ({"code_verifier": "w" * 43}, Refusal.WRONG_VERIFIER),
    "the challenge": ({"code_verifier": CHALLENGE}, Refusal.WRONG_VERIFIER),
    "short verifier": ({"code_verifier": VERIFIER[:-1]}, Refusal.WRONG_VERIFIER),
    "long verifier": ({"code_verifier": "v" * 129}, Refusal.WRONG_VERIFIER),
    "strange verifier": ({"code_verifier": "浙" * 43}, Refusal.WRONG_VERIFIER),
    "wrong redirect": ({"redirect_uri": "https://evil.example/"}, Refusal.WRONG_REDIRECT_URI),
    "longer redirect": ({"redirect_uri": REDIRECT + "/"}, Refusal.WRONG_REDIRECT_URI),
    "foreign resource": ({"resource": "https://evil.example/"}, Refusal.BAD_TARGET),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_does_not_go_with_a_code_is_refused(front: Front, lin: Browser, case: str) -> None:
    """And the code is still good for who has it right: a stranger cannot use it up."""
    changes, refusal = WRONG[case]
    code = await front.code(lin)

    claim_refused(await front.trade(code, **changes), refusal)

    assert (await front.trade(code)).is_success


async def test_a_code_is_its_client_s(office: Office, front: Front, lin: Browser) -> None:
    """Another client, confidential or public, cannot trade it, even with the verifier (mix-up, injection)."""
    code = await front.code(lin)
    others = [await Front.registered(office), await Front.registered(office, auth_method="none")]

    for other in others:
        claim_refused(await other.trade(code), Refusal.BAD_CODE)
    claim_refused(await office.post({"grant_type": "authorization_code", "code": code}, None), Refusal.BAD_CLIENT)

    assert (await front.trade(code)).is_success


async def test_an_old_code_is_refused(office: Office, front: Front, lin: Browser) -> None:
    """A minute after it was given."""
    code = await front.code(lin)
    ended = update(GrantRow).values(code_expires_at=now() - timedelta(milliseconds=1))
    await office.database.write(lambda session: session.execute(ended))

    claim_refused(await front.trade(code), Refusal.BAD_CODE)


async def test_a_sign_out_ends_codes_under_way(office: Office, front: Front, lin: Browser) -> None:
    """What a session let in ends with it, before it was fetched."""
    code = await front.code(lin)
    await office.authority.endings.session(lin.sid)

    claim_refused(await front.trade(code), Refusal.BAD_CODE)


async def test_a_code_may_be_bound_to_a_key(office: Office, front: Front, lin: Browser) -> None:
    """``dpop_jkt``: only who shows that key gets tokens, and they are bound to it (RFC 9449 section 10)."""
    key, other = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    code = await front.code(lin, dpop_jkt=key.thumbprint())
    form: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": VERIFIER,
    }

    claim_refused(await front.trade(code), Refusal.WRONG_KEY)
    claim_refused(await front.post("/oauth/token", form, **key_proof(office, other)), Refusal.WRONG_KEY)
    answer = await front.post("/oauth/token", form, **key_proof(office, key))

    assert answer.json()["token_type"] == "DPoP"
    assert claims_of(answer.json()["access_token"])["cnf"] == {"jkt": key.thumbprint()}
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(answer.json()["access_token"])


async def test_a_key_shown_when_pushing_binds_the_code(office: Office, front: Front, lin: Browser) -> None:
    """As if it had been named; a name that contradicts it is refused (RFC 9449 section 10.1)."""
    key = ECKey.generate_key("P-256")
    await front.agree(lin)
    request: dict[str, str | None] = {**front.request()}

    contradicting = await front.post(
        "/oauth/par", request | {"dpop_jkt": "x" * 43}, **key_proof(office, key, "/oauth/par")
    )
    pushed = (await front.post("/oauth/par", request, **key_proof(office, key, "/oauth/par"))).json()
    asked = {"client_id": front.client_id, "request_uri": pushed["request_uri"]}
    code = told(await office.client.get("/oauth/authorize", params=asked, headers=lin.cookie))["code"]

    claim_refused(contradicting, Refusal.WRONG_THUMBPRINT)
    claim_refused(await front.trade(code), Refusal.WRONG_KEY)


async def test_a_resource_narrows_the_token(front: Front, lin: Browser) -> None:
    """Asked for with the request or with the code; what was narrowed is not widened (RFC 8707 section 2.2)."""
    account = "http://127.0.0.1:8000/oauth/userinfo"
    graph = "http://127.0.0.1:8000/graphql"

    usual = await front.tokens(lin)
    narrow = await front.tokens(lin, resource=account)
    later = (await front.trade(await front.code(lin), resource=account)).json()
    code = await front.code(lin, resource=account)

    assert [claims_of(tokens["access_token"])["aud"] for tokens in (usual, narrow, later)] == [graph, account, account]
    claim_refused(await front.trade(code, resource=graph), Refusal.BAD_TARGET)


async def test_nothing_of_a_code_is_kept(office: Office, front: Front, lin: Browser) -> None:
    """The store holds digests: neither code nor refresh token can be read from it, and no object shows them."""
    code = await front.code(lin)
    tokens = (await front.trade(code)).json()

    row = await office.database.read(lambda session: session.get(GrantRow, claims_of(tokens["access_token"])["gid"]))

    assert row is not None
    kept = repr({column.name: getattr(row, column.name) for column in GrantRow.__table__.columns})
    for hidden in (code, VERIFIER, tokens["refresh_token"], tokens["refresh_token"].rpartition(".")[2]):
        assert hidden not in kept


async def test_a_code_that_comes_again_and_again_is_noted_once(front: Front, lin: Browser, office: Office) -> None:
    """Whoever holds a used code of a public client cannot fill the audit by it."""
    code = await front.code(lin)
    await front.trade(code)

    for _ in range(4):
        claim_refused(await front.trade(code), Refusal.BAD_CODE)

    await office.authority.audit.flush()
    told = [entry async for entry in office.authority.audit.entries()]
    assert [entry.act for entry in told].count(Act.REPLAY_FOUND.name) == 1
