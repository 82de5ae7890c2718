"""What a leg's or a link's failure is on a page."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from auth.legs import LegError, LegFault
from auth.linking import LinkingError, Refused
from auth.pages.troubles import PageError, Trouble

TROUBLES: Mapping[LegFault | Refused, Trouble] = {
    LegFault.NO_SUCH_WAY: Trouble.NOT_FOUND,
    LegFault.TOO_LONG: Trouble.SIGN_IN_TOO_LONG,
    LegFault.LOST: Trouble.SIGN_IN_LOST,
    LegFault.DENIED: Trouble.SIGN_IN_DENIED,
    LegFault.BAD_TICKET: Trouble.SIGN_IN_TICKET,
    LegFault.AWAY: Trouble.PLATFORM_AWAY,
    Refused.COMPANY: Trouble.LINK_COMPANY,
    Refused.ELSEWHERE: Trouble.LINK_ELSEWHERE,
    Refused.OTHER_MEMBER: Trouble.LINK_OTHER_MEMBER,
    Refused.GONE: Trouble.SIGN_IN_LOST,
    Refused.NOT_YOURS: Trouble.NOT_UNLINKED,
    Refused.LAST: Trouble.NOT_UNLINKED,
    Refused.REGISTRY: Trouble.LINK_REGISTRY,
}


@contextmanager
def trouble_of(*, back: str) -> Iterator[None]:
    """Turn the failures of what happens within into the pages that tell them."""
    try:
        yield
    except LegError as error:
        raise PageError(TROUBLES[error.fault], back=back) from error
    except LinkingError as error:
        raise PageError(TROUBLES[error.reason], back=back) from error
