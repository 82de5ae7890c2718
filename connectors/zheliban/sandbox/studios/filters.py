"""Which questions a list wants, and for whom."""

from dataclasses import dataclass

from connectors.records.question import WAITING, Moderation, QuestionStatus
from connectors.records.studio import StudioCategory
from connectors.regions import lies_in
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

PUBLIC, IS_ANSWERED, IS_WAITING = 1, 2, 4
"""Bits of ``AskedQuestion.flags``."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a question is read; all None or False is the public."""

    account: str | None = None
    member: str | None = None
    staff: bool = False
    moderator: bool = False

    @property
    def known(self) -> bool:
        """Whether it is anybody who may see more than is public."""
        return self.account is not None or self.member is not None or self.moderator


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; None: either."""

    answered: bool | None = None
    waiting: bool | None = None
    statuses: frozenset[QuestionStatus] | None = None
    category: StudioCategory | None = None
    region: str | None = None
    asked_by: str | None = None
    addressee: str | None = None
    moderation: Moderation | None = None
    changed_since: float | None = None

    @property
    def flags(self) -> tuple[int, int]:
        """The flags that are looked at, and what they must be."""
        looked = IS_ANSWERED * (self.answered is not None) | IS_WAITING * (self.waiting is not None)
        return looked, IS_ANSWERED * (self.answered or False) | IS_WAITING * (self.waiting or False)

    @property
    def more(self) -> bool:
        """Whether flags do not tell everything."""
        rest = (self.statuses, self.category, self.region, self.asked_by, self.addressee, self.moderation)
        return any(value is not None for value in (*rest, self.changed_since))

    def takes(self, question: AskedQuestion) -> bool:
        """Whether a question whose flags fit is one of them."""
        return (
            (self.statuses is None or question.status in self.statuses)
            and (self.category is None or question.category == self.category.value)
            and (self.region is None or lies_in(question.studio.committee.region_code, self.region))
            and self._concerns(question)
            and self.moderation in (None, question.moderation)
            and (self.changed_since is None or question.changed >= self.changed_since)
        )

    def _concerns(self, question: AskedQuestion) -> bool:
        addressee = question.addressee.key if question.addressee else None
        return self.asked_by in (None, question.asker.user_id) and self.addressee in (None, addressee)


def flags_of(question: AskedQuestion) -> int:
    """The flags of a question as it stands."""
    return PUBLIC * question.public | IS_ANSWERED * question.answered | IS_WAITING * (question.status in WAITING)
