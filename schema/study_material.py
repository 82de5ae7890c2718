"""What there is for members to study."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import StudyMaterialSource
from connectors.records.reading_group import StudyMaterial as StudyMaterialRecord
from connectors.records.reading_group import StudyMaterialKind, StudyMaterialQuery
from connectors.viewer import Scope
from schema.declarations import Found, Requirement
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.node import Node
from schema.paging import connection

if TYPE_CHECKING:
    from schema.organization import Organization

_DUTY = Requirement(Scope.DUTY_READ)

strawberry.enum(StudyMaterialKind, description="What a study material is.")
setattr(StudyMaterialKind, CHINESE, "学习资料的类型")


@described(zh="学习资料", en="Something for members to study.", of=StudyMaterialRecord)
class StudyMaterial(Node):
    """Read from ``connectors.records.reading_group.StudyMaterial``."""

    id: strawberry.ID = identifier("StudyMaterial")
    title: str | None = value("title", zh="标题", en="What it is called.")
    kind: StudyMaterialKind | None = value("kind", zh="类型", en="What it is.")
    url: str | None = value("url", zh="地址", en="Where it is.")
    published_at: datetime | None = value("published_at", zh="发布时间", en="When it was published.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = value(
        "organization", zh="发布的组织；面向全体的为空", en="Whose it is; null for everybody's."
    )


@strawberry.input(description="Which study materials; what is left out does not matter.")
class StudyMaterialFilter:
    """All fields optional."""

    kind: StudyMaterialKind | None = optional("类型", "What they are.")


setattr(StudyMaterialFilter, CHINESE, "学习资料的筛选条件，均可不填")


def _query(organization_key: str | None, arguments: Mapping[str, Any]) -> StudyMaterialQuery:
    chosen = arguments.get("filter") or {}
    return StudyMaterialQuery(kind=chosen.get("kind"), organization_key=organization_key)


_SAID: dict[str, Any] = {
    "arguments": (argument("filter", StudyMaterialFilter | None, zh="筛选", en="Which materials."),),
    "requires": _DUTY,
}
ALL: Any = connection(
    StudyMaterialSource.list_study_materials,
    owner=lambda _, arguments: _query(None, arguments),
    zh="学习资料，新的在前",
    en="Study materials, newest first.",
    **_SAID,
)
OF_COMMITTEE: Any = connection(
    StudyMaterialSource.list_study_materials,
    owner=lambda parent, arguments: _query(parent.key, arguments),
    zh="本组织的学习资料，新的在前",
    en="Its study materials, newest first.",
    **_SAID,
)
BY_ID = Found(StudyMaterialSource.load_study_materials, requires=_DUTY)
