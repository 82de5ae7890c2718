"""The grant client credentials (RFC 6749 section 4.4): a partner system asks for itself."""

from collections.abc import Mapping
from typing import Any

from auth.authority import Authority
from auth.client import Client
from auth.scopes import asked_scopes
from auth.server.answers import issued_body
from auth.server.form import Form


async def client_credentials(authority: Authority, client: Client, form: Form) -> Mapping[str, Any]:
    """Answer a token of the client itself."""
    return issued_body(await authority.client_credentials(client, asked_scopes(form.get("scope"))))
