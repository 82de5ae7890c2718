"""The grant client credentials (RFC 6749 section 4.4): a partner system asks for itself."""

from collections.abc import Mapping
from typing import Any

from auth.authority import Authority
from auth.client import Client
from auth.resources import audience_of
from auth.scopes import asked_scopes
from auth.server.answers import issued_body
from auth.server.form import Form


async def client_credentials(authority: Authority, client: Client, form: Form, jkt: str | None) -> Mapping[str, Any]:
    """Answer a token of the client itself."""
    scopes, audience = asked_scopes(form.get("scope")), audience_of(authority.settings, form.get("resource"))
    return issued_body(await authority.client_credentials(client, scopes, audience=audience, jkt=jkt))
