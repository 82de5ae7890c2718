"""Questions to studios, and what they share with deliberations and files."""

_STATUSES = {
    "SUBMITTED": ("已提交，待受理", "Received from the citizen."),
    "REJECTED": ("不予受理", "Not taken up."),
    "ACCEPTED": ("受理", "Taken up by the studio."),
    "ASSIGNED": ("派单、转交", "Given to one or more members."),
    "RETURNED": ("退单", "A member gave it back."),
    "IN_PROGRESS": ("办理中", "Being worked on."),
    "ANSWERED": ("已答复", "A member replied."),
    "RATED": ("已评价", "The asker rated the reply."),
    "REOPENED": ("重办", "Taken up again, the asker not being satisfied."),
    "TRANSFERRED": ("转办", "Handed on: to the hotline, to an opinion report or a proposal."),
    "CLOSED": ("办结", "At its end."),
}
WORDS = {
    "QuestionStatus": _STATUSES,
    "MatterStatus": _STATUSES
    | {
        "SCHEDULED": ("协商未开始", "A deliberation that is to come."),
        "OPEN": ("协商进行中", "A deliberation that takes statements."),
        "CLOSED": (
            "提问已办结，或协商已截止",
            "A question at its end, or a deliberation that takes no more statements.",
        ),
        "CONCLUDED": ("协商已有结果", "A deliberation whose outcome is told."),
    },
    "QuestionKind": {
        "CONSULTATION": ("咨询", "Asks for advice."),
        "HELP": ("求助", "Asks for help."),
        "COMPLAINT": ("投诉", "Complains."),
        "REPORT": ("举报", "Reports a wrong."),
        "SUGGESTION": ("意见建议", "Suggests something."),
    },
    "QuestionOrder": {
        "ASKED_AT_DESC": ("新提的在前", "Newest first."),
        "CHANGED_AT_ASC": ("早变动的在前，便于逐批同步", "Longest unchanged first, to follow changes."),
    },
    "VoiceChannel": {
        "HOTLINE": ("12345 热线", "The 12345 hotline."),
        "LEADERS_MAILBOX": ("领导信箱", "A leader's mailbox."),
        "ONLINE_POST": ("网络留言", "A post on line."),
        "MEMBER_STUDIO": ("委员工作室的公开提问", "A published question of a member studio."),
        "COMMITTEE_MEMBER": ("政协委员的意见建议", "A CPPCC member's suggestion."),
    },
    "Visibility": {
        "PRIVATE": ("仅相关人可见", "For the asker, who is asked, the studio and staff."),
        "PUBLIC": ("公开", "For everybody, once it is published."),
    },
    "Moderation": {
        "NOT_ASKED": ("提问者未同意公开", "The asker did not agree to publishing."),
        "WAITING": ("待审核", "Waits to be looked at."),
        "PUBLISHED": ("已公开", "Published."),
        "REFUSED": ("不予公开", "Not to be published."),
    },
    "AttachmentKind": {
        "IMAGE": ("图片", "A picture."),
        "AUDIO": ("语音", "Sound."),
        "VIDEO": ("视频", "A film."),
        "DOCUMENT": ("文档", "A document."),
    },
}
