"""A pattern that is ruled out by a text's words would not have matched: the short way finds what the long way does."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import motabot
from learning.texts import texts_by_model
from motabot.sms.spelling import sentences_of
from motabot.text.needs import sides_of
from motabot.text.patterns import Lexicon
from motabot.text.pieces import DIGIT, EDGE, Found
from motabot.text.quotations import folded

FILES = [
    path
    for path in sorted(Path(motabot.__file__).parent.rglob("*.toml"))
    if isinstance(tomllib.loads(path.read_text("utf-8")).get("patterns"), dict)
]
#: Every construct that the files may use.
CONSTRUCTS = [
    r"\b(?:stop|quit) (?:text|messag)ing\b",
    r"\b(stop|end)\b.*\b(text|message)s?\b",
    r"^\W*(?:hi )?there$",
    r"a(?:b|cd){2,3}e|[xyz]{2}-?w",
    r"\b(?:no )?mas mensajes?\b(?! por favor)",
    r"(?<=my )#|(?<!no )\$ ?\d{2,}",
    r"\d\d:\d\d ?(?:am|pm)|[0-9]+%|[1-9]\d* off",
    r"\bcall(?=.*\bnow\b)\w*",
    r"[^a-z]free[!.]*|\bfree!",
    r"(?:(?:please|pls|ty) ?)+",
    r"(?:one |two )?(?:three|four) ?five*\b",
    r"caf\w+|ni[nñ]o\b|\bun-?subscribe\b",
    r"win\s+big|\.com\b|\bo\+o\b|[\]x]y|[^]]z",
    r"(?:ab?|c)??d+?e*+",
    r"\u20ac ?\d|\u00a3",
    r"ok{,2}a{0}y",
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Texts of people and of machines, in the forms in which patterns see them."""
    collected = [text.words for group in texts_by_model().values() for text in group]
    drawn = random.Random(4).sample(sorted(set(collected)), 120)
    return [form for text in drawn for form in (" . ".join(sentences_of(text)), folded(text))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_finds_in_every_text_what_its_expression_finds(path: Path, texts: list[str]) -> None:
    lexicon = Lexicon(path)
    for name in lexicon.names():
        pattern = lexicon.pattern(name)
        expression = re.compile(pattern.pattern)
        for text in texts:
            found = expression.search(text)
            assert pattern.matches(text) is (found is not None), (name, text)
            if found is not None:
                assert pattern.search(text) is not None
                assert pattern.sub("_", text) == expression.sub("_", text)
                assert [each.span() for each in pattern.finditer(text)] == [
                    each.span() for each in expression.finditer(text)
                ]
            else:
                assert pattern.fullmatch(text) is pattern.match(text) is None


def _lexicon(folder: Path, pattern: str) -> Lexicon:
    path = folder / "words.toml"
    path.write_text(f"[patterns]\nonly = ['''{pattern}''']\n", encoding="utf-8")
    return Lexicon(path)


@pytest.mark.parametrize("pattern", CONSTRUCTS)
def test_whatever_an_expression_matches_is_not_ruled_out(pattern: str, tmp_path: Path) -> None:
    made = _lexicon(tmp_path, pattern).pattern("only")
    expression = re.compile(pattern)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(expression), st.text(max_size=5))
    def hold(text: str, after: str) -> None:
        for each in (text, text + after, after + text):
            assert made.matches(each) is (expression.search(each) is not None)

    hold()


@pytest.mark.parametrize("name", ["sms/consent", "sms/machine", "sms/tongues", "conversation/safety"])
def test_whatever_a_list_of_ours_could_match_is_not_ruled_out(name: str) -> None:
    lexicon = Lexicon(Path(motabot.__file__).parent / f"{name}.toml")
    patterns = [pattern for name in lexicon.names() for pattern in lexicon.each(name)]
    compiled = [re.compile(pattern.pattern, re.ASCII) for pattern in patterns]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(patterns) - 1))
        text = data.draw(st.from_regex(compiled[number]))
        assert patterns[number].matches(text) or not re.search(patterns[number].pattern, text)

    hold()


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\b(?:stop|quit) texts?\b", [{f"{EDGE}{w}{EDGE}" for w in ws} for ws in (("stop", "quit"), ("text", "texts"))]),
        (r"send\w* .*\$\d", [{"send"}, {DIGIT}, {"$"}]),
        (r"(?:a|.)b?", []),
        (r"<fruit>s", [{"pear", "fig"}, {"s"}]),
    ],
)  # fmt: skip
def test_what_a_side_needs_is_known(pattern: str, needs: list[set[str]]) -> None:
    fruit = Found(None, (frozenset({"pear", "fig"}),))
    (side,) = sides_of(pattern, lambda _name: fruit)
    assert list(map(set, side.needs)) == needs


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "(?P<n>a)", "(?i)a"])
def test_what_cannot_be_read_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"never closed|never opened|not known"):
        sides_of(pattern, lambda _name: Found(None))


def test_words_that_were_forgotten_are_read_anew(tmp_path: Path) -> None:
    pattern = _lexicon(tmp_path, r"\bstop\b").pattern("only")
    for number in range(5_000):
        assert not pattern.matches(f"word{number}")
    assert pattern.matches("please stop")
