"""Officials: people of the work app's address book, as holders of an office."""

import strawberry

from connectors.ports import OfficialSource
from connectors.records.official import Official as OfficialRecord
from connectors.records.official import OfficialRef
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Requirement
from schema.fields import described, identifier, value
from schema.node import Node
from schema.organization import Organization


@described(
    zh="浙政钉通讯录中的公职人员",
    en="An official: a person of the work app's address book.",
    of=OfficialRecord | OfficialRef,
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
        zh="办公电话（从不是手机）",
        en="Office phone, never the mobile.",
    )
    organization: Organization | None = value(
        "organization",
        source=OfficialSource.load_officials,
        personal=PersonalClass.PUBLIC_OFFICE,
        zh="主职所在单位",
        en="The organisation of the main post.",
    )
