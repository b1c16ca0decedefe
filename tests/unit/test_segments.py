"""Segments are counted and cut as a phone network does it, and no text pays for typography."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motabot.text.gsm7 import count, encoding, split, to_gsm7

# Independent of the module: the table of 3GPP TS 23.038, 6.2.1, in the order of its codes; 0x1B is the escape.
ESCAPE = 0x1B
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}


def septets_of(text: str) -> list[int] | None:
    """The text as a phone would code it, or None if GSM-7 cannot."""
    codes: list[int] = []
    for character in text:
        if character in EXTENSION:
            codes += [ESCAPE, EXTENSION[character]]
        elif character in BASIC and character != "\x1b":
            codes.append(BASIC.index(character))
        else:
            return None
    return codes


def segments_by_the_book(text: str) -> int:
    """Cuts the coded stream, and steps back where a cut would part a pair."""
    septets = septets_of(text)
    if septets is not None:
        if len(septets) <= 160:
            return 1 if septets else 0
        number = 0
        while septets:
            cut = 153 if len(septets) > 153 else len(septets)
            cut -= septets[cut - 1] == ESCAPE
            septets, number = septets[cut:], number + 1
        return number
    octets = text.encode("utf-16-be", "surrogatepass")
    if len(octets) <= 140:
        return 1
    number = 0
    while octets:
        cut = min(134, len(octets))
        if cut < len(octets) and 0xD8 <= octets[cut - 2] <= 0xDB:
            cut -= 2
        octets, number = octets[cut:], number + 1
    return number


gsm_text = st.text(
    alphabet=st.sampled_from([*BASIC.replace("\x1b", ""), *EXTENSION, "€", "[", "a", " "]), max_size=500
)
wild_text = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("aя😀€’“…•–\u00a0\u200b½é\u0301\ufe0f\u200d`")
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", []),
        ("a", [1]),
        ("a" * 160, [160]),
        ("a" * 161, [153, 8]),
        ("a" * 306, [153, 153]),
        ("a" * 307, [153, 153, 1]),
        ("€" * 80, [80]),
        ("€" * 81, [76, 5]),
        ("a" * 152 + "€" + "a" * 8, [152, 9]),
        ("a" * 151 + "€" + "a" * 8, [152, 8]),
        ("я" * 70, [70]),
        ("я" * 71, [67, 4]),
        ("я" * 66 + "😀" + "я" * 66, [66, 66, 1]),
        ("я" * 65 + "😀" + "я" * 4, [66, 4]),
        ("😀" * 35, [35]),
        ("😀" * 36, [33, 3]),
        ("ç", [1]),
        ("ç" + "a" * 70, [67, 4]),
        ("Ç" + "a" * 159, [160]),
        ("\x1b" + "a" * 70, [67, 4]),
        ("\n" * 160, [160]),
    ],
)
def test_a_text_is_cut_where_the_network_cuts_it(text: str, lengths: list[int]) -> None:
    assert [len(part) for part in split(text)] == lengths
    assert count(text) == len(lengths)


@pytest.mark.parametrize(
    ("text", "alphabet"),
    [
        ("Hola, ¿qué tal? ¡Ñandú!".replace("ú", "ü"), "gsm7"),
        ("[x] {y} ~z^ |a\\ €\f", "gsm7"),
        ("Δ Φ Γ Λ Ω Π Ψ Σ Θ Ξ", "gsm7"),
        ("está", "ucs2"),
        ("it’s", "ucs2"),
        ("a`b", "ucs2"),
        ("a\tb", "ucs2"),
        ("ç", "ucs2"),
        ("😀", "ucs2"),
        ("\x1b", "ucs2"),
    ],
)
def test_one_character_outside_gsm7_decides_the_alphabet(text: str, alphabet: str) -> None:
    assert encoding(text) == alphabet


@settings(deadline=None)
@given(st.one_of(gsm_text, wild_text))
@example("a" * 152 + "€")
@example("я" * 66 + "😀")
def test_the_count_agrees_with_the_coded_stream(text: str) -> None:
    assert count(text) == segments_by_the_book(text)


@settings(deadline=None)
@given(st.one_of(gsm_text, wild_text))
def test_segments_put_together_are_the_text_and_each_fits(text: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    if len(parts) > 1:
        alphabet = encoding(text)
        for part in parts:
            septets = septets_of(part)
            size = (
                len(septets or []) if alphabet == "gsm7" else len(part.encode("utf-16-be", "surrogatepass")) // 2
            )
            assert 0 < size <= (153 if alphabet == "gsm7" else 67)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Hi” — it’s ‘fine’…", "\"Hi\" - it's 'fine'..."),
        ("«Hola» „so‟ ‹x›", '"Hola" "so" \'x\''),
        ("`code` 5′ 6″", "'code' 5' 6\""),
        ("9–5, 1‑2, −3, a—b", "9-5, 1-2, -3, a-b"),
        ("• one\n‣ two\n◦ three", "- one\n- two\n- three"),
        ("a\u00a0b\u2009c\u3000d\u202fe\tf", "a b c d e f"),
        ("a\u200bb\u2060c\ufeffd\u00ade\u200ef", "abcdef"),
        ("line\u2028two\u0085three", "line\ntwo\nthree"),
        ("1½ oz, ¼ and ⅛", "1 1/2 oz, 1/4 and 1/8"),
        ("Ｆｕｌｌ ＷＩＤＴＨ！ １２", "Full WIDTH! 12"),
        ("ﬁne ﬂower №5", "fine flower No5"),
        ("𝐁𝐨𝐥𝐝 𝘪𝘵𝘢𝘭𝘪𝘤", "Bold italic"),
        ("Kiva™ ® ©", "Kiva(TM) (R) (C)"),
        ("→ ≤ ≥ × ±", "-> <= >= x +/-"),
        ("e\u0301 n\u0303 u\u0308", "é ñ ü"),
        ("Å Ω", "Å Ω"),
        ("a\ufe0f b\u200dc", "a bc"),
    ],
)
def test_typography_becomes_its_plain_form(text: str, plain: str) -> None:
    assert to_gsm7(text) == plain
    assert encoding(to_gsm7(text)) == "gsm7"


@pytest.mark.parametrize(
    "text",
    [
        "plain text, nothing to do.",
        "está allí, ¿sí?",
        "ç and Ç",
        "Привет",
        "👨‍👩‍👧 ❤️ 1️⃣",
        "10² m³",
        "a\u0301 o\u0301",
        "日本語",
        "crème brûlée",
        "\x00\x1b",
    ],
)
def test_what_has_no_plain_form_stays(text: str) -> None:
    assert to_gsm7(text) == text


@settings(deadline=None)
@given(wild_text)
def test_plain_forms_are_gsm7_and_stay_as_they_are(text: str) -> None:
    plain = to_gsm7(text)
    assert to_gsm7(plain) == plain
    assert [letter for letter in plain if encoding(letter) == "ucs2" and letter not in text] == []


@settings(deadline=None)
@given(gsm_text.filter(lambda text: "`" not in text))
def test_a_gsm7_text_is_left_alone(text: str) -> None:
    assert to_gsm7(text) == text
