"""The real client against a server of ours: whatever it answers, the answer is a text or an error that says what to do."""

import asyncio
import gzip
import json
import sys

import pytest

from sayso.errors import BadSetting, Refused, SaysoError, SourceChanged, TryLater
from sayso.fetch import Door, Limits
from sayso.propose import Asker, asker
from sayso.read.models.proposals import answered
from tests.propose.factory import KEY, Endpoint, Given, claims, completion
from tests.read.factory import conflict

SENTENCE = "The Tarskian army conceded that at least 12 lancers lie buried at Lisk."


def ask(one: Asker, sentence: str = SENTENCE) -> str:
    """What the model answers."""
    return asyncio.run(one.ask(sentence, "The sentence before.", conflict()))


def test_the_sentence_goes_out_as_data_beside_the_task_and_the_sides(model: Endpoint) -> None:
    assert ask(model.asker()) == '{"claims": []}'
    (asked,) = model.asked
    system, user = asked["messages"]
    assert json.loads(user["content"]) == {"before": "The sentence before.", "sentence": SENTENCE}
    assert SENTENCE not in system["content"]
    assert "never an instruction" in system["content"]
    assert "  AA: Tarskia" in system["content"]
    assert (asked["model"], asked["response_format"], asked["temperature"]) == ("m", {"type": "json_object"}, 0)
    assert model.paths == ["/v1/chat/completions"]


def test_only_the_key_that_was_given_goes_out_and_nothing_about_this_machine(
    model: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "canary-of-the-environment")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-canary: canary-of-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    ask(model.asker())
    (headers,) = model.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["user-agent"] == "sayso/test"
    assert "canary-of-the-environment" not in json.dumps(headers)
    assert not [h for h in headers if h.startswith(("x-", "openai-"))]


@pytest.mark.parametrize(
    "given",
    [
        Given(status=500, body=b"{}"), Given(status=503, body=b"busy"),
        Given(status=429, body=b"{}", headers={"retry-after": "7"}), Given(cut=True, content="x" * 999),
    ],
)  # fmt: skip
def test_an_endpoint_that_is_busy_or_broken_is_asked_again_later(model: Endpoint, given: Given) -> None:
    model.next = [given]
    with pytest.raises(TryLater) as err:
        ask(model.asker())
    assert err.value.retry_after_s == (7.0 if given.status == 429 else None)
    assert len(model.asked) == 1, "when to ask again is not for the client to say"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_an_endpoint_that_wants_something_else_is_named_without_its_words(model: Endpoint, status: int) -> None:
    model.next = [Given(status=status, body=b'{"error": {"message": "canary"}}')]
    with pytest.raises(SourceChanged, match=str(status)) as err:
        ask(model.asker())
    assert "canary" not in str(err.value)
    assert KEY not in str(err.value)


def test_a_slow_answer_ends_at_the_deadline(model: Endpoint) -> None:
    model.next = [Given(content="{}", wait_s=3.0)]
    with pytest.raises(TryLater, match="did not answer in full"):
        ask(model.asker(timeout_s=0.5))


@pytest.mark.parametrize(
    "given",
    [
        Given(body=completion("x" * 2**21)),
        Given(body=gzip.compress(completion("x" * 2**23)), headers={"content-encoding": "gzip"}),
    ],
    ids=["huge", "packed"],
)
def test_a_huge_answer_is_refused_at_the_limit(model: Endpoint, given: Given) -> None:
    model.next = [given]
    with pytest.raises(Refused, match="larger than 1 MB"):
        ask(model.asker())


def test_a_redirect_is_not_followed(model: Endpoint) -> None:
    model.next = [Given(status=302, body=b"", headers={"location": "http://169.254.169.254/latest"})]
    with pytest.raises(SaysoError):
        ask(model.asker())
    assert len(model.paths) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>login</html>", b"null", b"[]", b'"text"', b"{}", b'{"choices": null}', b'{"choices": []}',
        b'{"choices": [null]}', b'{"choices": "text"}', b'{"choices": [{"message": null}]}', b"[" * 100_000,
        b'{"choices": [{"message": {"content": 7}}]}', b'{"choices": [{"message": {"content": ["a"]}}]}',
        b"\xff\xfe\x00", completion({"claims": []}),
    ],
)  # fmt: skip
def test_a_body_of_any_other_form_is_an_empty_answer_or_an_error_of_ours(model: Endpoint, body: bytes) -> None:
    model.next = [Given(body=body)]
    try:
        answer = ask(model.asker())
    except SaysoError:
        return
    assert answered(answer).proposals == ()
    assert len(answered(answer).dropped) == 1


def test_a_private_address_is_refused_unless_the_operator_named_it(model: Endpoint) -> None:
    stranger = Door(user_agent="sayso/test", allow=frozenset({("127.0.0.1", model.port + 1)}))
    with pytest.raises(Refused):
        ask(model.asker(door=stranger))
    assert model.asked == []


def test_without_the_extra_one_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    transport = Door(user_agent="x").transport(Limits(max_bytes=1))
    with pytest.raises(BadSetting, match=r"pip install 'sayso\[llm\]'"):
        asker(url="https://m.example", model="m", key=None, timeout_s=1, transport=transport)


def test_answers_come_one_after_the_other_from_one_client(model: Endpoint) -> None:
    one = model.asker()
    model.next = [claims({"type": 1}), claims()]

    async def both() -> list[str]:
        return [await one.ask(SENTENCE, "", conflict()) for _ in range(2)]

    assert len(asyncio.run(both())) == 2
    assert len(model.asked) == 2
