"""The grant device code (RFC 8628 section 3.4): a device asks whether it was let in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from auth.authority import Authority
from auth.authorization.grant import Grant
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.server.answers import token_set_body
from auth.server.form import Form


async def device_code(authority: Authority, client: Client, form: Form, jkt: str | None) -> Mapping[str, Any]:
    """Answer the tokens once; until then, or from then on, why not."""
    code = form.required("device_code")

    async def redeemed(session: AsyncSession) -> Grant | Refusal:
        let_in = await authority.devices.redeem(session, code, client, jkt)
        if isinstance(let_in, Refusal):
            return let_in
        return await authority.token_grants.begin_now(
            session, let_in.person_id, client, let_in.scopes, let_in.proof, let_in.sid, let_in.dpop_jkt
        )

    outcome = await authority.database.write(redeemed)
    if isinstance(outcome, Refusal):
        raise OAuthError(outcome)
    return token_set_body(await authority.token_grants.tokens(outcome, client))
