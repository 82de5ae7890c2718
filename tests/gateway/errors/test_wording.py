import pytest
from graphql import GraphQLError, ValueNode, build_schema, parse, validate

from connectors.errors import (
    CircuitOpenError,
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.refusals import RefusedError
from gateway.errors.verdict import verdict_on
from gateway.errors.wording import Wording
from gateway.execution.operation import Language

TREE = [
    UnreachableError,
    TooSlowError,
    CircuitOpenError,
    SlowDownError,
    RefusedSignatureError,
    SignInNeededError,
    NotAllowedError,
    NotFoundError,
    RejectedInputError,
    UnexpectedAnswerError,
    OutcomeUnknownError,
]


def at(*path: str | int, cause: Exception) -> GraphQLError:
    """An error of a field."""
    return GraphQLError(str(cause), path=path, original_error=cause)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", TREE)
def test_nothing_of_a_platforms_error_leaks(kind: type[PlatformError], language: Language) -> None:
    """Host, token and name in an error's detail stay out of what the caller gets, in either language."""
    secrets = ("10.20.30.40", "eyJhbGciOi", "王小明", "todoTask/finish", "E0815")
    error = at("a", cause=kind("duty", secrets[3], " ".join(secrets[:3]), upstream_code=secrets[4]))

    (form,) = Wording().formed([verdict_on(error, executed=True)], language, "t1")

    assert not [secret for secret in secrets if secret in repr(form)]
    assert form["extensions"] == {
        "code": kind.code,
        "platform": "duty",
        "retryable": kind.retryable,
        "traceId": "t1",
    }


@pytest.mark.parametrize("executed", [True, False])
def test_nothing_of_an_unplanned_error_leaks(executed: bool) -> None:  # noqa: FBT001 - the claim
    """An exception nobody planned for has generic words, wherever it came from."""
    error = at("a", cause=KeyError("10.20.30.40 王小明"))

    (form,) = Wording().formed([verdict_on(error, executed=executed)], Language.EN, "t1")

    assert form["extensions"] == {"code": "INTERNAL_ERROR", "retryable": False, "traceId": "t1"}
    assert "10.20" not in repr(form)


def test_a_bare_graphql_error_of_a_field_is_unplanned() -> None:
    """Only graphql-core's sentences about the caller's arguments are passed on; any other text is nobody's business."""
    bare = at("a", cause=GraphQLError("SELECT * FROM person"))
    argument = at(
        "a", cause=GraphQLError("Argument 'to' has invalid value: Expected value of non-null type 'String!'.")
    )

    verdicts = [verdict_on(error, executed=True) for error in (bare, argument)]

    assert [verdict.code for verdict in verdicts] == ["INTERNAL_ERROR", "BAD_USER_INPUT"]


def test_a_refusals_facts_are_in_words_and_extensions() -> None:
    """What a caller needs to mend the request stands in the sentence and beside the code."""
    error = at("a", cause=RefusedError("RANGE_TOO_WIDE", days=31, rows=500))

    (form,) = Wording().formed([verdict_on(error, executed=True)], Language.EN, "t1")

    assert "31 days and 500 rows" in form["message"]
    assert (form["extensions"]["days"], form["extensions"]["rows"]) == (31, 500)


def test_facts_never_replace_the_fixed_keys() -> None:
    """A fact named like a fixed key loses."""
    error = at("a", cause=RefusedError("BAD_INPUT", field="x", traceId="other", retryable=1))

    (form,) = Wording().formed([verdict_on(error, executed=True)], Language.EN, "t1")

    assert form["extensions"] == {"code": "BAD_INPUT", "field": "x", "retryable": False, "traceId": "t1"}


def test_an_error_inside_a_variable_keeps_its_code() -> None:
    """A scalar's refusal is found behind graphql-core's two wrappings."""
    inner = GraphQLError("Expected value of type 'ID'", original_error=RefusedError("BAD_ID"))
    error = GraphQLError("Variable '$id' has invalid value: ...", original_error=inner)

    assert verdict_on(error, executed=False).code == "BAD_ID"


def test_what_a_scalar_raised_is_the_callers_fault_without_its_words() -> None:
    """A scalar that trips over a value refuses that value; its exception's text is left out."""
    schema = build_schema("scalar Day type Query { on(day: Day): Int }")
    schema.type_map["Day"].coerce_input_literal = tripping  # type: ignore[attr-defined]  # a scalar, as just built
    (error,) = validate(schema, parse('{ on(day: "x") }'))

    (form,) = Wording().formed([verdict_on(error, executed=False)], Language.EN, "t1")

    assert form["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert form["message"].endswith("Expected value of type 'Day'.")


def tripping(_node: ValueNode) -> None:
    """Fail as no scalar should."""
    msg = "10.20.30.40"
    raise OverflowError(msg)


def test_a_code_without_words_is_internal() -> None:
    """A code that is not registered does not reach callers."""
    verdict = verdict_on(at("a", cause=RefusedError("NOBODY_KNOWS", host="h")), executed=True)

    assert (verdict.code, dict(verdict.facts)) == ("INTERNAL_ERROR", {})


def test_the_executors_own_code_is_taken() -> None:
    """An executor may mark a request's error with a registered code, and with no other."""
    marked = GraphQLError("Subscriptions are not answered.", extensions={"code": "OPERATION_NOT_SUPPORTED"})
    other = GraphQLError("Cannot query field 'x'.", extensions={"code": "MADE_UP"})

    codes = [verdict_on(error, executed=False).code for error in (marked, other)]

    assert codes == ["OPERATION_NOT_SUPPORTED", "GRAPHQL_VALIDATION_FAILED"]


@pytest.mark.parametrize(
    "said",
    [
        "Cannot query field 'nam' on type 'Studio'. Did you mean 'name' or 'names'?",
        "Field 'x' must not have a selection since type 'Y' has no subfields. Did you mean 'a', 'b', or 'c'?",
    ],
)
def test_suggestions_are_left_out_unless_allowed(said: str) -> None:
    """Names of the schema are not suggested to whoever guesses, unless a setting says so."""
    verdicts = [verdict_on(GraphQLError(said), executed=False)]

    (closed,) = Wording().formed(verdicts, Language.EN, "t1")
    (opened,) = Wording(suggestions=True).formed(verdicts, Language.ZH, "t1")

    assert "Did you mean" not in closed["message"]
    assert said.split(" Did", maxsplit=1)[0] in closed["message"]
    assert opened["message"] == f"查询语句与接口定义不符：{said}"


def test_a_long_reason_is_cut() -> None:
    """graphql-core repeats the caller's names; an answer does not grow with them."""
    error = GraphQLError("Variable '$t' has invalid value: " + "n" * 100_000)

    (form,) = Wording().formed([verdict_on(error, executed=False)], Language.EN, "t1")

    assert form["extensions"]["code"] == "BAD_USER_INPUT"
    assert len(form["message"]) < 700


def test_equal_errors_are_counted_by_field() -> None:
    """Beyond twenty only the count grows, for each field and platform by itself, in the order they came."""
    errors = [
        at("rows", n, field, cause=kind("duty", "x"))
        for n in range(25)
        for field, kind in (("a", UnreachableError), ("b", UnreachableError), ("b", SlowDownError))
    ]

    formed = Wording().formed([verdict_on(error, executed=True) for error in errors], Language.EN, "t1")

    assert len(formed) == 60
    assert [form["extensions"].get("more") for form in formed[-3:]] == [5, 5, 5]
    assert formed[0]["path"] == ["rows", 0, "a"]


def test_a_sentence_that_begins_with_a_platform_begins_with_a_capital() -> None:
    """A title written small, as it stands inside a sentence, is written large at the beginning of one."""
    titles = {"duty": {Language.EN: "the duty platform"}}
    error = at("a", cause=UnreachableError("duty", "members"))

    (form,) = Wording(titles).formed([verdict_on(error, executed=True)], Language.EN, "t1")

    assert form["message"].startswith("The duty platform does not answer")
