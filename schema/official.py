"""Officials: people of the work app's address book, as holders of an office."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import MemberRegistry, OfficialSource
from connectors.records.official import Official as OfficialRecord
from connectors.records.official import OfficialListing, OfficialRef
from connectors.viewer import PersonalClass, Role, Scope
from schema.declarations import People, Requirement, Whose
from schema.fields import described, identifier, link, value
from schema.node import Node
from schema.notice import NOTICES, Notice
from schema.organization import Organization
from schema.paging import Connection
from schema.todo import TODOS, Todo

if TYPE_CHECKING:
    from schema.member import Member


@described(
    zh="浙政钉通讯录中的公职人员",
    en="An official: a person of the work app's address book.",
    of=OfficialRecord | OfficialRef | OfficialListing,
)
class Official(Node):
    """Name, title and organisation of an office-holder are public; the phone is the office's, never the mobile."""

    id: strawberry.ID = identifier("Official", key="employee_code")
    name: str | None = value(
        "name", source=OfficialSource.load_officials, personal=PersonalClass.PUBLIC_OFFICE, zh="姓名", en="Name."
    )
    title: str | None = value(
        "title",
        source=OfficialSource.load_officials,
        personal=PersonalClass.PUBLIC_OFFICE,
        zh="主职的职务",
        en="Title of the main post.",
    )
    phone: str | None = value(
        "office_phone",
        source=OfficialSource.load_officials,
        personal=PersonalClass.PHONE,
        requires=Requirement(Scope.DIRECTORY_READ),
        whose=Whose(People.EMPLOYEE, "employee_code"),
        whole=Requirement(roles=frozenset({Role.OFFICIAL, Role.MEMBER, Role.STAFF})),
        zh="办公电话（从不是手机）；非公职人员看到的是脱敏号码",
        en="Office phone, never the mobile; masked for who is neither official nor member.",
    )
    organization: Organization | None = value(
        "organization",
        source=OfficialSource.load_officials,
        personal=PersonalClass.PUBLIC_OFFICE,
        zh="主职所在单位",
        en="The organisation of the main post.",
    )
    member: Annotated["Member", strawberry.lazy("schema.member")] | None = link(
        MemberRegistry.load_members_by_employee,
        key="employee_code",
        zh="政协委员身份；不是委员为空",
        en="The same person as member of a committee; null for others.",
    )
    todos: Connection[Todo] | None = TODOS
    notices: Connection[Notice] | None = NOTICES
