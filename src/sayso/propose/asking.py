"""One question to a language model behind an OpenAI-compatible endpoint. The client is the extra `llm`.

The client opens no connection of its own: its transport is handed in (the guarded door), with the limits of size and
time. It reads no setting from the environment that reaches the wire: address and key are given, and the door passes
on no header of the client's but those that a request needs.
"""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from sayso.errors import BadSetting, SaysoError, SourceChanged, TryLater
from sayso.model.conflict import Conflict
from sayso.propose.wording import question

MOST_TOKENS: Final = 4_000  # of an answer: twenty claims take some three thousand
NO_KEY: Final = "none"  # what is sent where the endpoint needs no key; the client insists on one
INSTALL: Final = (
    "coverage.toml asks for a language model ([reader.model]), whose client is not installed: pip install 'sayso[llm]'"
)


@dataclass(frozen=True, slots=True)
class Asker:
    """A model that can be asked about sentences."""

    model: str
    client: Any  # an AsyncOpenAI, of a package that may not be there
    errors: Any  # its module

    async def ask(self, sentence: str, before: str, conflict: Conflict) -> str:
        """The model's answer as it stands, believed in nothing; empty where it gives none.

        Raises TryLater (network, time-out, 429, 5xx), SourceChanged (the endpoint wants something else of us) and
        Refused (the guard, or an answer over the limit).
        """
        try:
            found = await self.client.chat.completions.create(
                model=self.model,
                messages=question(sentence, before, conflict),
                response_format={"type": "json_object"},
                max_tokens=MOST_TOKENS,
                temperature=0,
            )
        except self.errors.OpenAIError as err:
            raise named(err) from err
        except (ValueError, TypeError, AttributeError, RecursionError) as err:  # an answer of no form that it knows
            raise SourceChanged(f"the model's endpoint answers in no form that is known: {type(err).__name__}") from err
        return said(found)


def said(found: Any) -> str:
    """The text of the first choice; whatever the endpoint sent, empty where there is none."""
    choices = getattr(found, "choices", None)
    first = choices[0] if isinstance(choices, Sequence) and not isinstance(choices, str) and choices else None
    message = getattr(first, "message", None)
    content = getattr(message, "content", None)
    return content if isinstance(content, str) else ""


def named(err: Any) -> SaysoError:
    """The client's error, named by what to do next. Nothing of the answer's body is in it."""
    if isinstance(err.__cause__, SaysoError):
        return err.__cause__
    status = getattr(err, "status_code", None)
    if status is None:
        return TryLater(f"the model's endpoint could not be asked: {type(err).__name__}")
    if status in (408, 409, 425, 429) or status >= 500:
        return TryLater(f"the model's endpoint answers {status}: it is busy or broken", retry_after_s=pause_of(err))
    return SourceChanged(f"the model's endpoint answers {status}: check url, model and key_env in [reader.model]")


def pause_of(err: Any) -> float | None:
    """Seconds that the endpoint asks us to wait, an hour at most."""
    headers: Mapping[str, str] = getattr(getattr(err, "response", None), "headers", {})
    asked = headers.get("retry-after", "").strip()
    return min(float(asked), 3600.0) if asked.isascii() and asked.isdigit() else None


def asker(*, url: str, model: str, key: str | None, timeout_s: float, transport: httpx.AsyncBaseTransport) -> Asker:
    """A model ready to be asked. Raises BadSetting where the client is not installed."""
    try:
        package = importlib.import_module("openai")
    except ImportError as err:
        raise BadSetting(INSTALL) from err
    client = package.AsyncOpenAI(
        base_url=url,
        api_key=key or NO_KEY,
        timeout=timeout_s,
        max_retries=0,  # when to ask again is for flow to say
        http_client=httpx.AsyncClient(transport=transport, follow_redirects=False, trust_env=False),
    )
    return Asker(model, client, package)
