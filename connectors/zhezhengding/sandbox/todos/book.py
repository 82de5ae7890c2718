"""Everybody's to-dos by account; what was there before is invented when first looked at."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from connectors.sandbox.scenes import ASKED
from connectors.sandbox.world import PersonSeed, World
from connectors.zhezhengding.sandbox.people import accounts_by_person

OPEN, DONE, CANCELLED = "OPEN", "DONE", "CANCELLED"
_SENDER = "委员工作室"
_MEETINGS = ("委员活动日活动", "提案办理协商会", "民生议事堂协商活动", "专题协商会", "读书交流会")
_MOST_OPEN, _MOST_DONE = 5, 8


@dataclass(slots=True)
class Task:
    """One to-do. Times are of the platform's wall clock, with its zone."""

    uuid: str
    package: str
    assignee: str
    creator: str
    creator_name: str
    subject: str
    url: str
    mobile_url: str
    created_at: datetime
    due_at: datetime | None = None
    status: str = OPEN
    finished_at: datetime | None = None

    def end(self, status: str, now: datetime) -> None:
        """Finish or take back what is open; what is over stays as it is."""
        if self.status == OPEN:
            self.status, self.finished_at = status, now


class TaskBook:
    """Finds to-dos by account, id and package; lives as long as the sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = {str(account.account_id): person for person, account in accounts_by_person(world).values()}
        self._studio = {m.key: studio for studio in world.studios for m in studio.members}
        self._members = {member.person.id: member for member in world.members}
        self._of: dict[str, list[Task]] = {}
        self._by_uuid: dict[str, Task] = {}
        self._packages: dict[str, list[Task]] = defaultdict(list)

    def knows(self, account: str) -> bool:
        """Whether somebody has that account."""
        return account in self._people

    def name_of(self, account: str) -> str:
        """The name of an account that is known."""
        return self._people[account].name

    def of(self, account: str) -> list[Task]:
        """Somebody's to-dos, in no order."""
        if account not in self._of:
            self._of[account] = []
            if account in self._people:
                for task in self._invented(account, self._people[account]):
                    self.add(task)
        return self._of[account]

    def find(self, account: str, uuid: str) -> Task | None:
        """A to-do of that id that waits for that account."""
        self.of(account)
        task = self._by_uuid.get(uuid)
        return task if task is not None and task.assignee == account else None

    def package(self, account: str, uuid: str) -> list[Task]:
        """The to-dos of a package one of which is that account's; none otherwise."""
        self.of(account)
        tasks = self._packages.get(uuid, [])
        return tasks if any(task.assignee == account for task in tasks) else []

    def has_package(self, uuid: str) -> bool:
        """Whether a package of that id was made."""
        return uuid in self._packages

    def add(self, task: Task) -> None:
        """Put one in."""
        self.of(task.assignee).append(task)
        self._by_uuid[task.uuid] = task
        self._packages[task.package].append(task)

    def _invented(self, account: str, person: PersonSeed) -> Iterator[Task]:
        random = self._world.random(f"zhezhengding to-dos: {account}")
        count, done = random.randint(2, _MOST_OPEN), random.randint(2, _MOST_DONE)
        for at in range(count + done):
            created = self._world.today - timedelta(days=at * 2 + random.random() * 2)
            created = created.replace(microsecond=0)
            subject = self._subject(random, person, at)
            link = f"https://gw.example.cn/todo/{account}{at:02d}"
            mobile = f"https://gw.example.cn/m/todo/{account}{at:02d}"
            due = created + timedelta(days=random.randint(3, 10)) if at % 4 != 3 else None  # noqa: PLR2004 - some have none
            task = Task(
                f"T{account}{at:02d}",
                f"P{account}{at:02d}",
                account,
                account,
                _SENDER,
                subject,
                link,
                mobile,
                created,
                due,
            )
            if at >= count:
                task.end(DONE, created + timedelta(hours=random.randint(1, 40)))
            yield task

    def _subject(self, random: Random, person: PersonSeed, at: int) -> str:
        """Members answer questions of their studio; everybody comes to meetings."""
        member = self._members.get(person.id)
        studio = self._studio.get(member.key) if member else None
        if studio is not None and at % 3:
            return f"答复提问：{random.choice(ASKED[studio.category])[0]}"
        return f"参加活动：{random.choice(_MEETINGS)}"
