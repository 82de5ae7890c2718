"""Citizens' questions and the replies to them, as far as the asker may see them.

The answer depends on who asks: every entry is kept for one audience, and every row is checked again before it is
handed on (``audience.py``).
"""

from collections.abc import Sequence
from itertools import chain

from connectors.errors import PlatformError
from connectors.freshness import AUDIENCE, OWN
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionQuery, Reply
from connectors.viewer import Ask
from connectors.zheliban.irs_service import Endpoint, IrsService, empty_page, params_from
from connectors.zheliban.studios.audience import Audience, audience_of
from connectors.zheliban.studios.mapping import question_rows_for, questions_for, replies_for
from connectors.zheliban.studios.named import named_page

QUESTIONS = Endpoint("questions", "/questions", AUDIENCE, tags=("question:{key}",))
REPLIES = Endpoint("replies", "/replies", AUDIENCE, tags=("questions",))
STUDIO_QUESTIONS = Endpoint("studios.questions", "/studios/questions", AUDIENCE, tags=("questions", "studio:{key}"))
MEMBER_QUESTIONS = Endpoint("members.questions", "/members/questions", AUDIENCE, tags=("questions", "member:{key}"))
OWN_QUESTIONS = Endpoint("users.questions", "/users/questions", OWN, tags=("questions",), accounts=True)
ALL_QUESTIONS = Endpoint("questions.list", "/questions/list", AUDIENCE, tags=("questions",))
SEARCH = Endpoint("questions.search", "/questions/search", AUDIENCE, tags=("questions",), posted=True)


class ZhelibanQuestions:
    """Questions by key, replies by key; lists of studios, members, askers and of everything; the search."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_questions(self, keys: Sequence[str], ask: Ask) -> Sequence[Question | PlatformError | None]:
        """Read questions by key; None for an unknown one and for one the asker may not see."""
        audience = self._audience(ask)
        return await self._service.keyed(QUESTIONS, questions_for(audience), keys, ask, audience.params())

    async def list_named_questions(
        self, keys: Sequence[tuple[str, ...]], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read all that any of them names at once; a cursor is a question's key."""
        named = list(dict.fromkeys(chain.from_iterable(keys)))
        found = dict(zip(named, await self.load_questions(named, ask) if named else (), strict=True))
        return [named_page([(key, found[key]) for key in one], page, self._service.platform) for one in keys]

    async def load_replies(self, keys: Sequence[str], ask: Ask) -> Sequence[Reply | PlatformError | None]:
        """Read replies by key; None for an unknown one and for one to a question the asker may not see."""
        audience = self._audience(ask)
        return await self._service.keyed(REPLIES, replies_for(audience), keys, ask, audience.params())

    async def list_studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per studio; an unknown studio has an empty page."""
        return await self._owned(STUDIO_QUESTIONS, keys, query, page, ask)

    async def list_member_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per member: what was put or assigned to them, or answered by them."""
        return await self._owned(MEMBER_QUESTIONS, keys, query, page, ask)

    async def list_own_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per account; an empty one, without a call, for another's where the asker is no staff."""
        audience = self._audience(ask)
        allowed = [key for key in keys if audience.staff or key == audience.account]
        pages = await self._owned(OWN_QUESTIONS, allowed, query, page, ask)
        found = dict(zip(allowed, pages, strict=True))
        return [found.get(key, empty_page(page)) for key in keys]

    async def list_questions(
        self, queries: Sequence[QuestionQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per query, a call each."""
        audience = self._audience(ask)
        asked = [query_params(query, audience) | audience.params() for query in queries]
        return await self._service.listed(ALL_QUESTIONS, question_rows_for(audience), asked, page, ask)

    async def list_found_questions(
        self, texts: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Search published questions, a call each; for everybody the same."""
        shape = question_rows_for(Audience(None, None, staff=False))
        return await self._service.listed(SEARCH, shape, [{"text": text} for text in texts], page, ask)

    async def _owned(
        self, endpoint: Endpoint, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> list[Page[Question] | PlatformError]:
        audience = self._audience(ask)
        asked = query_params(query, audience) | audience.params()
        return await self._service.owned(endpoint, question_rows_for(audience), keys, page, ask, query=asked)

    def _audience(self, ask: Ask) -> Audience:
        return audience_of(ask.viewer, self._service.platform)


def query_params(query: QuestionQuery, audience: Audience) -> dict[str, str]:
    """The filter as parameters; ``own`` is the account that asks, and nobody's where it has none."""
    return params_from(
        answered=query.answered,
        waiting=query.waiting,
        status=",".join(status.value for status in query.statuses) if query.statuses else None,
        category=query.category,
        regionCode=query.region_key,
        askedBy=(audience.account or "-") if query.own else None,
        addresseeId=query.addressee_key,
        moderation=query.moderation,
        changedSince=query.changed_since,
        orderBy=query.order,
    )
