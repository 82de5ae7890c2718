"""Bodies, places, people, and the systems they are kept in."""

_LEVELS = {
    "PROVINCIAL": ("省级", "Of a province."),
    "MUNICIPAL": ("市级", "Of a city of several counties."),
    "COUNTY": ("县级（区、县、市）", "Of a county, a district or a county-level city."),
}
WORDS = {
    "StudioCategory": {
        "LAW": ("法律", "Law."),
        "MEDICAL": ("医疗", "Medicine and health."),
        "FINANCE": ("金融", "Finance."),
        "EDUCATION": ("教育", "Education."),
        "AGRICULTURE": ("农技", "Farming and its techniques."),
        "INDUSTRY": ("产业", "Industry and business."),
        "CULTURE": ("文化", "Culture."),
        "OTHER": ("其他", "Anything else."),
    },
    "StudioKind": {
        "STREET_GROUP": ("街道小组", "A street's group of members."),
        "SECTOR": ("界别", "A sector."),
        "FEATURED": ("特色", "One with a subject of its own."),
        "PERSONAL": ("个人", "A single member."),
        "COMMUNITY": ("社区", "A community."),
    },
    "StudioOrder": {
        "FOLLOWERS_DESC": ("关注多的在前", "Most followed first."),
        "LIKES_DESC": ("点赞多的在前", "Most liked first."),
        "RATING_DESC": ("评分高的在前", "Best rated first."),
    },
    "StudioRankingOrder": {"ACTIVITY_DESC": ("答复多的在前", "Most replies first.")},
    "RegionLevel": _LEVELS,
    "OrganizationLevel": _LEVELS
    | {
        "NATIONAL": ("全国", "The National Committee."),
        "TOWNSHIP": ("乡镇、街道", "Of a township or a street."),
    },
    "AdoptionLevel": {
        "NATIONAL": ("全国政协", "By the National Committee."),
        "PROVINCIAL": ("省", "By the province."),
        "MUNICIPAL": ("市", "By the city."),
        "COUNTY": ("区县", "By the county."),
    },
    "MemberOrder": {
        "ORGANIZATION_ASC": ("按政协组织", "By committee."),
        "NAME_ASC": ("按姓名", "By name."),
    },
    "Role": {
        "ANYONE": ("未登录", "Anyone, without a token."),
        "CITIZEN": ("群众", "A person of the citizen app."),
        "MEMBER": ("政协委员", "A member of a CPPCC committee."),
        "OFFICIAL": ("机关工作人员", "An official of the work app."),
        "STAFF": ("政协机关工作人员", "An official of a committee's office."),
        "MODERATOR": ("审核员", "Who decides what is published."),
        "OPS": ("运维人员", "Who keeps the systems running."),
        "PARTNER": ("合作系统", "A partner's system, no person."),
    },
    "SearchKind": {
        "STUDIO": ("委员工作室", "Member studios."),
        "MEMBER": ("政协委员", "Members, by name."),
        "QUESTION": ("已公开的提问", "Published questions."),
        "KNOWLEDGE_ARTICLE": ("知识库条目", "The knowledge base."),
        "DELIBERATION": ("协商议题", "Deliberations."),
        "OFFICIAL": ("机关工作人员", "Officials, by name; needs the directory's scope."),
    },
    "ConnectorStatus": {
        "UP": ("正常", "It answers."),
        "DEGRADED": ("不稳定，部分请求失败", "It answers, but part of the calls fail."),
        "DOWN": ("不可用，或未配置", "It does not answer as it should, or nobody set it up."),
    },
    "BreakerState": {
        "CLOSED": ("放行", "Calls go through."),
        "OPEN": ("阻断", "Calls are refused at once."),
        "HALF_OPEN": ("试探", "One call is let through to see."),
    },
}
