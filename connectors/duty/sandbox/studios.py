"""Studios: by key, the members of each, the studios of each member."""

from collections.abc import Sequence
from typing import Any

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.members import member_row
from connectors.duty.sandbox.rows import named_member, named_studio, of_committee
from connectors.records.studio import StudioKind
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of, short_of
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed, StudioSeed

Row = dict[str, Any]
_TAGS = ("线上常驻", "每周值班", "下乡服务", "青年委员", "专家坐诊", "上门调解", "惠企服务", "共富工坊")
_KINDS = tuple(StudioKind)
_JOINED, _JOINED_EVERY = 3, 2  # three studios on one theme work together, in every second three of them


class Studios:
    """Indexed once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.by_key = {studio.key: studio for studio in ground.world.studios}
        self.of_member: dict[str, list[StudioSeed]] = {member.key: [] for member in ground.world.members}
        of_theme: dict[str, list[StudioSeed]] = {}
        for studio in ground.world.studios:
            of_theme.setdefault(studio.theme, []).append(studio)
            for member in studio.members:
                self.of_member[member.key].append(studio)
        self._joined = {
            studio.key: peers[start : start + _JOINED]
            for peers in of_theme.values()
            for start in range(0, len(peers), _JOINED * _JOINED_EVERY)
            for studio in peers[start : start + _JOINED]
        }
        self._convener_first: Order[tuple[int, MemberSeed]] = Order(
            "CONVENER_FIRST", lambda place: (float(place[0]), place[1].key)
        )

    def rows(self, asked: Asked) -> Row:
        """``GET /studios``."""
        return items_of(self.by_key, asked.keys(), self.row)

    def members(self, asked: Asked) -> Row:
        """``GET /studios/members``: the convener first, the others by id."""
        order = self._convener_first

        def row(place: tuple[int, MemberSeed]) -> Row:
            return member_row(place[1])

        return owners_of(self._places, asked.owners(), order, asked.page(order), row)

    def of_members(self, asked: Asked) -> Row:
        """``GET /members/studios``."""
        known = [key for key in asked.owners() if key in self.of_member]
        return short_of({key: [self.row(studio) for studio in self.of_member[key]] for key in known})

    def row(self, studio: StudioSeed) -> Row:
        """One studio."""
        return {
            "id": studio.key,
            "name": studio.name,
            "introduction": studio.introduction,
            "phone": studio.phone,
            "address": studio.address,
            "category": studio.category.value,
            "convener": named_member(studio.members[0]),
            "memberCount": len(studio.members),
            **self._standing(studio),
            **of_committee(studio.committee),
        }

    def _standing(self, studio: StudioSeed) -> Row:
        """What kind it is, how it was rated, and with whom it works together."""
        random = self._ground.world.random(f"duty-studio:{studio.key}")
        kind, stars, tags = random.choice(_KINDS), random.choice((None, 3, 4, 4, 5)), random.sample(_TAGS, 2)
        joined = [other for other in self._joined.get(studio.key, ()) if other is not studio]
        return {
            "kind": kind.value,
            "starRating": stars,
            "tags": tags,
            "jointStudios": [named_studio(other) for other in joined],
        }

    def _places(self, key: str) -> Sequence[tuple[int, MemberSeed]] | None:
        studio = self.by_key.get(key)
        if studio is None:
            return None
        convener = studio.members[0]
        places = [(0 if member is convener else 1, member) for member in studio.members]
        return sorted(places, key=self._convener_first.place)


def operations(ground: Ground) -> Sequence[Operation]:
    """Studios and who is in which."""
    studios = Studios(ground)
    return [
        ground.read("studios", "/studios", studios.rows),
        ground.read("studios.members", "/studios/members", studios.members, ("ownerIds", *PAGE)),
        ground.read("members.studios", "/members/studios", studios.of_members, ("ownerIds",)),
    ]
