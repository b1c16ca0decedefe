"""Any server that speaks OpenAI's Chat Completions. Only this file and `reach` import `openai`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import openai

from motabot.agent.models import address, dialect, wire
from motabot.agent.models.base import ModelAnswer, ModelRequest, Usage
from motabot.agent.models.deadline import Deadline, DeadlineTransport, proxy_for
from motabot.agent.models.dialect import Dialect, Effort
from motabot.agent.models.failures import Failure, from_status
from motabot.agent.models.lessons import learn
from motabot.agent.models.prices import about_tokens
from motabot.agent.models.reach import LATE, unreached
from motabot.agent.models.streaming import read_answer
from motabot.boundary import Json, JsonMapping, JsonObject
from motabot.logs import log

#: How many refusals one request may teach before it counts as refused.
_MOST_LESSONS = 14
#: Seconds without an answer after which a local server may have dropped its model from memory (Ollama: 5 minutes).
_COOLS_DOWN = 240.0
#: Seconds for what a server may still send after an answer is whole: its usage, and the end of the stream.
_AFTERWARDS = 0.4


@dataclass(frozen=True)
class Options:
    """What a shop can set for one provider.

    Attributes:
        timeout: Seconds for one answer to a customer, retries included; None: what the request says.
        staff_timeout: The same for staff.
        cold_timeout: Seconds for the first answer, and after a pause, while a local server loads the model.
        effort: How much the model is to think; None: a little where it is known to have the setting.
        temperature: None: the provider's own.
        headers: Sent with every request.
        body: Fields that win over ours in every request; null leaves one out.
        api_version: Azure's.
        live_words: Whether staff see words while they come; None: where thinking is known to be kept apart.
    """

    timeout: float | None = None
    staff_timeout: float | None = None
    cold_timeout: float | None = None
    effort: Effort | None = None
    temperature: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JsonMapping = field(default_factory=dict)
    api_version: str | None = None
    live_words: bool | None = None


class OpenAIModel:
    """A remote model.

    Retries are made here and not by the client: the client obeys a Retry-After of up to a minute, which
    would keep a customer waiting past the turn's own limit. Here a wait that does not fit into the
    request's timeout ends the attempt.
    """

    def __init__(
        self,
        model: str,
        *,
        api_key: str,
        base_url: str | None = None,
        retries: int = 2,
        sleep: Callable[[float], None] = time.sleep,
        options: Options | None = None,
    ) -> None:
        """
        Args:
            model: The model's name at the provider.
            api_key: The key; servers without one take any word.
            base_url: Another server than OpenAI's own.
            retries: How often a failed request is made again.
            sleep: Waits; a test passes its own.
            options: What the shop set for this provider.
        """
        self.name = model
        self.address = address.read_address(base_url, model, (options or Options()).api_version)
        self._options = options or Options()
        self._retries = retries
        self._sleep = sleep
        self.key = api_key
        self._dialect = dialect.guess(self.address.url, model)
        self._answered_at = float("-inf")
        headers: JsonObject = {"Accept-Encoding": "identity", **self._options.headers}
        if self.address.is_azure:
            headers["api-key"] = api_key
        if base_url is not None:
            headers |= {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
        self._client = openai.OpenAI(
            api_key=api_key,
            base_url=self.address.url,
            max_retries=0,
            default_headers=headers,
            default_query=dict(self.address.query),
            http_client=httpx2.Client(
                transport=DeadlineTransport(proxy_for(self.address.url)), follow_redirects=False, trust_env=False
            ),
        )

    def __del__(self) -> None:
        if client := self.__dict__.get("_client"):
            client.close()

    @property
    def is_live(self) -> bool:
        """Whether its words may be shown while they come: only where thinking cannot be among them."""
        chosen = self._options.live_words
        return dialect.separates_thinking(self.address.url) if chosen is None else chosen

    @property
    def dialect(self) -> Dialect:
        """How requests are written to it by now."""
        return self._dialect

    def answer(self, request: ModelRequest) -> ModelAnswer:
        try:
            return self.probe(request)
        except Failure as failure:
            raise failure.as_error(self._names(request)) from failure

    def probe(self, request: ModelRequest) -> ModelAnswer:
        """Answer once.

        Raises:
            Failure: No usable answer; `words` are the provider's own and may quote the request.
        """
        deadline = Deadline(self._seconds(request))
        speaks, streams = self._dialect, request.on_text is not None
        retries, lessons, again = 0, 0, 0
        with deadline.applied():
            while True:
                try:
                    answer = self._ask(request, speaks, deadline, streams=streams)
                except Failure as failure:
                    if deadline.has_passed:
                        raise replace_reason(failure, LATE) from failure
                    if failure.kind == "request" and lessons < _MOST_LESSONS:
                        learned = learn(
                            speaks, self._body(request, speaks, streams=streams), failure, self.address.url
                        )
                        if learned is not None:
                            speaks, lessons = learned, lessons + 1
                            continue
                    if failure.is_in_body and streams:
                        streams = False  # perhaps it is the streaming that it cannot do
                        continue
                    if failure.kind == "malformed" and again == 0:
                        again = 1
                        continue
                    if failure.kind == "request" and failure.status >= 500:
                        failure.kind = "temporary"
                    most = max(self._retries, 1 if failure.status == 0 else 0)
                    wait = self._wait(failure, retries)
                    if failure.kind != "temporary" or retries >= most or wait >= deadline.remaining:
                        raise
                    retries += 1
                    self._sleep(wait)
                else:
                    self._remember(speaks, answer)
                    return self._with_usage(answer, request)

    def _remember(self, speaks: Dialect, answer: ModelAnswer) -> None:
        if answer.thinking and not speaks.thinks:
            speaks = replace(speaks, thinks=True)
        if speaks != self._dialect:
            log.info("model's dialect learned", model=self.name, dialect=speaks.describe())
            self._dialect = speaks
        self._answered_at = time.monotonic()

    def _seconds(self, request: ModelRequest) -> float:
        """The limit of a request: the provider's own, more while a local model loads, never more than is left."""
        own = self._options.staff_timeout if request.audience == "staff" else self._options.timeout
        seconds = own or request.timeout
        is_cold = time.monotonic() - self._answered_at > _COOLS_DOWN
        if is_cold and self._options.cold_timeout is not None and self.address.is_local:
            seconds = max(seconds, self._options.cold_timeout)
        return min(seconds, request.timeout if request.time_left is None else request.time_left)

    def _body(self, request: ModelRequest, speaks: Dialect, *, streams: bool) -> JsonObject:
        effort = self._options.effort or ("low" if speaks.knows_effort else None)
        if request.spare_thinking:
            effort = "minimal" if speaks.knows_effort else "low"
        return wire.body_of(
            request,
            self.name,
            speaks,
            effort=effort,
            temperature=self._options.temperature,
            extra=self._options.body,
            streams=streams if speaks.streams is None else speaks.streams,
        )

    def _ask(self, request: ModelRequest, speaks: Dialect, deadline: Deadline, *, streams: bool) -> ModelAnswer:
        """Make one request.

        Raises:
            Failure: It came to nothing.
        """
        body = self._body(request, speaks, streams=streams)
        target = speaks.url or f"{speaks.path}/chat/completions"
        try:
            # with a raw response as the type, the client neither reads nor parses the body
            response: Json = self._client.post(
                target,
                cast_to=httpx2.Response,
                body=body,
                options={
                    "timeout": max(deadline.remaining, 0.001),
                    # Azure refuses a request with two keys
                    **({"headers": {"Authorization": openai.Omit()}} if self.address.is_azure else {}),
                },
                stream=True,
                stream_cls=openai.Stream[Any],
            )
        except openai.APIStatusError as error:
            raise from_status(error.status_code, error.response.headers, error.response.content) from error
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError, TypeError, OSError) as error:
            raise unreached(error) from error
        try:
            return read_answer(_parts(response), request.on_text, lambda: deadline.shorten(_AFTERWARDS))
        except Failure as failure:
            failure.is_in_body = True
            raise
        finally:
            response.close()

    @staticmethod
    def _wait(failure: Failure, attempt: int) -> float:
        """Seconds until the next attempt: as the provider asks, else a little longer each time."""
        if failure.wait is not None:
            return failure.wait
        return min(4.0, 0.4 * 2.0**attempt) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, not a secret

    def _with_usage(self, answer: ModelAnswer, request: ModelRequest) -> ModelAnswer:
        """An answer whose provider reported no usage, with an estimate."""
        used = answer.usage
        if used.input_tokens and used.output_tokens:
            return answer
        sent = sum(len(message.content) for message in request.messages) + sum(
            len(spec.description) + len(str(spec.parameters)) for spec in request.tools
        )
        written = (
            len(answer.text)
            + len(answer.thinking)
            + sum(len(call.name + call.arguments) for call in answer.tool_calls)
        )
        estimate = Usage(
            used.input_tokens or about_tokens(sent),
            used.output_tokens or about_tokens(written),
            used.cached_tokens,
            is_estimated=True,
        )
        return replace(answer, usage=estimate)

    def _names(self, request: ModelRequest) -> frozenset[str]:
        """Names that a refusal may repeat in a record: none of them comes from a person."""
        names = {self.name, *self.name.split("/"), *self.name.split(":")}
        for spec in (*request.tools, *request.withheld_tools):
            names |= {spec.name, *(spec.parameters.get("properties") or {})}
        return frozenset(names)


def replace_reason(failure: Failure, reason: str) -> Failure:
    """A failure whose request also ran out of time."""
    words = f"({failure.reason})" if failure.kind != "time" and failure.status else ""
    return Failure("time", f"{reason} {words}".strip(), failure.status, failure.words)


def _parts(response: httpx2.Response) -> Iterator[bytes]:
    """The body's bytes as they come.

    Raises:
        Failure: They end too early, or too late.
    """
    try:
        yield from response.iter_bytes()
    except httpx2.TimeoutException as error:
        raise Failure("time", LATE) from error
    except httpx2.DecodingError as error:
        raise Failure("malformed", "the provider's answer is malformed (its encoding)") from error
    except httpx2.HTTPError as error:
        raise Failure("malformed", "the provider's answer broke off") from error
