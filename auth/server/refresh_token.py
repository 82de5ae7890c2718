"""The grant refresh_token (RFC 6749 section 6): a client goes on with what it was granted."""

from collections.abc import Mapping
from typing import Any

from auth.authority import Authority
from auth.client import Client
from auth.scopes import asked_scopes
from auth.server.answers import token_set_body
from auth.server.form import Form


async def refresh_token(authority: Authority, client: Client, form: Form, jkt: str | None) -> Mapping[str, Any]:
    """Trade the refresh token for new tokens and its successor."""
    grant = await authority.token_grants.refresh(
        client, form.required("refresh_token"), asked_scopes(form.get("scope")), form.get("resource"), jkt
    )
    return token_set_body(await authority.token_grants.tokens(grant, client))
