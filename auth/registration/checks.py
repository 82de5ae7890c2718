"""What a registration may hold: the same for an operator's command and for a client that registers itself.

One check a line; each raises ``RegistrationError`` with the member, named as on the wire (RFC 7591 section 2).
"""

from collections.abc import Callable, Collection, Sequence

from auth.client import AuthMethod, Client, GrantType
from auth.registration.faults import Fault, RegistrationError
from auth.registration.keys import check_keys
from auth.registration.uris import UriError, redirect_uri, web_uri
from auth.settings import MAX_ACCESS_TOKEN_LIFETIME_S, MIN_ACCESS_TOKEN_LIFETIME_S

_MAX_TEXT = 200
_MOST = 20
_OF_PERSONS = {GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE, GrantType.TOKEN_EXCHANGE}


def checked(client: Client, *, national: bool = False) -> Client:
    """Answer the client when it may be registered as it is; raises ``RegistrationError``.

    ``national``: it may prove itself by SM2, too.
    """
    for check in _CHECKS:
        check(client)
    if client.jwks is not None:
        check_keys(client.jwks, national=national)
    return client


def _has_a_name(client: Client) -> None:
    if not _is_text(client.name):
        raise RegistrationError("client_name", Fault.NAME)


def _may_do_something(client: Client) -> None:
    if not client.grants or not client.scopes:
        raise RegistrationError("scope" if client.grants else "grant_types", Fault.NOTHING)


def _proves_itself_where_it_must(client: Client) -> None:
    if client.is_public and GrantType.CLIENT_CREDENTIALS in client.grants:
        raise RegistrationError("grant_types", Fault.PUBLIC_CREDENTIALS)


def _has_tickets_to_exchange(client: Client) -> None:
    if (GrantType.TOKEN_EXCHANGE in client.grants) != bool(client.ticket_forms):
        raise RegistrationError("ticket_forms", Fault.TICKET_FORMS)


def _has_something_to_refresh(client: Client) -> None:
    if GrantType.REFRESH_TOKEN in client.grants and not client.grants & _OF_PERSONS:
        raise RegistrationError("grant_types", Fault.NOTHING_TO_REFRESH)


def _has_keys_to_prove_itself_by(client: Client) -> None:
    needed = client.auth_method is AuthMethod.PRIVATE_KEY_JWT
    if needed and client.jwks is None:
        raise RegistrationError("jwks", Fault.KEYS_NEEDED)
    if client.jwks is not None and not needed:
        raise RegistrationError("jwks", Fault.KEYS_UNUSED)


def _comes_back_to_safe_places(client: Client) -> None:
    by_code = GrantType.AUTHORIZATION_CODE in client.grants
    if by_code != bool(client.redirect_uris):
        raise RegistrationError("redirect_uris", Fault.NO_REDIRECT_URI if by_code else Fault.REDIRECT_URI_UNUSED)
    for member, uris in (
        ("redirect_uris", client.redirect_uris),
        ("post_logout_redirect_uris", client.post_logout_redirect_uris),
    ):
        _check_uris(member, uris, lambda uri: redirect_uri(uri, native=client.is_public))


def _listens_at_a_safe_place(client: Client) -> None:
    told_at = [] if client.backchannel_logout_uri is None else [client.backchannel_logout_uri]
    _check_uris("backchannel_logout_uri", told_at, web_uri)


def _is_bounded(client: Client) -> None:
    lifetime = client.access_token_lifetime
    if lifetime is not None and not MIN_ACCESS_TOKEN_LIFETIME_S <= lifetime <= MAX_ACCESS_TOKEN_LIFETIME_S:
        raise RegistrationError("access_token_lifetime", Fault.LIFETIME)
    if client.contact is not None and not _is_text(client.contact):
        raise RegistrationError("contacts", Fault.CONTACT)
    if len(client.origins) > _MOST:
        raise RegistrationError("origins", Fault.TOO_MANY)


def _check_uris(member: str, uris: Collection[str], rule: Callable[[str], str]) -> None:
    if len(uris) > _MOST:
        raise RegistrationError(member, Fault.TOO_MANY)
    for uri in uris:
        try:
            rule(uri)
        except UriError as error:
            raise RegistrationError(member, error.fault) from None


def _is_text(text: str) -> bool:
    """Printable, so that it cannot turn a page's text around or break a line of a log."""
    return 0 < len(text) <= _MAX_TEXT and text.isprintable() and text == text.strip()


_CHECKS: Sequence[Callable[[Client], None]] = (
    _has_a_name,
    _may_do_something,
    _proves_itself_where_it_must,
    _has_tickets_to_exchange,
    _has_something_to_refresh,
    _has_keys_to_prove_itself_by,
    _comes_back_to_safe_places,
    _listens_at_a_safe_place,
    _is_bounded,
)
