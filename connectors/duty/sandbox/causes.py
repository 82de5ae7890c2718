"""What members take up: themes of the seed reports as proposals, reports and micro-suggestions tell them.

The places are filled in, the cases are invented.
"""

from dataclasses import dataclass

from connectors.records.studio import StudioCategory

CATEGORIES: dict[str, str] = {
    "ECONOMY": "经济科技",
    "AGRICULTURE": "农业农村",
    "URBAN": "城建交通",
    "EDUCATION_CULTURE": "教育文体",
    "HEALTH": "医药卫生",
    "ENVIRONMENT": "资源环境",
    "LAW": "社会法制",
    "WELFARE": "社会保障",
}
"""The committees' code table of categories."""
GRADES: dict[str, str] = {
    "A": "已解决或基本解决",
    "B": "正在解决或列入计划",
    "C": "因条件限制留作参考",
}
"""The committees' code table of how a reply settles a matter."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One matter. ``theme`` fits into a title; ``bureau`` is the number of the bureau that it concerns."""

    category: str
    studio: StudioCategory
    bureau: int
    theme: str
    situation: str
    analysis: str
    suggestion: str


_C = StudioCategory
CAUSES: tuple[Cause, ...] = (
    Cause(
        "EDUCATION_CULTURE",
        _C.EDUCATION,
        0,
        "保障学校食堂食品安全",
        "{place}有的学校没有专职营养师，家长对食堂采购和留样不放心。",
        "采购分散、抽检次数少，教育和市场监管部门的数据没有打通。",
        "统一大宗食材采购，学校配备营养师，抽检结果在校门口和网上公示。",
    ),
    Cause(
        "EDUCATION_CULTURE",
        _C.EDUCATION,
        0,
        "落实“双减”、做好课后托管",
        "{place}双职工家庭四点半接不了孩子，托管内容单一。",
        "师资和场地不足，经费标准多年未调整。",
        "引入少年宫和退休教师，按成本核定收费，困难家庭减免。",
    ),
    Cause(
        "URBAN",
        _C.OTHER,
        4,
        "优先发展城市公交、提升公交服务",
        "{place}高峰时段站台被社会车辆占用，部分新小区没有线路。",
        "公交专用道少，线网两年没有调整。",
        "在主干道划定公交专用道，增加错峰班次，新小区交付同步开线。",
    ),
    Cause(
        "URBAN",
        _C.OTHER,
        4,
        "改造老旧小区排水管网",
        "{place}一些自建房片区一到梅雨季就污水倒灌，居民出行要搭木板。",
        "管网不完善、标高偏低，日常清淤没有落实到人。",
        "先用移动泵排涝，再新建管网，并对中心城区易涝点逐一排查。",
    ),
    Cause(
        "URBAN",
        _C.LAW,
        3,
        "规范住宅小区直饮水管理",
        "{place}小区直饮水机多，滤芯更换和水质检测没有公示。",
        "准入门槛低，主管部门不明确。",
        "明确牵头部门，建立备案和抽检制度，机身张贴检测二维码。",
    ),
    Cause(
        "URBAN",
        _C.OTHER,
        4,
        "建设一刻钟便民生活圈",
        "{place}老城买菜方便停车难，新城停车方便买菜难。",
        "配套用房移交慢，业态缺少引导。",
        "盘活闲置用房，补齐菜店、理发、维修，公布生活圈地图。",
    ),
    Cause(
        "ENVIRONMENT",
        _C.OTHER,
        5,
        "推进“无废城市”建设",
        "{place}垃圾分类点位太远，装修垃圾清运价格不一。",
        "便民点设置没有征求居民意见，小型工地监管不到位。",
        "增设便民投放点，装修垃圾线上预约、统一价格，建设再生资源站。",
    ),
    Cause(
        "AGRICULTURE",
        _C.AGRICULTURE,
        2,
        "做深杨梅产业、促进共同富裕",
        "{place}杨梅采摘期短，遇连续降雨损失大，农户增收不稳。",
        "设施栽培比例低，冷链和精深加工跟不上。",
        "扩大避雨栽培补贴，建设产地冷库，扶持果汁果酒加工。",
    ),
    Cause(
        "AGRICULTURE",
        _C.AGRICULTURE,
        2,
        "发展数字农业、培育新农人",
        "{place}种粮大户靠经验管水施肥，年轻人不愿返乡。",
        "设备投入大，技术服务只到镇里。",
        "对数字设备给予补贴，农技员包村，大学生返乡创业贷款贴息。",
    ),
    Cause(
        "AGRICULTURE",
        _C.OTHER,
        2,
        "帮助渔民转型转产",
        "{place}渔船减船转产后，五十岁上下的渔民再就业困难。",
        "技能单一，养老和工伤保障有缺口。",
        "开发休闲渔业和港口岗位，补缴政策给予过渡期，组织技能培训。",
    ),
    Cause(
        "ECONOMY",
        _C.INDUSTRY,
        4,
        "支持冲锋衣产业集群发展",
        "{place}冲锋衣企业多而小，面料检测要送到外地，旺季缺熟练工。",
        "缺少公共检测平台和区域品牌。",
        "建设产业检测中心，联合职校开班，注册集体商标抱团参展。",
    ),
    Cause(
        "ECONOMY",
        _C.INDUSTRY,
        5,
        "规范二手车交易市场",
        "{place}二手车交易量逐年上升，隐瞒事故、调表的投诉也多。",
        "检测标准不统一，交易信息不透明。",
        "推行第三方检测报告随车公示，建立经营者信用档案。",
    ),
    Cause(
        "ECONOMY",
        _C.FINANCE,
        4,
        "破解小微企业续贷难",
        "{place}小微企业到期转贷要借过桥资金，成本高。",
        "银行授信到期集中，企业不了解无还本续贷。",
        "推广无还本续贷白名单，提前三十天提示，建立转贷基金。",
    ),
    Cause(
        "HEALTH",
        _C.MEDICAL,
        1,
        "关注青少年脊柱与体态健康",
        "{place}抽查中小学生，体态异常的比例偏高，家长多不知道。",
        "课桌椅不适龄，筛查没有纳入体检。",
        "把脊柱筛查纳入年度体检，更换可调课桌椅，每天一节体育活动。",
    ),
    Cause(
        "HEALTH",
        _C.MEDICAL,
        6,
        "提升基层医疗康复能力",
        "{place}老人术后康复要到城里，乡镇卫生院设备闲置。",
        "康复人才缺，医保支付目录偏窄。",
        "组建医共体康复小组下沉，扩大支付目录，培训乡镇医生。",
    ),
    Cause(
        "WELFARE",
        _C.OTHER,
        2,
        "发展田园式养老",
        "{place}农村空置房多，城里老人想到乡下短住却没有服务。",
        "消防和用地手续复杂，缺少护理员。",
        "制定农房改养老的简易标准，护理员持证补贴，开通村医签约。",
    ),
    Cause(
        "LAW",
        _C.LAW,
        3,
        "畅通农民工工伤赔偿渠道",
        "{place}零工受伤后责任单位互相推，赔偿周期长。",
        "用工合同不规范，调解和仲裁衔接不够。",
        "推行单险种工伤保险，设立一站式调解窗口，公布典型案例。",
    ),
    Cause(
        "LAW",
        _C.LAW,
        3,
        "规范电动自行车停放充电",
        "{place}楼道里仍有飞线充电，小区充电位不够。",
        "供电增容费用谁出没有说法，物业管不动。",
        "街道牵头、供电优先增容，地下室改造充电区，收费公示。",
    ),
)


def themed(category: str) -> list[Cause]:
    """The causes of a category."""
    return [cause for cause in CAUSES if cause.category == category]
