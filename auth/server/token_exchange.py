"""The grant token-exchange (RFC 8693): a platform's ticket becomes an access token, with no redirect."""

from collections.abc import Mapping
from typing import Any

from auth.authority import Authority
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.resources import audience_of
from auth.scopes import asked_scopes
from auth.server.answers import token_set_body
from auth.server.form import Form
from connectors.records.identity import TicketForm

TICKET_TYPE_PREFIX = "urn:tongxin:params:oauth:token-type:"
ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a name, RFC 8693 section 3
_FORMS = {TICKET_TYPE_PREFIX + form.value: form for form in TicketForm}


async def token_exchange(authority: Authority, client: Client, form: Form, jkt: str | None) -> Mapping[str, Any]:
    """Read the parameters, hand the ticket in, answer the token."""
    _refuse_what_we_cannot(form)
    ticket = form.required("subject_token")
    ticket_form = _FORMS.get(form.required("subject_token_type"))
    if ticket_form is None:
        raise OAuthError(Refusal.UNKNOWN_TICKET_TYPE)
    scopes, audience = asked_scopes(form.get("scope")), _audience(authority, form)
    tokens = await authority.exchange(client, ticket_form, ticket, scopes, audience=audience, jkt=jkt)
    return {**token_set_body(tokens), "issued_token_type": ACCESS_TOKEN_TYPE}


def _refuse_what_we_cannot(form: Form) -> None:
    """No delegation, no other kind of token (RFC 8693 section 2.1)."""
    delegates = form.get("actor_token") or form.get("actor_token_type")
    if delegates or form.get("requested_token_type") not in {None, ACCESS_TOKEN_TYPE}:
        raise OAuthError(Refusal.UNSUPPORTED_PARAMETER)


def _audience(authority: Authority, form: Form) -> str:
    """Of ``resource`` and ``audience``, which both name whom the token is for, the one that was sent."""
    named = {form.get("resource"), form.get("audience")} - {None}
    if len(named) > 1:
        raise OAuthError(Refusal.BAD_TARGET)
    return audience_of(authority.settings, next(iter(named), None))
