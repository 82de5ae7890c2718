"""The grant authorization_code (RFC 6749 section 4.1.3): a code becomes tokens, once."""

from collections.abc import Mapping
from typing import Any

from auth.authority import Authority
from auth.authorization.codes import Traded
from auth.client import Client
from auth.server.answers import token_set_body
from auth.server.form import Form


async def authorization_code(authority: Authority, client: Client, form: Form, jkt: str | None) -> Mapping[str, Any]:
    """Trade the code for the tokens of its grant."""
    traded = Traded(
        code=form.required("code"),
        verifier=form.required("code_verifier"),
        redirect_uri=form.get("redirect_uri"),
        resource=form.get("resource"),
        jkt=jkt,
    )
    grant = await authority.token_grants.redeem(client, traded)
    return token_set_body(await authority.token_grants.tokens(grant, client))
