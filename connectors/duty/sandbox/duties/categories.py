"""The categories of duty (domain-terms section 7): what a county's committee scores by, and what records are called."""

from dataclasses import dataclass

from connectors.records.duty_record import DutyRecordSource


@dataclass(frozen=True, slots=True)
class Category:
    """``points`` a thing, at most ``most`` in a year (None: no limit); between ``least`` and ``top`` things a year."""

    code: str
    name: str
    points: int
    most: int | None
    least: int
    top: int
    source: DutyRecordSource
    titles: tuple[str, ...]


_OFFICE, _ATTENDANCE = DutyRecordSource.OFFICE, DutyRecordSource.ATTENDANCE
CATEGORIES: tuple[Category, ...] = (
    Category("PLENARY_ATTENDANCE", "全体会议出席", 10, 10, 1, 1, _ATTENDANCE, ("出席全体会议",)),
    Category("STANDING_MEETING", "常委会、主席会议", 2, 6, 0, 3, _ATTENDANCE, ("列席常务委员会会议", "列席主席会议")),
    Category(
        "CONSULTATION", "协商", 3, 9, 0, 4, _ATTENDANCE, ("“双减”政策专题协商", "渔民转型转产协商", "优化营商环境协商")
    ),
    Category("RESEARCH", "调研", 2, 8, 0, 4, _OFFICE, ("仙梅共富产业调研", "冲锋衣产业发展调研", "非遗传承调研")),
    Category("INSPECTION", "视察、考察", 2, 6, 0, 3, _OFFICE, ("“无废城市”建设视察", "学校食堂管理视察")),
    Category("PROPOSAL", "提案", 8, 24, 0, 3, DutyRecordSource.PROPOSAL, ("提交提案并立案", "联名提案")),
    Category("OPINION_REPORT", "社情民意信息", 3, 15, 0, 6, DutyRecordSource.OPINION_REPORT, ("社情民意信息被采用",)),
    Category("PLENARY_SPEECH", "大会发言", 5, 5, 0, 1, _OFFICE, ("全体会议大会发言",)),
    Category("TRAINING", "学习培训", 2, 6, 1, 4, _ATTENDANCE, ("委员履职能力培训", "委员读书会", "专题学习会")),
    Category("DEMOCRATIC_OVERSIGHT", "民主监督", 2, 6, 0, 2, _OFFICE, ("助企惠企政策落实专项集体民主监督",)),
    Category(
        "PUBLIC_CONTACT",
        "联系界别群众",
        2,
        16,
        2,
        10,
        DutyRecordSource.STUDIO_REPLY,
        ("答复群众提问", "委员工作室值班", "走访界别群众"),
    ),
    Category("PUBLIC_WELFARE", "公益、帮扶", 3, 9, 0, 3, DutyRecordSource.SELF, ("六送下乡", "结对帮扶", "义诊")),
    Category("HISTORICAL_MATERIALS", "文史资料", 2, 4, 0, 1, DutyRecordSource.SELF, ("撰写文史资料",)),
    Category("LEAVE", "请假", -1, None, 0, 2, _ATTENDANCE, ("会议请假",)),
    Category("ABSENCE", "缺席", -3, None, 0, 1, _ATTENDANCE, ("会议缺席",)),
)
BY_CODE = {category.code: category for category in CATEGORIES}
INDEX = {category.code: at for at, category in enumerate(CATEGORIES)}
GRADES: tuple[tuple[str, str, int], ...] = (
    ("EXCELLENT", "优秀", 80),
    ("GOOD", "良好", 65),
    ("COMPETENT", "称职", 45),
    ("INCOMPETENT", "不称职", 0),
)
"""Best first: code, name, the total from which it holds at the end of a year."""

STRENGTHS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("建言资政", ("PROPOSAL", "OPINION_REPORT", "PLENARY_SPEECH")),
    ("协商议政", ("CONSULTATION", "STANDING_MEETING")),
    ("调查研究", ("RESEARCH", "INSPECTION")),
    ("服务群众", ("PUBLIC_CONTACT",)),
    ("热心公益", ("PUBLIC_WELFARE",)),
    ("勤于学习", ("TRAINING", "HISTORICAL_MATERIALS")),
    ("民主监督", ("DEMOCRATIC_OVERSIGHT",)),
)
"""Labels of a portrait, and the categories they are made of."""
