"""Acts that outlast the browser they are done in: whoever sits before it proves first, and lately, who they are.

A browser left open would otherwise be enough to link an account of one's own, and to be its person from then on.
"""

import time

from auth.authority import Authority
from auth.factor.policy import has_factor
from auth.pages.login import login_first
from auth.pages.login_factor import factor_first
from auth.sessions import Session

FRESH_SECONDS = 600


async def proof_first(authority: Authority, session: Session, place: str) -> str | None:
    """Where the person proves who they are before going on at ``place``; None once that is done.

    By a sign-in that is at most ten minutes old, with the second factor of who has one. Raises
    ``StoreUnavailableError``.
    """
    if time.time() - session.proof.at >= FRESH_SECONDS:
        return login_first(place)
    held = await authority.second_factor.factors.held(session.person_id)
    return factor_first(place) if held is not None and not has_factor(session.proof) else None
