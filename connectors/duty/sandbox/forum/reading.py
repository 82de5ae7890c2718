"""Reading groups, what is written in them, study materials, and the operations on them (``contract/reading.yaml``)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.duty.sandbox.writes import Key, WriteBody
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of, page_of
from connectors.sandbox.contracted.problems import not_allowed, not_found
from connectors.sandbox.forum_scenes import READING_GROUPS, READING_POSTS
from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, MemberSeed, World

Row = dict[str, Any]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"\S")]
_MOST_READERS, _MOST_POSTS = 30, 24


@dataclass(frozen=True, slots=True)
class Post:
    """What a member wrote in a group."""

    id: str
    group: str
    body: str
    posted_at: datetime
    author: MemberSeed

    def row(self) -> Row:
        """The row it is told as."""
        return {
            "id": self.id,
            "groupId": self.group,
            "body": self.body,
            "postedAt": self.posted_at.isoformat(),
            "author": named_member(self.author),
        }


@dataclass(slots=True)
class Group:
    """A reading group; ``readers`` are its members by key, the convener first; posts stand newest first."""

    id: str
    committee: CommitteeSeed
    name: str
    book: str
    introduction: str
    began_at: datetime
    readers: dict[str, MemberSeed]
    posts: list[Post] = field(default_factory=list)

    def row(self) -> Row:
        """The row it is told as."""
        return {
            "id": self.id,
            "name": self.name,
            "book": self.book,
            "introduction": self.introduction,
            **of_committee(self.committee),
            "convener": next((named_member(reader) for reader in self.readers.values()), None),
            "memberCount": len(self.readers),
            "postCount": len(self.posts),
        }


class JoinBody(WriteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A member joins."""

    group_id: Key


class PostBody(WriteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A member writes."""

    group_id: Key
    body: Words


GROUPS: Order[Group] = Order("BEGAN_AT_DESC", lambda group: (-group.began_at.timestamp(), group.id))
POSTS: Order[Post] = Order("POSTED_AT_DESC", lambda post: (-post.posted_at.timestamp(), post.id))


def groups_of(world: World, committee: CommitteeSeed, members: list[MemberSeed]) -> Iterator[Group]:
    """One committee's two groups, and what was written in them until today."""
    random = world.random(f"duty-reading:{committee.code}")
    for at, (name, book, introduction) in enumerate(random.sample(READING_GROUPS, 2)):
        readers = random.sample(members, min(len(members), random.randint(8, _MOST_READERS)))
        key = f"RG{committee.region_code}{at:02d}"
        began_at = world.today - timedelta(days=random.randint(20, 120), minutes=random.randrange(600))
        group = Group(key, committee, name, book, introduction, began_at, {each.key: each for each in readers})
        moments = sorted(random.random() for _ in range(random.randint(6, _MOST_POSTS) if readers else 0))
        for number, moment in enumerate(moments, 1):
            posted_at = began_at + (world.today - began_at) * moment
            body, author = random.choice(READING_POSTS), random.choice(readers)
            group.posts.append(Post(f"{key}-{number:05d}", key, body, posted_at, author))
        group.posts.sort(key=POSTS.place)
        yield group


class Library:
    """All groups; lives as long as the sandbox."""

    def __init__(self, ground: Ground, rolls: Rolls) -> None:
        self._ground = ground
        committees = ground.world.committees
        made = [g for each in committees for g in groups_of(ground.world, each, rolls.members_of(each))]
        self.groups = {group.id: group for group in sorted(made, key=GROUPS.place)}
        self._by_reader: dict[str, dict[str, Group]] = defaultdict(dict)
        for group in self.groups.values():
            for reader in group.readers:
                self._by_reader[reader][group.id] = group

    def matching(self, code: str | None, member: str | None) -> list[Group]:
        """Groups of a committee, of a member, of both or all."""
        groups = self._by_reader.get(member, {}) if member else self.groups
        chosen = (group for group in groups.values() if code is None or group.committee.code == code)
        return sorted(chosen, key=GROUPS.place)

    def post(self, key: str) -> Post | None:
        """One post."""
        group = self.groups.get(key.rpartition("-")[0])
        return next((post for post in group.posts if post.id == key), None) if group else None

    def join(self, body: JoinBody) -> Row:
        """Take a member in."""
        member, group = self._ground.acting_member(body.actor), self._group(body.group_id)
        group.readers[member.key] = member
        self._by_reader[member.key][group.id] = group
        return group.row()

    def write(self, body: PostBody) -> Row:
        """Take what a reader wrote."""
        member, group = self._ground.acting_member(body.actor), self._group(body.group_id)
        if member.key not in group.readers:
            raise not_allowed("the acting member has not joined this group")
        key = f"{group.id}-{len(group.posts) + 1:05d}"
        post = Post(key, group.id, body.body.strip(), self._ground.now(), member)
        group.posts.insert(0, post)
        group.posts.sort(key=POSTS.place)
        return post.row()

    def _group(self, key: str) -> Group:
        group = self.groups.get(key)
        if group is None:
            raise not_found("there is no such group")
        return group


def reading_operations(ground: Ground, rolls: Rolls) -> Sequence[Operation]:
    """Groups and posts: by key, lists, joining, writing."""
    library = Library(ground, rolls)

    def by_key(asked: Asked) -> Row:
        return items_of(library.groups, asked.keys(), Group.row)

    def listed(asked: Asked) -> Row:
        groups = library.matching(asked.key("organizationCode"), asked.key("memberId"))
        return page_of(groups, GROUPS, asked.page(GROUPS), Group.row)

    def posts_by_key(asked: Asked) -> Row:
        keys = asked.keys()
        return items_of({key: post for key in keys if (post := library.post(key))}, keys, Post.row)

    def posts(asked: Asked) -> Row:
        keys = asked.owners()
        lists = {key: library.groups[key].posts for key in keys if key in library.groups}
        return owners_of(lists, keys, POSTS, asked.page(POSTS), Post.row)

    return (
        ground.read("readingGroups", "/reading-groups", by_key),
        ground.read("readingGroups.list", "/reading-groups/list", listed, (*PAGE, "organizationCode", "memberId")),
        ground.read("readingPosts", "/reading-posts", posts_by_key),
        ground.read("readingGroups.posts", "/reading-groups/posts", posts, ("ownerIds", *PAGE)),
        ground.write("readingGroups.join", "/reading-groups/joins", JoinBody, library.join),
        ground.write("readingGroups.post", "/reading-groups/posts", PostBody, library.write),
    )
