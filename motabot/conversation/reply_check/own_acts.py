"""What the assistant itself offers to do: to look up, to tell, to compute and to ask a person."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_ADVERBS = (
    r"(?:(?:also|always|still|just|even|gladly|happily|then|now|certainly|definitely|only|really|easily|simply"
    r"|totally|absolutely|personally|of course|go ahead and|be (?:happy|glad|able) to|go|try to|quickly)\s)*"
)
_OFFERS = regex(
    r"\b(?:i(?:'ll| will| can| could| may)|i'?m (?:going|able|happy|glad) to|i'?d (?:be (?:happy|glad) to|love to)"
    r"|(?:^|[.!?]\s)(?:happy|glad) to|let me|want me to|shall i|should i|need me to)"
    rf"\s{_ADVERBS}(?P<verb>[a-z]+)\b(?P<rest>[^.!?;\n]{{0,60}})"
)
#: What it does by answering, in words of its own and of chatting.
_ANSWERS = frozenset(
    """
    add admit answer apologize appreciate ask assume be believe bet break browse calculate call check chat clear
    compare compute confirm connect count describe dig do dose double explain feel figure filter find fetch
    focus forget flag forward get give guess hand have hear help hope hunt imagine include keep know lay leave
    let limit line list look love make match mean mention miss move name narrow need not offer otherwise
    pass pick point pretend promise pull put quote rank read recap recheck recommend refer relate remember
    repeat request rephrase round route rule run say scout search see share show skip sort speak spell split stay
    stick stop suggest sum swear switch take talk tally tell think total translate trim try tweak understand
    use want walk weigh wish work worry write
    """.split()
)
#: A verb of answering that does more with its object: "take the $5 off", "keep one for you", "check the back".
_DOES_MORE = regex(
    r"(?:take|put|give|make|get|have|do|run|leave|work)\b[^.!?;\n]{0,30}"
    r"(?:\$\d[\d.]*|\b\d+ ?%|\b(?:reward|discount|credit|price|points))\b[^.!?;\n]{0,20}"
    r"\b(?:off|on your|to your|toward|down|for you|here|now)\b"
    r"|have\b[^.!?;\n]{0,40}\b(?:ready|waiting|bagged|packed|hold|set aside|sav(?:e|ed)|reserved?|put|added"
    r"|applied)\b"
    r"|(?:take|get|make|put)\b[^.!?;\n]{0,20}\boff\b(?! (?:the list|your list|my list|the table))"
    r"|(?:put|add|leave|use|move|pass)\b[^.!?;\n]{0,40}\b(?:on|to|in|into|toward|from|at)"
    r" (?:your|the|my|our) (?:\w+ )?(?:order|account|profile|file|cart|tab|ticket|bill|purchase|total|next \w+"
    r"|points|balance|register|counter|fridge|shelf|record|list of regulars)\b"
    r"|put (?:\w+ ){1,4}?(?:aside|away|by for|on hold|behind|under)\b"
    r"|keep (?:an? (?:eye|lookout|tab|spot|pack|bag)|tabs|one|some|watch|track|you posted)"
    r"|keep (?:\w+ ){1,4}?(?:aside|for you|behind|on file|on hold|safe)\b"
    r"|(?:check (?:in |on |with )?|(?:hunt|scout|browse) (?:\w+ ){0,4}?)(?:the|our|out)"
    r" (?:back|shel\w+|stock ?room|store ?room|warehouse|display"
    r"|register|driver)\b"
    r"|(?:walk|run|take|hand|pass|move|give|get) (?:it|them|one|that|this|some|those)"
    r" (?:out|over|down|up) (?:to|for|front)\b"
    r"|make (?:an exception|it \$|the (?:price|change|switch|swap|order|reservation)|a (?:reservation|booking"
    r"|change))"
    r"|give (?:you )?(?:an? )?(?:\w+ )?(?:discount|deal|break|extra|free|bonus|refund|call|ring)\b"
    r"|(?:do|match|quote|let you have|give you) (?:it|that|them|this|one) (?:for|at) \$"
    r"|call (?:the|you|them|our|ahead|up)\b|write (?:it|you|your \w+) (?:up|in|down)\b|remember (?:your"
    r"|that you|this for)"
    r"|ask (?:the|our) (?:brand|maker|grower|supplier|driver|distributor)\b"
)
#: A hold, a reward or a discount that will be there without anybody's doing.
_WILL_BE = regex(
    r"\bconsider it (?:done|handled|yours|held)\b|\bwith your name on (?:it|them)\b"
    r"|(?:\$\d[\d.]*(?: off)?|\b(?:rewards?|discount|credit|points|recompensa|descuento"
    r"|your (?:bag|order|pack|stuff|goods|things|items)))"
    r" (?:will|'ll) (?:already )?be (?:waiting|ready|there|applied|taken off|off|on file|on your"
    r"|in the system|at the \w+|up front)\b"
)
_OFRECE = regex(
    r"\b(?:puedo|podria|voy a|dejame|permiteme|quieres que (?:te )?|gustaria que (?:te )?)\s?"
    r"(?P<verbo>aplic|descont|descuent|rebaj|quit|canje|guard|apart|reserv|agreg|anot|apunt|cambi|cancel|cobr"
    r"|pon(?:er|go|ga)|envi|mand|regal|entreg|prepar|separ|carg|ajust|recort|baj"
    r"|llam)\w*(?P<resto>[^.!?;\n]{0,40})"
    r"|\b(?:te|le|se)(?: l[oae]s?)? (?:descuento|guardo|aplico|aparto|pongo(?! (?:un ejemplo|al tanto|dos|tres"
    r"|opciones))|agrego|cambio|cancelo|reservo|anoto|apunto|cobro|rebajo|quito|envio|regalo|entrego|preparo"
    r"|separo|cargo|canjeo|llamo)\b"
)
#: "I wish I could hold it", "all I can do": a wish or a limit offers nothing.
_NO_OFFER = regex(
    r"\b(?:wish|if(?= i (?:can|could))|only thing|nothing|whatever|ojala|not sure|don'?t think|beyond what"
    r"|more than"
    r"|unless)\b[^,.;!?]*$"
)


def check_own_acts(reading: DraftReading) -> Iterator[Problem]:
    """The assistant offers only what it can do: to look up, to tell, and to ask a person."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        for pattern in (_OFFERS, _WILL_BE, _OFRECE):
            for found in pattern.finditer(text):
                verb = found.groupdict().get("verb")
                is_answer = verb in _ANSWERS and not _DOES_MORE.match(text, found.start("verb"))
                if is_answer or _NO_OFFER.search(text[: found.start()]):
                    continue
                if reading.draft.is_denied(sentence.span.start + found.start()):
                    continue
                excerpt = reading.quoted(sentence, found)
                yield Problem(
                    "act",
                    excerpt,
                    f'"{excerpt}": you can look up, tell and ask a person, and nothing else. Say so, or who can.',
                )
                return
