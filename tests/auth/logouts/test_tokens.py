import time

import msgspec
from joserfc import jws

from auth.logouts.tokens import EVENT, logout_token
from auth.store import Database
from tests.auth.holdings import Holdings

ISSUER = "http://127.0.0.1:8000"


async def test_a_logout_token_is_what_the_specification_says(database: Database) -> None:
    """Its type, its event, whom it is for, two minutes of life, and never a nonce."""
    keys = Holdings(database).keys
    await keys.open()

    token = await logout_token(keys, ISSUER, client_id="c_1", subject="p_1", sid="s_1")

    signed = jws.deserialize_compact(token, await keys.signing(), algorithms=["ES256"])
    claims = msgspec.json.decode(signed.payload)
    assert signed.headers()["typ"] == "logout+jwt"
    assert claims.keys() == {"iss", "sub", "aud", "iat", "exp", "jti", "events", "sid"}
    assert (claims["iss"], claims["aud"], claims["sub"], claims["sid"]) == (ISSUER, "c_1", "p_1", "s_1")
    assert claims["events"] == {EVENT: {}}
    assert claims["exp"] - claims["iat"] == 120
    assert abs(claims["iat"] - time.time()) < 5


async def test_without_a_session_all_of_the_person_ends(database: Database) -> None:
    """Then there is no sid in it, and every token has an id of its own."""
    keys = Holdings(database).keys
    await keys.open()

    one, two = [await logout_token(keys, ISSUER, client_id="c_1", subject="p_1", sid="") for _ in range(2)]

    first, second = [msgspec.json.decode(jws.extract_compact(token.encode()).payload or b"") for token in (one, two)]
    assert "sid" not in first
    assert first["jti"] != second["jti"]
