"""A citizen as the classic sign-on shows them: flat text fields (wire-formats B2)."""

import hashlib

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.desk import level_of
from connectors.zheliban.settings import ZhelibanSettings

_EMPTY = (
    *(
        "email",
        "postcode",
        "birthday",
        "passport",
        "permitlicense",
        "taiwanlicense",
        "officerlicense",
        "greencard",
        "cakey",
    ),
    *("officeaddress", "officephone", "officefax", "homeaddress", "homephone", "orderby", "headpicture"),
)
_INACTIVE = 50  # every fiftieth citizen's account is not active


def classic_userid(person: PersonSeed, settings: ZhelibanSettings) -> str:
    """The 32 characters of the account; another than the unified one's unless the settings say they are the same."""
    if settings.simple.same_accounts:
        return person.user_id or ""
    return hashlib.sha256(f"classic:{person.user_id}".encode()).hexdigest()[:32]


def user_fields(person: PersonSeed, settings: ZhelibanSettings) -> dict[str, str]:
    """All fields of ``getUserInfo``.

    Somebody at level 1 has typed in name and number themselves: they are there, and prove nothing.
    """
    kind, _, serial = person.id.rpartition("-")
    inactive = kind == "citizen" and int(serial) % _INACTIVE == 0
    known = {
        "userid": classic_userid(person, settings),
        "authlevel": level_of(person),
        "username": person.name,
        "idtype": "1",
        "idnum": person.id_number,
        "sex": person.gender,
        "nation": "01",
        "loginname": f"demo_{person.id}",
        "mobile": person.mobile,
        "country": "中国",
        "province": "浙江省",
        "city": "台州市",
        "useable": "2" if inactive else "1",
    }
    return known | dict.fromkeys(_EMPTY, "")
