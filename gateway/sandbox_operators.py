"""Gives the sandbox's operators their second factor, by the same steps as everybody: invited, signed in, enrolled."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from auth.authority import Authority
from auth.factor.totp import code_at
from auth.proof import Proof
from auth.store.moments import now
from connectors.deadline import Deadline
from connectors.platform import Platform
from connectors.records.identity import TicketForm
from connectors.viewer import ANYONE, Ask, Role

_FORM = TicketForm.ZHEZHENGDING_APP


async def enrol_operators(
    authority: Authority,
    platform: Platform,
    base_url: str,
    persons: Sequence[Mapping[str, Any]],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Answer the keys of the operators' authenticators by person; ``known`` are those of the last time."""
    held = {entry.account for entry in await authority.second_factor.roster.list() if entry.held}
    keys = {}
    for person in persons:
        code, key = person.get("employeeCode"), person["id"]
        if code is not None and Role.OPS.value in person["roles"]:
            kept = known.get(key) if code in held else None
            keys[key] = kept or await _enrolled(authority, platform, base_url, person)
    return keys


async def _enrolled(authority: Authority, platform: Platform, base_url: str, person: Mapping[str, Any]) -> str:
    """Enrol one; the first password is that of the step before, so that this one's is still theirs to use."""
    factor, code = authority.second_factor, person["employeeCode"]
    await factor.removal.by_operator(platform.name, code)
    invitation = await factor.roster.invite(platform.name, code)
    ask = Ask(ANYONE, Deadline.after(authority.settings.sign_in_timeout_ms / 1000))
    identity = await authority.broker.identity(_FORM, await _ticket(platform, base_url, person), ask)
    signed_in = await authority.persons.signed_in(identity, ask)
    proof = Proof(at=int(now().timestamp()), level=identity.level, methods=(_FORM.value,))
    session = await authority.sessions.of(
        await authority.sessions.open(signed_in.person_id, platform.name, proof, "tongxin serve --sandbox")
    )
    if session is None:
        raise RuntimeError("a session that ended as it began")
    offer = await factor.enrolment.begin(session, invitation.code)
    await factor.enrolment.finish(session, offer.sealed, code_at(offer.secret, now(), -1))
    await authority.endings.session(session.sid)
    return offer.secret


async def _ticket(platform: Platform, base_url: str, person: Mapping[str, Any]) -> str:
    asked = {"person": person["id"], "form": platform.tickets[_FORM]}
    async with httpx.AsyncClient(timeout=5, trust_env=False) as http:
        answer = await http.get(f"{base_url}/sandbox/ticket", params=asked)
    return str(answer.raise_for_status().json()["ticket"])
