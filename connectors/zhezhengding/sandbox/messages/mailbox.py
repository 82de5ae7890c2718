"""Everybody's messages: some invented when first asked for, the rest sent while the sandbox runs.

Who works in a region stands in a ring: each once wrote to the next one and sent a mail to the next three, and the
region's groups hold them all. So a message is the same one for who sent it and who got it, and none has to be stored.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.records.message import MessageKind
from connectors.zhezhengding.sandbox.messages.texts import CHATS, GROUPS, MAILS, TEXTS
from connectors.zhezhengding.sandbox.office.circles import Circles, Colleague

_ID = re.compile(r"X([0-9]{6})([0-9]{5})([0-3])")
_MAIL_REACHES = 3
_OLDEST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """One message."""

    id: str
    kind: MessageKind
    title: str | None
    body: str
    sent_at: datetime
    sender: Colleague
    receivers: Sequence[Colleague]
    group: str | None

    def concerns(self, employee: str) -> bool:
        """Whether somebody sent or got it."""
        return self.sender.code == employee or any(one.code == employee for one in self.receivers)


class Mailbox:
    """Finds messages by person and by id; lives as long as the sandbox."""

    def __init__(self, circles: Circles) -> None:
        self._circles = circles
        self._today = circles.world.today
        self._sent: dict[str, Sent] = {}
        self._of: dict[str, list[Sent]] = defaultdict(list)

    def of_employee(self, employee: str) -> list[Sent]:
        """What somebody sent and got, each once, in no order."""
        region, at, people = self._circles.neighbours(employee)
        count = len(people)
        found: dict[str, Sent] = {}
        for back in range(min(_MAIL_REACHES + 1, count)):
            for message in self._from(region, (at - back) % count, people):
                if message.concerns(employee):
                    found[message.id] = message
        for message in (*self._in_groups(region, people), *self._of.get(employee, ())):
            found[message.id] = message
        return list(found.values())

    def find(self, key: str) -> Sent | None:
        """The message of that id."""
        if key in self._sent:
            return self._sent[key]
        named = _ID.fullmatch(key)
        if named is None:
            return None
        region, at, people = named[1], int(named[2]), self._circles.people_in(named[1])
        if at >= len(people):
            return None
        told = (*self._from(region, at, people), *self._in_groups(region, people))
        return next((message for message in told if message.id == key), None)

    def add(self, message: Sent) -> None:
        """Put in one that was sent now."""
        self._sent[message.id] = message
        for employee in {message.sender.code, *(one.code for one in message.receivers)}:
            self._of[employee].append(message)

    def _from(self, region: str, at: int, people: Sequence[Colleague]) -> Iterator[Sent]:
        """What one person sent: a chat, a mail, an SMS; nothing where there is nobody else."""
        others = [people[(at + step) % len(people)] for step in range(1, min(_MAIL_REACHES + 1, len(people)))]
        if not others:
            return
        random = self._circles.world.random(f"zhezhengding messages: {region}:{at}")
        moments = sorted(random.uniform(0.2, _OLDEST_DAYS) for _ in range(3))
        mail = random.choice(MAILS)
        plans = (
            (MessageKind.CHAT, None, random.choice(CHATS), others[:1]),
            (MessageKind.MAIL, mail[0], mail[1], others),
            (MessageKind.SMS, None, random.choice(TEXTS), others[:2]),
        )
        for number, (kind, title, body, receivers) in enumerate(plans):
            sent_at = (self._today - timedelta(days=moments[number])).replace(microsecond=0)
            yield Sent(f"X{region}{at:05d}{number}", kind, title, body, sent_at, people[at], receivers, None)

    def _in_groups(self, region: str, people: Sequence[Colleague]) -> Iterator[Sent]:
        """What was said in the region's groups: everybody there got it."""
        for at, (group, body) in enumerate(GROUPS[: len(people)]):
            sender = people[at]
            others = [one for one in people if one.code != sender.code]
            if others:
                sent_at = (self._today - timedelta(days=1 + at * 4, hours=at)).replace(microsecond=0)
                key = f"X{region}{at:05d}3"
                yield Sent(key, MessageKind.GROUP, None, body, sent_at, sender, others, group)
