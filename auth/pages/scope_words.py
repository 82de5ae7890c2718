"""What scopes and roles are called in front of people."""

from collections.abc import Collection, Mapping

from auth.pages.view import View
from connectors.viewer import Role, Scope

_SCOPES: Mapping[Scope, tuple[str, str, str, str]] = {
    Scope.OPENID: (
        "确认您的身份",
        "应用会得到一个只代表您的编号，用来识别您。",
        "Know that it is you",
        "The application gets an identifier that stands for you.",
    ),
    Scope.PROFILE: ("查看您的姓名", "以及您的身份类别。", "See your name", "And in what capacity you are known."),
    Scope.PHONE: ("查看您的手机号码", "用于与您联系。", "See your mobile number", "To get in touch with you."),
    Scope.OFFLINE_ACCESS: (
        "在您离开后继续使用",
        "直到您在“我的账号”中撤回。",
        "Go on when you are away",
        "Until you take it back in your account.",
    ),
    Scope.GRAPH_READ: (
        "查看您可以查看的内容",
        "如您的姓名与账号、您本人的待办、委员工作室和公开问答。",
        "See what you can see",
        "Such as your name and accounts, your own tasks, members' studios and public answers.",
    ),
    Scope.QUESTION_WRITE: (
        "以您的名义提问和评价",
        "向委员工作室提出问题、补充和评价。",
        "Ask questions in your name",
        "Ask members' studios, add to your questions and rate answers.",
    ),
    Scope.WORKORDER_WRITE: (
        "以您的名义提交诉求",
        "提交和补充诉求工单。",
        "File requests in your name",
        "File work orders and add to them.",
    ),
    Scope.DUTY_READ: (
        "查看您的履职信息",
        "如活动、提案、社情民意和履职记录。",
        "See your duty file",
        "Such as activities, proposals, opinion reports and records.",
    ),
    Scope.DUTY_WRITE: (
        "以您的名义办理履职事项",
        "如答复问题、提交提案、报名活动。",
        "Act on your duties",
        "Such as answering questions, filing proposals and signing up for activities.",
    ),
    Scope.DIRECTORY_READ: (
        "查看通讯录",
        "查看机构和工作人员。",
        "See the directory",
        "Look up organizations and officials.",
    ),
    Scope.OFFICE_READ: (
        "查看您的办公信息",
        "如通知、日程、进展和文件。",
        "See your office",
        "Such as notices, schedule, progress and documents.",
    ),
    Scope.OFFICE_WRITE: (
        "以您的名义办公",
        "如完成待办、发送消息、发布通知。",
        "Do office work in your name",
        "Such as finishing to-dos, sending messages and publishing notices.",
    ),
    Scope.COCKPIT_READ: ("查看统计数据", "查看工作情况汇总。", "See the figures", "Read summaries of the work done."),
    Scope.OPINION_READ: (
        "查看社情民意信息",
        "查看提交的社情民意。",
        "See opinion reports",
        "Read opinion reports that were submitted.",
    ),
    Scope.PERSON_LOOKUP: (
        "查询自然人状态",
        "须说明用途，每次查询都会留下审计记录。",
        "Look natural persons up",
        "For a purpose you state; each look-up is audited.",
    ),
    Scope.OPS_READ: ("查看运行情况", "查看系统运行状态。", "See operations", "Read how the system is doing."),
}

_ROLES: Mapping[Role, tuple[str, str]] = {
    Role.ANYONE: ("访客", "Visitor"),
    Role.CITIZEN: ("群众", "Citizen"),
    Role.MEMBER: ("政协委员", "CPPCC member"),
    Role.OFFICIAL: ("公职人员", "Official"),
    Role.STAFF: ("政协机关工作人员", "Committee office staff"),
    Role.MODERATOR: ("审核人员", "Moderator"),
    Role.OPS: ("运维人员", "Operator"),
    Role.PARTNER: ("合作系统", "Partner system"),
}


def scope_words(scope: Scope, view: View) -> tuple[str, str]:
    """What a scope lets a client do, and more of it; a scope nobody found words for goes by its name."""
    zh, zh_more, en, en_more = _SCOPES.get(scope, (scope.value, "", scope.value, ""))
    return view.words(zh, en), view.words(zh_more, en_more)


def in_order(scopes: Collection[Scope]) -> list[Scope]:
    """As people read them: who one is first, what is done in one's name later."""
    order = list(Scope)
    return sorted(scopes, key=order.index)


def role_words(roles: Collection[Role], view: View) -> str:
    """All that somebody is, in one line."""
    known = [view.words(*words) for role, words in _ROLES.items() if role in roles]
    return view.words("、", ", ").join(known)
