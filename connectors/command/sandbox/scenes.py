"""What happens in an invented district: towns, villages, alerts, orders, forms."""

from connectors.records.alert import AlertKind

TOWNS = ("城东街道", "城西街道", "新桥镇", "白水镇", "石塘镇", "横溪镇", "双桥乡", "大田街道")
VILLAGES = ("东岸村", "西岙村", "南塘社区", "北门社区", "上坊村", "下陈村", "前洋村", "后林社区")
ALERTS = {
    AlertKind.HAZARDOUS_GOODS: ("危化品运输车辆偏离备案路线", "联动指挥平台", "拦停核查并恢复备案路线"),
    AlertKind.ILLEGAL_CONSTRUCTION: ("发现疑似违章搭建", "智慧管控系统", "现场核查，属实的责令拆除"),
    AlertKind.FIRE: ("出租房烟感持续报警", "烟感平台", "到场排查火情并检查消防通道"),
    AlertKind.FLOOD: ("河道水位超过警戒线", "水文监测站", "巡堤并转移低洼处人员"),
    AlertKind.TRAFFIC: ("学校门口车辆长时间拥堵", "视频巡查", "到场疏导"),
    AlertKind.OTHER: ("窨井盖缺失", "网格员巡查", "设围挡并更换井盖"),
}
ORDERS = ("共享电动车占道停放", "路灯不亮", "垃圾堆放无人清运", "施工噪声扰民", "独居老人需要走访", "邻里漏水纠纷")
FORMS = ("困难群众基本情况表", "常住人口变动台账", "安全隐患排查台账")
LINES = (
    ("户籍人口", "公安局 人口库"),
    ("参加基本医疗保险人数", "医疗保障局 参保库"),
    ("领取最低生活保障户数", "民政局 救助库"),
    ("六十岁以上老人数", "公安局 人口库"),
    ("签约家庭医生人数", "卫生健康局 健康档案库"),
    ("需要说明的情况", None),
)
STATUSES = {
    "SOCIAL_SECURITY": ("正常参保", "人力资源和社会保障局"),
    "CREDIT": ("无失信记录", "社会信用中心"),
    "HEALTH": ("已签约家庭医生", "卫生健康局"),
    "ASSISTANCE": ("未享受救助", "民政局"),
}
