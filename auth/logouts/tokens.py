"""The logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4)."""

import secrets
import time

from auth.keys import SigningKeys
from auth.logouts.owed import OF_THE_PERSON

TYPE = "logout+jwt"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
_SECONDS = 120  # the specification asks for at most two minutes: it is made when it is sent


async def logout_token(keys: SigningKeys, issuer: str, *, client_id: str, subject: str, sid: str) -> str:
    """Sign that a session ended; for ``OF_THE_PERSON`` that all of the person's did.

    Made anew for every try: a client that keeps the ids it has seen would refuse the second otherwise. There is never
    a ``nonce`` in it, so that it can pass for no id_token.
    """
    moment = int(time.time())
    claims = {
        "iss": issuer,
        "sub": subject,
        "aud": client_id,
        "iat": moment,
        "exp": moment + _SECONDS,
        "jti": secrets.token_urlsafe(16),
        "events": {EVENT: {}},
    }
    return await keys.signed(TYPE, claims if sid == OF_THE_PERSON else {**claims, "sid": sid})
