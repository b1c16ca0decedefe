"""Shows an answer's words while they come, and never a model's internals."""

from __future__ import annotations

from collections.abc import Callable

from motabot.agent.models.leaks import clean
from motabot.text.regex import regex

#: Where markup, a call or a wrapper may begin. Placeholders like [name1] mean people and pass.
_SUSPECT = regex(r"[<>{`|【◁＜｜Ġ▁&\\]|\[(?!(?:name|phone|email|member|text|h)\d+\])")
#: The beginning of an answer that may yet turn out to be a label, a channel or thinking.
_BEGINNING = 32


class Speech:
    """Passes on the words of an answer.

    Thinking without an opening tag is only known by its end. So words pass at once only where the model is known
    to keep its thinking apart; else they are held until the answer is accepted, and then pass in the same pieces.
    """

    def __init__(self, on_text: Callable[[str], None] | None, *, is_live: bool) -> None:
        """
        Args:
            on_text: Receives the words so far; None: nobody waits for them.
            is_live: Whether words may pass before the answer is whole.
        """
        self._on_text = on_text
        self._is_live = is_live
        self._lengths: list[int] = []
        self._shown = ""

    @property
    def listener(self) -> Callable[[str], None] | None:
        """What a request's `on_text` should be."""
        return None if self._on_text is None else self._hear

    def begin(self) -> None:
        """Another answer begins."""
        self._lengths.clear()
        self._shown = ""

    def _hear(self, words: str) -> None:
        self._lengths.append(len(words))
        if not self._is_live:
            return
        suspect = _SUSPECT.search(words)
        safe = words[: suspect.start()] if suspect else words
        if suspect is None and (len(safe) < _BEGINNING or ":" in safe[:60]):
            return
        safe = safe[: safe.rfind(" ") + 1] if suspect else safe
        self._show(safe)

    def finish(self, text: str) -> None:
        """The answer is accepted; these are its words."""
        if self._on_text is None:
            return
        for length in self._lengths:
            self._show(text[:length])
        self._show(text)

    def _show(self, words: str) -> None:
        if self._on_text is None or words == self._shown or not words.strip():
            return
        if len(words) > len(self._shown) or not self._shown.startswith(words):
            if self._is_live and clean(words).text != words.strip():
                return
            self._shown = words
            self._on_text(words)
