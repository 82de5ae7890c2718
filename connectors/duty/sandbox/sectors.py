"""The sectors (界别): the 34 of the 14th National Committee, and the 16 that counties make of them.

A committee's table holds for one term; a row says which national sectors it stands for (domain-terms section 2).
"""

from typing import Any

from connectors.records.member import Sector
from connectors.records.organization import OrganizationLevel
from connectors.sandbox.world import CommitteeSeed, MemberSeed

NATIONAL: dict[str, str] = {
    "CPC": "中国共产党",
    "RCCK": "民革",
    "CDL": "民盟",
    "CNDCA": "民建",
    "CAPD": "民进",
    "CPWDP": "农工党",
    "CZGP": "致公党",
    "JIUSAN": "九三学社",
    "TDSL": "台盟",
    "NON_PARTY": "无党派人士",
    "YOUTH": "共青团和青联",
    "TRADE_UNIONS": "总工会",
    "WOMEN": "妇联",
    "INDUSTRY_COMMERCE": "工商联",
    "SCIENCE_ASSOCIATION": "科协",
    "TAIWAN_COMPATRIOTS": "台联",
    "RETURNED_OVERSEAS_CHINESE": "侨联",
    "CULTURE_ART": "文化艺术界",
    "SCIENCE_TECHNOLOGY": "科学技术界",
    "SOCIAL_SCIENCES": "社会科学界",
    "ECONOMY": "经济界",
    "AGRICULTURE": "农业界",
    "EDUCATION": "教育界",
    "SPORTS": "体育界",
    "PRESS_PUBLICATION": "新闻出版界",
    "MEDICINE_HEALTH": "医药卫生界",
    "FOREIGN_FRIENDSHIP": "对外友好界",
    "WELFARE_SOCIAL_SECURITY": "社会福利和社会保障界",
    "ENVIRONMENT_RESOURCES": "环境资源界",
    "ETHNIC_MINORITIES": "少数民族界",
    "RELIGION": "宗教界",
    "INVITED_HONG_KONG": "特邀香港人士",
    "INVITED_MACAO": "特邀澳门人士",
    "SPECIALLY_INVITED": "特别邀请人士",
}
LOCAL: dict[str, tuple[str, tuple[str, ...]]] = {
    "L_CPC": ("中共", ("CPC",)),
    "L_NON_PARTY": ("无党派", ("NON_PARTY",)),
    "L_YOUTH": ("共青团青联", ("YOUTH",)),
    "L_TRADE_UNIONS": ("工会", ("TRADE_UNIONS",)),
    "L_WOMEN": ("妇联", ("WOMEN",)),
    "L_INDUSTRY_COMMERCE": ("工商联", ("INDUSTRY_COMMERCE",)),
    "L_SCIENCE": ("科技科协", ("SCIENCE_TECHNOLOGY", "SCIENCE_ASSOCIATION")),
    "L_OVERSEAS_TAIWAN": ("侨台", ("RETURNED_OVERSEAS_CHINESE", "TAIWAN_COMPATRIOTS")),
    "L_PRESS_CULTURE_SPORTS": ("新闻文体", ("PRESS_PUBLICATION", "CULTURE_ART", "SPORTS", "SOCIAL_SCIENCES")),
    "L_ECONOMY": ("经济", ("ECONOMY",)),
    "L_ENVIRONMENT_AGRICULTURE": ("环境资源和农业", ("ENVIRONMENT_RESOURCES", "AGRICULTURE")),
    "L_EDUCATION": ("教育", ("EDUCATION",)),
    "L_MEDICINE_HEALTH": ("医卫", ("MEDICINE_HEALTH",)),
    "L_WELFARE": ("社会福利保障", ("WELFARE_SOCIAL_SECURITY",)),
    "L_ETHNIC_RELIGION": ("民族宗教", ("ETHNIC_MINORITIES", "RELIGION")),
    "L_INVITED": (
        "特邀",
        (
            *("RCCK", "CDL", "CNDCA", "CAPD", "CPWDP", "CZGP", "JIUSAN", "TDSL"),
            *("FOREIGN_FRIENDSHIP", "INVITED_HONG_KONG", "INVITED_MACAO", "SPECIALLY_INVITED"),
        ),
    ),
}
_LOCAL_OF = {code: Sector(code=key, name=name) for key, (name, codes) in LOCAL.items() for code in codes}
_LOCALLY = frozenset({OrganizationLevel.COUNTY, OrganizationLevel.TOWNSHIP})


def sector_of(member: MemberSeed) -> Sector:
    """The sector a member represents, as the member's own committee calls it."""
    return _LOCAL_OF[member.sector.code] if member.committee.level in _LOCALLY else member.sector


def sector_rows(committee: CommitteeSeed) -> list[dict[str, Any]]:
    """A committee's table, in its order."""
    if committee.level in _LOCALLY:
        table = [(code, name, codes) for code, (name, codes) in LOCAL.items()]
    else:
        table = [(code, name, (code,)) for code, name in NATIONAL.items()]
    return [
        {"id": code, "name": name, "nationalSectorCodes": list(codes), "order": at}
        for at, (code, name, codes) in enumerate(table, 1)
    ]
