"""The queries that lie ready in the IDE, a tab each; they name no id, so they run over any data."""

from gateway.execution.operation import Language

_HINTS = {
    Language.EN: """\
# A studio's page: one query, three platforms. Ctrl-Enter sends it, Docs shows what else there is.
# What belongs to a person needs a sign-in: the button at the top. A token of your own goes under Set Headers.
""",
    Language.ZH: """\
# 委员工作室的主页：一次查询，三个平台。按 Ctrl-Enter 发送；“文档”中可浏览全部字段。
# 涉及个人的内容需要登录：点页面上方的“登录”。也可在左侧“设置Headers”的 Authorization 中填写自己的令牌。
""",
}

_QUERY = """\
query StudioPage {
  studios(first: 1) {
    nodes {
      name
      address
      convener { name }
      members(first: 3) {
        nodes { name sector { name } official { title organization { name } } }
      }
      questions(filter: { answered: true }, first: 2) {
        nodes { title asker { displayName } replies { body author { name } } }
      }
      statistics { followers likes averageRating }
    }
  }
}
"""


_SEARCH = """\
query KnowledgeSearch {
  knowledgeArticles(search: "%s", first: 5) {
    totalCount
    nodes { question topic }
  }
}
"""

_SELF = """\
query Self {
  viewer {
    displayName
    roles
    member { name organization { name } }
    official { title todos(first: 5) { nodes { title } } }
  }
}
"""

_TABS = {
    Language.EN: ("Who asks (sign in first)", "Search in Chinese", "Studio page"),
    Language.ZH: ("我是谁（先登录）", "中文检索", "工作室主页"),
}


def examples_in(language: Language) -> list[tuple[str, str]]:
    """The tabs' names with their queries: the last, a studio's page with a hint above it, is in front."""
    return [*zip(_TABS[language], (_SELF, _SEARCH % "公积金", _HINTS[language] + _QUERY), strict=True)]
