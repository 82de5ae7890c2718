"""The hotline's work orders, the office's to-dos and messages, articles and studying."""

WORDS = {
    "WorkOrderStatus": {
        "ACCEPTED": ("诉求受理", "Taken up."),
        "ANSWERED_DIRECTLY": ("直接答复", "Answered at once, by the hotline itself."),
        "DISPATCHED": ("派单", "Given to a unit."),
        "SIGNED_FOR": ("签收", "The unit took it."),
        "IN_PROGRESS": ("限时办理", "Being worked on, until a day."),
        "SUPERVISED": ("协调督办", "Several units are brought together, under supervision."),
        "CALLBACK": ("反馈回访", "The caller is called back."),
        "CLOSED": ("办结归档", "At its end."),
        "RETURNED": ("退单", "The unit gave it back."),
        "EXTENSION_REQUESTED": ("延期申请", "The unit asks for more time."),
        "REOPENED": ("重办", "Taken up again."),
        "TRANSFER_REFUSED": ("不予转接", "Not taken over from another system."),
    },
    "TodoStatus": {
        "OPEN": ("待办", "Still waits."),
        "DONE": ("已办", "Done."),
    },
    "MessageKind": {
        "CHAT": ("单聊", "Between two."),
        "GROUP": ("群聊", "In a group."),
        "MAIL": ("邮件", "By mail."),
        "SMS": ("短信", "By text message."),
    },
    "ArticleKind": {
        "NEWS": ("新闻资讯", "News."),
        "LIVE_REPORT": ("图文直播", "A live report in pictures and words."),
        "INTERVIEW": ("委员访谈", "An interview with a member."),
        "HISTORY": ("文史资料", "Historical material."),
        "COMMITTEE_NEWS": ("政协动态", "News of a committee."),
    },
    "StudyMaterialKind": {
        "ARTICLE": ("文章", "An article."),
        "BOOK": ("图书", "A book."),
        "VIDEO": ("视频", "A film."),
        "COURSE": ("课程", "A course."),
    },
    "FormStatus": {
        "SCHEDULED": ("未开始", "To come."),
        "OPEN": ("进行中", "Can be answered now."),
        "CLOSED": ("已截止", "No longer."),
    },
}
