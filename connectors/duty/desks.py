"""How a subject's desk writes to the duty platform: in the asker's name, once a write id, one row back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from connectors.contracted.payloads import RowPayload
from connectors.contracted.rows import Shape, record_in
from connectors.duty.client import DutyClient
from connectors.errors import NotAllowedError, NotFoundError, OutcomeUnknownError, UnexpectedAnswerError
from connectors.viewer import Ask, Role, Viewer

P = TypeVar("P", bound=RowPayload)
R = TypeVar("R")
Actor = Mapping[str, str]
_CITIZEN_APP = "zheliban"
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Write(Generic[P, R]):
    """One write of the contract: its operation, its path below ``/api/v1``, the row it answers."""

    operation: str
    path: str
    shape: Shape[P, R]


class DutyDesk:
    """One connection's."""

    def __init__(self, client: DutyClient) -> None:
        self._client = client

    async def done(
        self, write: Write[P, R], body: Mapping[str, Any], write_id: str, actor: Actor | None, ask: Ask
    ) -> R:
        """Send the body with its write id and who acts; answer the row that was made or changed.

        Raises ``NotAllowedError``, without a call, where nobody is there to act; else as ``DutyClient.write`` does.
        An answer that cannot be read leaves open what happened: ``OutcomeUnknownError``.
        """
        platform = self._client.platform
        if actor is None:
            raise NotAllowedError(platform, write.operation, "nobody to act")
        deadline = ask.deadline.sooner(self._client.settings.timeout)
        sent = {"writeId": write_id, "actor": dict(actor), **body}
        answer = await self._client.write(write.operation, write.path, sent, deadline)
        try:
            return record_in(answer, write.shape)
        except UnexpectedAnswerError as error:
            raise OutcomeUnknownError(platform, write.operation, "done, but told in no form we know") from error

    def known(self, write: Write[Any, Any], key: str) -> str:
        """A key that can be one of this platform; raises ``NotFoundError`` for any other."""
        if not _KEY.fullmatch(key):
            raise NotFoundError(self._client.platform, write.operation, "no key")
        return key


def member_of(viewer: Viewer) -> Actor | None:
    """The asker as a member; None for who is none."""
    return {"memberId": viewer.member_key} if viewer.member_key else None


def speaker_of(viewer: Viewer) -> Actor | None:
    """The asker as a member, else as a citizen by their account on the citizen app; None for who has neither."""
    account = viewer.accounts.get(_CITIZEN_APP)
    return member_of(viewer) or ({"citizenId": account} if account else None)


def staff_of(viewer: Viewer) -> Actor | None:
    """The asker as staff of a committee's office; None for who is none."""
    staff = Role.STAFF in viewer.roles or Role.MODERATOR in viewer.roles
    return {"employeeCode": viewer.employee_code} if staff and viewer.employee_code else None
