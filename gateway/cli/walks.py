"""Whom one can be on the sandbox, and the way each of them signs in."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.platform import Platform
from connectors.records.identity import TicketForm
from gateway.platforms import PLATFORMS


class Who(enum.StrEnum):
    """Whom to be."""

    CITIZEN = "citizen"
    MEMBER = "member"
    OFFICIAL = "official"
    STAFF = "staff"
    MODERATOR = "moderator"
    OPS = "ops"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Walk:
    """How that person signs in, and what their front end asks for unless told otherwise.

    ``by_browser``: through every page, as what they ask for takes a second factor.
    """

    form: TicketForm | None
    scope: str
    by_browser: bool = False


WALKS = {
    Who.CITIZEN: Walk(TicketForm.ZHELIBAN_UNIFIED, "openid graph:read question:write workorder:write"),
    Who.MEMBER: Walk(TicketForm.ZHEZHENGDING_APP, "openid graph:read duty:read duty:write directory:read office:write"),
    Who.OFFICIAL: Walk(TicketForm.ZHEZHENGDING_APP, "openid graph:read directory:read office:read office:write"),
    Who.STAFF: Walk(
        TicketForm.ZHEZHENGDING_APP, "openid graph:read duty:read duty:write office:read office:write cockpit:read"
    ),
    Who.MODERATOR: Walk(TicketForm.ZHEZHENGDING_APP, "openid graph:read duty:write"),
    Who.OPS: Walk(TicketForm.ZHEZHENGDING_APP, "openid ops:read", by_browser=True),
    Who.PARTNER: Walk(None, "opinion:read"),
}
_NOT_ALSO = {Who.CITIZEN: {"member", "official"}, Who.OFFICIAL: {"member", "staff"}, Who.STAFF: {"ops", "moderator"}}
"""A plain citizen is no member or official too, and so on."""
_RATHER = {Who.MEMBER: "member-0122"}
"""Convener of the studio that the first query shows: the first member of all has no studio, so nothing to answer."""


def platform_of(form: TicketForm) -> Platform:
    """The platform that gives tickets of that form."""
    return next(platform for platform in PLATFORMS if form in platform.tickets)


def first_fit(persons: Sequence[Mapping[str, Any]], who: Who) -> Mapping[str, Any] | None:
    """Of a platform's sandbox people who are that and not more, the one with most to try, else the first."""
    others = _NOT_ALSO.get(who, set())
    fits = [row for row in persons if who.value in row["roles"] and not others & set(row["roles"])]
    rather = [row for row in fits if row["id"] == _RATHER.get(who)]
    return next(iter(rather + fits), None)
