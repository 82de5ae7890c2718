"""What the invented public says: topic, what is wanted, in short, in full; told of no person in particular."""

from connectors.records.question import QuestionKind

Matter = tuple[str, QuestionKind, str, str]
MATTERS: tuple[Matter, ...] = (
    ("公共交通", QuestionKind.SUGGESTION, "{region}早晚高峰公交间隔太长", "建议加密班次，并在主要道路设公交专用道。"),
    ("停车", QuestionKind.COMPLAINT, "{region}老小区夜间停车难", "周边道路夜间可以错时开放，盼与单位停车场协调共享。"),
    ("校园食品", QuestionKind.CONSULTATION, "{region}学校食堂是否配专职营养师", "家长希望公开每周食谱和食材来源。"),
    ("污水管网", QuestionKind.HELP, "{region}雨天路面积水倒灌", "老旧管网一遇大雨就积水，盼尽快改造。"),
    ("共享电动车", QuestionKind.COMPLAINT, "{region}共享电动车占用人行道", "站点过少，车辆乱停，行人只能走机动车道。"),
    ("养老服务", QuestionKind.SUGGESTION, "{region}希望多设老年食堂", "高龄独居老人做饭不便，建议由社区统一配餐。"),
    (
        "营商环境",
        QuestionKind.SUGGESTION,
        "{region}惠企政策申报材料重复",
        "同一份材料要交三个部门，建议免申即享。",
    ),
    ("夜间噪声", QuestionKind.COMPLAINT, "{region}工地夜间施工扰民", "凌晨仍有车辆进出，盼严格核定施工时段。"),
    ("渔业安全", QuestionKind.SUGGESTION, "{region}渔船避风锚地不足", "台风季锚地拥挤，建议扩建并公布泊位。"),
    ("电动车充电", QuestionKind.HELP, "{region}小区缺少充电设施", "飞线充电有隐患，盼统一建设充电棚。"),
)
