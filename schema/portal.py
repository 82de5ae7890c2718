"""Committees' portals: each committee's own page on the work app."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import CommitteeRegistry
from connectors.viewer import Scope
from schema.declarations import Requirement
from schema.fields import described, link, value

if TYPE_CHECKING:
    from schema.organization import Organization


@described(zh="门户上架的应用", en="An application on a committee's shelf.")
class PortalApp:
    """Read from ``connectors.records.organization.PortalApp``."""

    code: str | None = value("code", zh="代码", en="Its code.")
    name: str | None = value("name", zh="名称", en="What it is called.")
    path: str | None = value("path", zh="相对平台页面的路径", en="Where it stands below the platform's own pages.")


@described(zh="政协履职品牌", en="What a committee is known for, such as 请你来协商.")
class Brand:
    """Read from ``connectors.records.organization.Brand``."""

    name: str | None = value("name", zh="名称", en="What it is called.")
    slogan: str | None = value("slogan", zh="口号；没有为空", en="What it says of itself; null where nothing.")


@described(zh="政协组织的工作台门户", en="A committee's portal.")
class OrganizationPortal:
    """Read from ``connectors.records.organization.OrganizationPortal``."""

    apps: list[PortalApp | None] | None = value("apps", zh="上架的应用", en="The applications on its shelf.")
    brands: list[Brand | None] | None = value("brands", zh="自有品牌", en="Its own brands.")
    above: Annotated["Organization", strawberry.lazy("schema.organization")] | None = value(
        "above",
        requires=Requirement(Scope.DIRECTORY_READ),
        zh="上级政协；全国政协之上为空",
        en="The committee a level above; null for the highest.",
    )


PORTAL: Any = link(
    CommitteeRegistry.load_portals,
    zh="工作台门户；普通单位为空",
    en="Its portal on the work app; null for a plain unit.",
)
