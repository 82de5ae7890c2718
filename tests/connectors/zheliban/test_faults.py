"""A sick citizen app over real sockets: each fault becomes its error, in each key's place."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.records.identity import TicketForm
from connectors.records.page import PageArgs
from connectors.records.question import QuestionQuery
from connectors.records.studio import StudioQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.server import serving
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings

FAULTS = [
    (FaultKind.REFUSE, UnreachableError),
    (FaultKind.HANG, TooSlowError),
    (FaultKind.HTTP500, UnexpectedAnswerError),
    (FaultKind.GARBAGE, UnexpectedAnswerError),
]


@pytest.mark.parametrize(("kind", "error"), FAULTS)
async def test_a_fault_becomes_its_error(
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    asking: Callable[..., Ask],
    kind: FaultKind,
    error: type[PlatformError],
) -> None:
    """Reads answer the error for every key, sign-in raises it, and nothing internal is told."""
    sandbox.faults.put(Fault(kind))
    timeout = 200 if kind is FaultKind.HANG else 30_000
    async with serving([(sandbox, 0)]) as (port,):
        sources = connected(ZhelibanSettings.model_validate({"timeout_ms": timeout}).with_sandbox(port=port))
        ask = asking("u1")

        answers = [
            *await sources.studios.list_studios([StudioQuery()], PageArgs(first=1), ask),
            *await sources.studios.load_studio_statistics(["S1", "S2"], ask),
            *await sources.members.load_member_statistics(["M1"], ask),
            *await sources.marks.load_studio_marks(["S1"], ask),
            *await sources.questions.load_questions(["Q1"], ask),
            *await sources.questions.load_replies(["R1"], ask),
            *await sources.questions.list_studio_questions(["S1"], QuestionQuery(), PageArgs(first=1), ask),
        ]
        with pytest.raises(error) as caught:
            await sources.sign_in.sign_in(TicketForm.ZHELIBAN_UNIFIED, "tk", ask)

    assert {type(answer) for answer in answers} == {error}
    assert len(answers) == 8
    assert all(answer.retryable and answer.platform == "zheliban" for answer in answers)
    assert not any(part in str(each) for each in (*answers, caught.value) for part in ("127.0.0.1", str(port), "tk"))


async def test_a_fault_of_one_operation_leaves_the_others(
    sandbox: SandboxApp, connected: Callable[..., SimpleNamespace], asking: Callable[..., Ask]
) -> None:
    """Only what is sick fails, and it is whole again when the fault ends; errors are not kept."""
    sandbox.faults.put(Fault(FaultKind.HTTP500, "studios"))
    async with serving([(sandbox, 0)]) as (port,):
        sources = connected(ZhelibanSettings.model_validate({"timeout_ms": 30_000}).with_sandbox(port=port))
        page = PageArgs(first=1)

        (sick,) = await sources.studios.list_studios([StudioQuery()], page, asking())
        (fine,) = await sources.studios.load_studio_statistics(["S3310000001"], asking())
        sandbox.faults.clear()
        (well,) = await sources.studios.list_studios([StudioQuery()], page, asking())

    assert isinstance(sick, UnexpectedAnswerError)
    assert fine.key == "S3310000001"
    assert len(well.nodes) == 1


async def test_nobody_at_home_is_unreachable(
    connected: Callable[..., SimpleNamespace], asking: Callable[..., Ask]
) -> None:
    """A port where nobody listens is told as such."""
    sources = connected(
        ZhelibanSettings.model_validate({"base_url": "http://127.0.0.1:1", "timeout_ms": 30_000}).with_sandbox()
    )

    (answer,) = await sources.studios.load_studio_statistics(["S1"], asking())

    assert isinstance(answer, UnreachableError)
