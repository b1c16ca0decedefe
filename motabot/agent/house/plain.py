"""From what people type to plain words: lower case, no accents, slang and figures written out.

Nothing here knows what a text is about. What comes out is what the patterns of `intents.toml` are written for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_FIGURE: Final = r"\d+(?:[.,]\d+)?"
#: What emoji say, where they stand alone; others say nothing.
_EMOJI: Final = {
    **dict.fromkeys("👍👌✅💯🔥😎🙌💪🤙😁😀🙂😊💨", " ok "),
    **dict.fromkeys("😂🤣😆😅💀", " haha "),
    **dict.fromkeys("🙏❤💚💜🥰😍🫶", " thanks "),
    **dict.fromkeys("👋", " hello "),
    **dict.fromkeys("🖕", " fuck you "),
}
_EMOJI_PATTERN = re.compile("|".join(_EMOJI))
_SENTENCE_END: Final = re.compile(r"[?!;\n]+|\.+(?=\s|$)|\.{2,}|\s[-–—]+\s")

#: What people write for short, as whole words.
_SHORT: Final = {
    "u": "you", "ya": "you", "ur": "your", "youre": "you are", "r": "are", "n": "and", "nd": "and", "b": "be", "c": "see",
    "w": "with", "wit": "with", "wid": "with", "bc": "because", "cuz": "because", "b4": "before", "da": "the", "dat": "that",
    "dis": "this", "dem": "them", "tha": "the", "em": "them", "im": "i am", "ill": "i will", "ive": "i have",
    "id": "id", "iam": "i am", "whats": "what is", "wats": "what is", "whts": "what is", "wuts": "what is",
    "wut": "what", "wat": "what", "wht": "what", "hw": "how", "hows": "how is", "wheres": "where is", "whens": "when is",
    "whos": "who is", "thats": "that is", "theres": "there is", "its": "it is", "yall": "you", "yalls": "your",
    "hav": "have", "hve": "have", "hv": "have", "luv": "love", "kno": "know", "gt": "got", "gotta": "have to", "gimme": "give me",
    "lemme": "let me", "wanna": "want to", "gonna": "going to", "gunna": "going to", "tryna": "trying to",
    "sumthin": "something", "sumthing": "something", "somethin": "something", "smth": "something", "sth": "something",
    "sumn": "something", "sum": "some", "anythin": "anything", "nething": "anything", "pls": "please", "plz": "please", "plss": "please",
    "pleez": "please", "thx": "thanks", "thnx": "thanks", "tnx": "thanks", "thanx": "thanks", "ty": "thanks", "tysm": "thanks",
    "tyvm": "thanks", "thankyou": "thank you", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomoro": "tomorrow",
    "tommorow": "tomorrow", "tommorrow": "tomorrow", "2morrow": "tomorrow", "2moro": "tomorrow", "2nite": "tonight", "tonite": "tonight", "2night": "tonight",
    "2day": "today", "rn": "right now", "atm": "atm", "asap": "now", "hrs": "hours", "hrz": "hours", "hors": "hours", "pts": "points",
    "addy": "address", "loc": "location", "recs": "recommendations", "rec": "recommend", "reccs": "recommendations", "fav": "favorite",
    "favs": "favorites", "fave": "favorite", "faves": "favorites", "reg": "regular", "doin": "doing", "goin": "going", "lookin": "looking",
    "comin": "coming", "thru": "through", "bout": "about", "abt": "about", "prolly": "probably", "thn": "then", "stil": "still",
    "prices": "price", "msgs": "messages", "msg": "message", "txt": "text", "txts": "texts", "num": "number", "sat": "saturday",
    "fri": "friday", "thurs": "thursday", "tues": "tuesday", "xmas": "christmas", "bday": "birthday", "ppl": "people",
    "q": "que", "ke": "que", "qe": "que", "xq": "por que", "pq": "por que", "porq": "por que", "x": "por", "pa": "para", "tmb": "tambien",
    "tb": "tambien", "porfa": "por favor", "porfis": "por favor", "porfavor": "por favor", "grax": "gracias", "grasias": "gracias",
    "grcs": "gracias", "ola": "hola", "aki": "aqui", "toy": "estoy", "toi": "estoy", "kuantos": "cuantos", "qkuantos": "cuantos",
    "kuanto": "cuanto", "cuantosp": "cuantos", "kiero": "quiero", "qiero": "quiero", "tienes": "tienes", "ay": "hay", "aber": "a ver",
    "msj": "mensajes", "msjs": "mensajes", "d": "de", "dnd": "donde", "dond": "donde", "onde": "donde", "ps": "pues",
    "sipi": "si", "nel": "no", "simon": "si", "mañana": "manana",
}  # fmt: skip
#: Doubled letters are rare at the end of a stretched word; these keep theirs.
_DOUBLED: Final = frozenset(
    "cool good need feel weed see free keep too all well hello ill will full bee soon haha ahh".split()
)

_MONEY = re.compile(rf"\$\s*({_FIGURE})|({_FIGURE})\s*(?:\$|bucks?\b|usd\b|dlls?\b|pesos\b|dolares\b|dls\b)")
_RANGE = re.compile(r"\$?\s*(\d+)\s*-\s*\$?\s*(\d+)\s*\$?(?=\s|$|[?!,.])")
_FOR_TO = re.compile(
    r"\b(something|sumthing|thing|need|want|way|have|good|algo|talk|speak|how|like|going|close|next|back|listen|got|used|trying) 2 (?!to\b)(?=[a-z])"
)
_FOR = re.compile(r"\b4 (?=[a-z])(?!(?:dollars?|pack|grams?|of|or|and|carts?|eighths?|pre|joints?|g|me only)\b)")


def bare(text: str) -> str:
    """Lower case without accents; every other character stays."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in plain words, without those that hold none."""
    ready = bare(_EMOJI_PATTERN.sub(lambda found: f" {_EMOJI[found[0]]} ", text.replace("️", "")))
    return tuple(words for part in _SENTENCE_END.split(ready) if (words := _plain(part)))


def _plain(text: str) -> str:
    text = re.sub("['’‘`´]", "", text)
    text = re.sub(r"\b(\d+)\s*/\s*(\d+)\b", r"\1 \2", text)
    text = _RANGE.sub(r" \1 to \2 dollars ", text)
    text = _MONEY.sub(lambda found: f" {found[1] or found[2]} dollars ", text)
    text = re.sub(rf"({_FIGURE})\s*%", r"\1 percent ", text)
    text = re.sub(r"#\s*(\d)\b", r" number \1 ", text)
    text = re.sub(r"\bw/\s*", " with ", text)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)|[^a-z0-9. ]+", " ", text)
    words = [_SHORT.get(word, word) for word in (_unstretch(word) for word in text.split())]
    text = " ".join(words)
    text = _FOR_TO.sub(lambda found: f"{found[1]} to ", text)
    return _FOR.sub("for ", text)


def _unstretch(word: str) -> str:
    """ "heyyy" and "heyy" are "hey"; "coool" is "cool"."""
    if not re.search(r"([a-z])\1\1", word):
        return word
    twice = re.sub(r"([a-z])\1{2,}", r"\1\1", word)
    return twice if twice in _DOUBLED else re.sub(r"([a-z])\1{2,}", r"\1", word)
