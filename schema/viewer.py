"""The person who asks: who they are to each platform, and their own desk."""

from datetime import datetime

import strawberry

from connectors.ports import AccountSource
from connectors.records.account import Account
from connectors.viewer import PersonalClass, Role
from schema.declarations import Own
from schema.fields import CHINESE, declared, described, identifier, value
from schema.member import Member
from schema.node import Node
from schema.official import Official
from schema.paging import Connection
from schema.question import Question
from schema.question_lists import OWN_QUESTIONS
from schema.work_order import WorkOrder
from schema.work_order_lists import OWN_WORK_ORDERS

strawberry.enum(Role, description="What somebody is to the system.")
setattr(Role, CHINESE, "角色")


@described(zh="在一个平台上的账号", en="An account of the asker on one platform.")
class Identity:
    """Read from ``connectors.records.account.LinkedIdentity``."""

    platform: str | None = value("platform", zh="平台", en="The platform, e.g. `zheliban`.")
    subject: str | None = value(
        "subject", personal=PersonalClass.OWN_CHOICE, zh="该平台的账号标识", en="The account's id there."
    )
    linked_at: datetime | None = value("linked_at", zh="关联时间", en="When it became this person's.")


@described(zh="提问者本人", en="The person who asks.", of=Account)
class Viewer(Node):
    """Read from ``connectors.records.account.Account``; nobody reads another's."""

    id: strawberry.ID = identifier("Viewer")
    display_name: str | None = value(
        "display_name", personal=PersonalClass.NAME, zh="姓名（本人可见全名）", en="The whole name: it is one's own."
    )
    roles: list[Role] | None = value("roles", zh="角色", en="What one is: citizen, member, official, staff …")
    identities: list[Identity | None] | None = value(
        "identities", zh="已关联的平台账号", en="The accounts that are this person's, in the order they came."
    )
    member: Member | None = value("member", zh="政协委员身份；不是委员为空", en="Oneself as member; null for others.")
    official: Official | None = value(
        "official", zh="浙政钉上的身份；没有账号为空", en="Oneself on the work app; null without an account there."
    )
    questions: Connection[Question] | None = OWN_QUESTIONS
    work_orders: Connection[WorkOrder] | None = OWN_WORK_ORDERS


VIEWER = declared(
    Own(AccountSource.load_accounts, lambda viewer: viewer.person_id),
    zh="提问者本人；未登录或系统客户端为空",
    en="Who asks; null without a person's token.",
)
