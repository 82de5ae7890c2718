"""Study materials and the operations on them (``contract/reading.yaml``)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rows import of_committee
from connectors.records.reading_group import StudyMaterialKind
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, page_of
from connectors.sandbox.forum_scenes import MATERIALS
from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, World

Row = dict[str, Any]
_ADDRESS = "https://study.duty.example/materials/{key}"
_NOBODYS: Row = {"organizationCode": None, "organizationName": None, "organizationLevel": None}


@dataclass(frozen=True, slots=True)
class Material:
    """Something to study; of a committee, or for everybody."""

    id: str
    title: str
    kind: StudyMaterialKind
    published_at: datetime
    committee: CommitteeSeed | None

    def row(self) -> Row:
        """The row it is told as."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "url": _ADDRESS.format(key=self.id),
            "publishedAt": self.published_at.isoformat(),
            **(of_committee(self.committee) if self.committee else _NOBODYS),
        }


NEWEST: Order[Material] = Order("PUBLISHED_AT_DESC", lambda each: (-each.published_at.timestamp(), each.id))


def materials_of(world: World) -> Iterator[Material]:
    """All there are for everybody, and two a committee."""
    random = world.random("duty-materials")
    for at, (title, kind) in enumerate(MATERIALS):
        moment = world.today - timedelta(days=random.randint(1, 300), minutes=random.randrange(600))
        yield Material(f"SM{at:04d}", title, kind, moment, None)
    for committee in world.committees:
        for at, (title, kind) in enumerate(random.sample(MATERIALS, 2)):
            moment = world.today - timedelta(days=random.randint(1, 300), minutes=random.randrange(600))
            name = f"{committee.short_name}：{title}"
            yield Material(f"SM{committee.region_code}{at:02d}", name, kind, moment, committee)


def material_operations(ground: Ground) -> Sequence[Operation]:
    """By key and whole lists."""
    materials = sorted(materials_of(ground.world), key=NEWEST.place)
    known = {material.id: material for material in materials}

    def by_key(asked: Asked) -> Row:
        return items_of(known, asked.keys(), Material.row)

    def listed(asked: Asked) -> Row:
        kind, code = asked.choice("kind", StudyMaterialKind), asked.key("organizationCode")
        chosen = [
            each
            for each in materials
            if (kind is None or each.kind is kind)
            and (code is None or (each.committee is not None and each.committee.code == code))
        ]
        return page_of(chosen, NEWEST, asked.page(NEWEST), Material.row)

    return (
        ground.read("studyMaterials", "/study-materials", by_key),
        ground.read("studyMaterials.list", "/study-materials/list", listed, (*PAGE, "kind", "organizationCode")),
    )
