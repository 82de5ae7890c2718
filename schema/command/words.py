"""What each value of this folder's enums means, in Chinese and in English."""

WORDS = {
    "AlertKind": {
        "HAZARDOUS_GOODS": ("危化品运输", "Hazardous goods under way."),
        "ILLEGAL_CONSTRUCTION": ("违章搭建", "Illegal construction."),
        "FIRE": ("火情", "Fire."),
        "FLOOD": ("汛情", "Flood."),
        "TRAFFIC": ("交通", "Traffic."),
        "OTHER": ("其他", "Anything else."),
    },
    "AlertLevel": {
        "RED": ("红色", "The gravest."),
        "ORANGE": ("橙色", "The second gravest."),
        "YELLOW": ("黄色", "The third."),
        "BLUE": ("蓝色", "The least grave."),
    },
    "AlertStatus": {
        "RAISED": ("已预警", "Raised."),
        "VERIFYING": ("核实中", "Being looked into."),
        "DISPATCHED": ("已派遣", "Units were sent orders."),
        "RESOLVED": ("已处置", "Dealt with."),
        "FALSE_ALARM": ("误报", "There was nothing."),
    },
    "DispatchStatus": {
        "ISSUED": ("已下达", "The order was given."),
        "SIGNED_FOR": ("已签收", "The unit took it."),
        "HANDLING": ("处置中", "Being worked on."),
        "DONE": ("已完成", "Done."),
    },
    "OrderOrigin": {
        "HOTLINE": ("12345 热线", "The 12345 hotline."),
        "GRID": ("网格上报", "A grid worker."),
        "ALERT": ("预警", "An alert."),
        "LEADER": ("领导交办", "A leader."),
    },
    "VillageFormStatus": {
        "PREFILLED": ("已预填", "Filled from data."),
        "CONFIRMED": ("已确认", "The village confirmed it."),
        "SUBMITTED": ("已上报", "Handed in."),
    },
    "PersonStatusKind": {
        "SOCIAL_SECURITY": ("社会保障", "Social security."),
        "CREDIT": ("信用管理", "Credit."),
        "HEALTH": ("医疗卫生", "Health."),
        "ASSISTANCE": ("救助帮扶", "Assistance."),
    },
}
