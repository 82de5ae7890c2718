"""What the seeded questions are about, in the order of ``connectors/sandbox/scenes.py``; new ones are told by words."""

from collections.abc import Mapping

from connectors.records.studio import StudioCategory

_C = StudioCategory
TOPICS: Mapping[StudioCategory, tuple[str, ...]] = {
    _C.LAW: ("租房纠纷", "社保缴纳", "邻里纠纷", "消费维权"),
    _C.MEDICAL: ("老年病", "儿童健康", "医保结算", "慢性病用药"),
    _C.FINANCE: ("创业贷款", "信用卡", "企业续贷", "电信诈骗"),
    _C.EDUCATION: ("入学学区", "课后托管", "学生心理", "随迁子女"),
    _C.AGRICULTURE: ("水稻病虫害", "杨梅种植", "土地流转", "农业补贴"),
    _C.INDUSTRY: ("二手车过户", "冲锋衣面料", "企业用工", "企业搬迁"),
    _C.CULTURE: ("非遗体验", "文化礼堂", "历史建筑"),
    _C.OTHER: ("渔业安全", "电动车充电", "垃圾分类", "惠企政策"),
}
_WORDS = {
    "租房": "租房纠纷",
    "房东": "租房纠纷",
    "社保": "社保缴纳",
    "漏水": "邻里纠纷",
    "医保": "医保结算",
    "贷款": "创业贷款",
    "信用卡": "信用卡",
    "诈骗": "电信诈骗",
    "学区": "入学学区",
    "上小学": "入学学区",
    "托管": "课后托管",
    "水稻": "水稻病虫害",
    "杨梅": "杨梅种植",
    "二手车": "二手车过户",
    "非遗": "非遗体验",
    "渔船": "渔业安全",
    "充电": "电动车充电",
    "垃圾": "垃圾分类",
}
OTHER = "其他"


def topic_of(text: str) -> str:
    """The topic whose word stands in a new question's text."""
    return next((topic for word, topic in _WORDS.items() if word in text), OTHER)
