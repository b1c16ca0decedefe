"""STOP, START and HELP, decided in code before any model.

US law takes any wording that a reasonable person would read as a revocation (47 CFR 64.1200(a)(10)), so a
list of keywords is not enough. The principle here: a text revokes when its words are nothing but a stop
word, or when a word of ending is aimed at *messages, this number or the sender's list*. The same words aimed at an
order, a visit, a habit or a sale do not count. Phrases that look like a revocation and are none ("don't stop", "stop
by") are blanked out first. English and Spanish may stand in one text, so both are always looked for.
Where a text both revokes and asks something else, the revocation wins.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from rapidfuzz.distance import DamerauLevenshtein


class Decision(Enum):
    """What a text says about consent."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    NONE = "none"


def decide(text: str, *, opted_out: bool) -> Decision:
    """Read a text for consent.

    Args:
        text: As the customer sent it.
        opted_out: The number's consent is withdrawn. Only then is a plain YES or SI a new consent;
            otherwise it answers the shop's last question.
    """
    sentences = [_BLANKS.sub(" _ ", sentence) for sentence in _sentences(text)]
    whole = " ".join(sentences).strip()
    if _revokes(whole, sentences):
        return Decision.STOP
    if _BARE_START.fullmatch(whole) or (opted_out and _BARE_YES.fullmatch(whole)):
        return Decision.START
    if _START.search(whole) and not _NOT.search(whole):
        return Decision.START
    if _BARE_HELP.fullmatch(whole):
        return Decision.HELP
    return Decision.NONE


def _revokes(whole: str, sentences: list[str]) -> bool:
    if _BARE_STOP.fullmatch(whole) or _BARE_ONLY.fullmatch(whole):
        return True
    for sentence in sentences:
        if any(pattern.search(sentence) for pattern in _REVOCATIONS):
            return True
        if any(_BARE_STOP.fullmatch(clause) for clause in _CONJUNCTION.split(sentence)):
            return True
    return False


# --- from what people type to plain words

LOOKALIKES = str.maketrans("авеѕторсухкмніјαετορικνυχς", "abestopcyxkmhijaetopikvuxs")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_MASKED = re.compile(r"(?<=\w)\*+|\*+(?=\w)|(?<=\w)[#@]+(?=\w)")
_SPELLED = re.compile(r"(?<!\w)[a-z](?:[\s.\-_*,/]+[a-z]){3,}(?!\w)")
_SPACED_STOP = re.compile(r"(?<!\w)s ?t ?o ?p(?!\w)")
_ELONGATED = re.compile(r"([a-z])\1{2,}")
_SENTENCE_BREAK = re.compile(r"[^\w\s&/'-]+|\s-+\s|\n+")
_NOT_A_WORD = re.compile(r"[^\w]+")
_WORD = re.compile(r"[a-z]+")
_PHONE = re.compile(r"\+?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\b|(?<=my )#|(?<=this )#|(?<=ur )#")
_SHORTHAND = {
    "dnt": "dont",
    "donot": "dont",
    "plese": "please",
    "pleas": "please",
    "pleae": "please",
    "nomas": "no mas",
}
_CAPITAL_STOP = re.compile(r"(?<=[a-z] )STOP\W*$|^\W*STOP(?= [A-Za-z]*[a-z])")

_STOP_NEIGHBOURS = frozenset(
    "top shop step slop sop stow stoop strop stomp stops atop stopt swop stor stob stot scop stoup stup".split()
)
"""Words and parts of words one letter away from "stop" that are none of its misspellings."""


def _sentences(text: str) -> list[str]:
    """Lower-case words without accents, look-alikes and apostrophes, cut at punctuation and emoji."""
    text = unicodedata.normalize("NFKC", _CAPITAL_STOP.sub(" . STOP . ", text).replace("🛑", " . stop . "))
    text = unicodedata.normalize("NFD", text.casefold().translate(LOOKALIKES))
    text = "".join(character for character in text if unicodedata.category(character) not in ("Mn", "Cf"))
    text = _PHONE.sub("this number", _MASKED.sub("", _APOSTROPHES.sub("", text)))
    text = re.sub(r"(?<=[a-z])0(?=[a-z])", "o", text)
    text = _SPELLED.sub(lambda found: _NOT_A_WORD.sub("", found[0]), text)
    text = _ELONGATED.sub(r"\1", text)
    parts = (" ".join(_NOT_A_WORD.split(part)).strip() for part in _SENTENCE_BREAK.split(text))
    return [_WORD.sub(_respell, _SPACED_STOP.sub("stop", part)) for part in parts if part]


def _respell(found: re.Match[str]) -> str:
    """Put right the misspellings of the words that matter most."""
    word = _SHORTHAND.get(found[0], found[0])
    if 3 <= len(word) <= 5 and word not in _STOP_NEIGHBOURS and DamerauLevenshtein.distance(word, "stop") == 1:
        return "stop"
    if len(word) >= 8 and word[0] == "u" and DamerauLevenshtein.distance(word, "unsubscribe") <= 3:
        return "unsubscribe"
    return word


# --- vocabulary


def _any(words: str) -> str:
    """A pattern for one of these words; a phrase is written with underscores."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


_POLITE = _any(
    "please pls plz plss plse kindly thanks thank_you thank_u ty thx tks now right_now right_away immediately asap"
    " today already ok okay k hey hi hello yo sir maam bro man dude guys yall again"
    " por_favor porfavor porfa porfis favor_de gracias ya ahora ahora_mismo hola oye"
)
_FILLER = _any(
    "and n just i said say saying told you u no yes yeah me all it_all for_real fr ffs fucking fuckin fuck fkn freaking"
    " ing damn god jesus omg smh wtf bot so sorry really the_fuck tf seriously the_hell i_am_telling_you must"
    f" todo {_POLITE.replace(' ', '_')}"
)
_MESSAGES = _any(
    "texts txts messages mesages messeges massages mensages msgs msg sms spam promos? promotions? promotional ads?"
    " adverts? advertisements? advertising marketing solicitations? notifications? notifs? alerts? blasts?"
    " newsletters? emails? e_mails? communications? text_messages? subscription subscriptions texting messaging"
)
_OFFERS = _any("deals? offers? specials? coupons? discounts? updates? announcements? reminders? calls? stuff crap")
_TO_MESSAGE = _any("text txt message msg contact email e_mail spam bother disturb notify sms solicit harass")
_MESSAGING = _any(
    "texting txting textin messaging msging messagin sending sendin contacting spamming bothering bugging harassing annoying"
    " pestering soliciting blasting emailing notifying marketing advertising reaching_out"
    " (?:hitting|hit|blowing|blow)(?:_up)?_(?:me|us|my) (?:calling|writing)(?=$|_(?:me|us|this|my|and|here|or|please|pls|to)\\b)"
)
_GAP = (
    "(?:"
    + _any(
        "to be any more anymore your ur yer yours these those this that the them you u yall ya guys people getting get"
        " receiving receive recieve recieving sending send giving having me us my of all all_of further future additional"
        " other kind kinds such from daily weekly constant stupid damn fucking fuckin freaking ing dumb annoying random"
        " automated unwanted marketing promo promotional text sms group with and a an so many much try trying tryin please"
        " pls plz just dam f"
    )
    + " ){0,7}?"
)
_LIST = rf"(?:{_any('your ur the this that any all whatever these yalls')} )(?:\w+ )??{_any('lists? database system contacts chain thread group')}\b(?! price)"
_MINE = rf"{_any('my this our the')} (?:\w+ )??{_any('number numbers digits contact contacts info information cell line')}\b(?! of)"
_UNLESS_TIMED = (
    r"(?! (?:before|after|until|till|when|while|during|unless|between|if|at|so|this|that|on) ?(?!all|once|point))"
)

_MENSAJES = _any(
    "mensajes? mensajitos? textos? texts? sms promos? promociones promocion publicidad anuncios? ofertas? spam"
    " notificaciones notificacion msjs? cupones alertas propaganda avisos correos"
)
_TODO = "(?:(?:los|las|el|la|sus|tus|su|tu|mis|mi|estos|esos|estas|esas|mas|tanto|tantos|tantas|todos|todas|ningun|nada de) )*"
_ESCRIBAN = _any(
    "escri[bv](?:as|an|a|amos) text(?:een|ees|ee|en|es|iando) contact(?:en|es|e) molest(?:en|es|e) llam(?:en|es|e) busquen"
    " spam(?:een|ees|ee)"
)
_MANDEN = _any("mand(?:en|es|e|ando|ar) envi(?:en|es|e|ando|ar) pas(?:en|es)")
_ESCRIBIR = (
    _any("escrib mand envi molest textea? mensaj contact llam spam hostig acos fastidi chinga jod") + r"\w*"
)

# --- phrases that look like a revocation and are none

_STOPPING = _any(
    "stop quit end cancel unsubscribe opt_out opting_out remove delete take_me_off discontinue pause mute lose drop"
)
_BLANKS = re.compile(
    "|".join(
        (
            # a visit, a place, an idiom
            r"\bstop (?:by|in|over|off|thru|through|there|here|sign|signs|light|lights|motion|watch|shop|at(?! once| all)"
            r"|on (?:my|the) way|(?:and|n|to) (?:get|grab|pick|see|shop|buy|drop|say))\b",
            r"\b(?:bus|truck|pit|last|one|next|first|quick|non|rest|full|a|my) stop\b",
            # the opposite: "don't stop"; but "if you don't stop" and "you never stop" complain
            r"\bhope (?:that )?(?:you|u|yall|it|they)(?: \w+)? (?:never|dont|do not|wont) \w+",
            r"(?<!you )(?<!\bu )(?<!guys )(?<!they )(?<!yall )(?<!people )(?<!why )"
            r"\b(?:dont|do not|never|wont|will not|cant|cannot|couldnt|could not|wouldnt|didnt|did not|not gonna)"
            r" (?:(?:ever|you|u|even|wanna|plan|mean|have|want|need|ask|asking|yall|guys|them|these|it|the \w+|to) )*"
            rf"{_STOPPING}\b(?! (?:getting|receiving|these|your))",
            r"\bno (?:(?:me|nos|le|se|quiero|que|vayan|vayas|a) )*"
            r"(?:pares?|paren|dej(?:es|en|e)|detengas?|detengan|cancel(?:en|es)|quit(?:en|es)|borren|eliminen|saquen)\b",
            # asking what the shop does or did
            rf"\b(?:when|what time|how late|how early) (?:do|does|are|is|did) (?:\w+ ){{1,3}}?{_STOPPING}\b(?: \w+ing\b)?",
            rf"\b(?:why|did|have|how come)(?: did| have)? (?:you|u|yall)(?: \w+)? {_STOPPING}(?:ped|ted)?\b(?: \w+ing\b)?",
            r"\b(?:why|how come) (?:dont|didnt|havent) (?:you|u|yall)(?: guys)? (?:text|message|send|contact)\w*",
            r"\bwhat happens if i \w+",
            # done by mistake, quoted from the shop's own text, or about a queue or an order
            r"\b(?:accidentally|mistakenly|by accident|by mistake)(?: \w+){0,3}? (?:stop|unsubscribed?|opted out)\b",
            r"\b(?:stop|unsubscribed?|opted out) (?:by|on) (?:accident|mistake)\b",
            r"\b(?:reply|text|txt|send|responda|responde|envia|envie) (?:with )?stop (?:to|2|para) \w+(?: out)?",
            rf"\b{_any('remove take get delete drop')} (?:me|my \w+) (?:from|off)(?: of)? (?:\w+ ){{0,3}}?"
            rf"{_any('waitlist wait_list waiting_list guest_list guestlist order cart pickup tab reservation appointment')}\b",
        )
    )
)

# --- revocations

_REVOCATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        # an end to messages
        rf"\b(?:stop|quit|cease|halt|discontinue|suspend) {_GAP}(?:{_MESSAGES}|{_MESSAGING}|{_TO_MESSAGE} (?:me|us|this|my)|text$|message$)(?:\b|$)",
        rf"\b(?:stop|quit) (?:getting|receiving|sending|all|the|with|your|ur|these|giving me) {_GAP}(?:{_OFFERS}\b|(?:these|those|this|them)$)",
        rf"\b(?:end|cancel|pause|mute|disable|kill|silence|turn off|shut off|switch off|no more|enough|done with|tired of|sick of|block) {_GAP}{_MESSAGES}\b",
        rf"\b(?:stop|quit) it with {_GAP}(?:{_MESSAGES}|{_OFFERS})\b",
        rf"^(?:{_FILLER} )*no {_GAP}{_MESSAGES}(?: {_POLITE})*$",
        rf"\bno more (?:\w+ )??{_OFFERS} {_any('please pls plz')}$",
        rf"\b{_MESSAGES} off\b",
        r"\b(?:cease|desist)\b",
        # do not write to me
        rf"(?<!you )(?<!\bu )(?<!guys )(?<!they )(?<!yall )\b(?:dont|do not|donot|never)(?: you)?(?: (?:ever|dare|please|pls|plz|even|try|to|be|fucking))*"
        rf" {_TO_MESSAGE}(?: to)?(?: (?:(?:me|us|here)|(?:this|my)(?: \w+)? (?:number|phone|cell|line)|my phone|again|any ?more|no more|back|please|pls|plz|ever|or call|at all)|$)+{_UNLESS_TIMED}",
        rf"\b(?:not|never) to (?:ever )?{_TO_MESSAGE} (?:me|us|this)\b{_UNLESS_TIMED}",
        rf"\b(?:can|could|would|will|please|pls|better) (?:you |u |yall )?(?:please )?not {_TO_MESSAGE} (?:me|us|this)\b{_UNLESS_TIMED}",
        rf"\bno need to {_TO_MESSAGE} (?:me )?(?:any ?more|again)",
        rf"(?<!you )(?<!\bu )(?<!guys )\b(?:dont|do not|never) (?:ever )?(?:call|phone) (?:me |us |here )?(?:or \w+ |again|any ?more|ever)",
        r"(?<!you )(?<!\bu )(?<!guys )\b(?:dont|do not|never) (?:ever )?send(?: me| us)? (?:anything|nothing|any ?more(?:$| of)|no more$|again|another)",
        rf"(?<!you )(?<!\bu )(?<!guys )\b(?:dont|do not|never) (?:ever )?send {_GAP}{_MESSAGES}\b",
        # I do not want them
        rf"\b(?:dont|do not|no longer|never|didnt|not|nor)(?: (?:really|even|ever|at all))* (?:want|wanna|need|wish|care|like|interested|authorize|consent)(?: (?:in|to|for))*"
        rf" {_GAP}(?:{_MESSAGES}|(?:{_MESSAGING})|(?:you|u|yall|guys|anyone|them) to (?:{_TO_MESSAGE}|call|send)|be (?:contacted|texted|messaged|emailed|bothered|notified)"
        rf"|hear from|(?:on|in|part of) {_LIST}|(?:receive|get|recieve|receiving|getting|your|these) {_GAP}{_OFFERS})\b",
        r"\b(?:dont|do not|no longer|not|never)(?: \w+){1,2} (?:to |in )?(?:receiv\w+|reciev\w+|get|getting)(?: any(?: more)?)?(?: of)? (?:these|those|this|them|from you|anything)(?: any ?more| please| pls|$)",
        rf"\b(?:never|didnt|did not|havent)(?: \w+)? (?:sign(?:ed)? up|signup|subscribed?|opt(?:ed)? in|agreed?|consent(?:ed)?|enroll(?:ed)?) (?:for |to |in )*(?:any of )?(?:this|these|it$|{_GAP}{_MESSAGES}|be (?:texted|contacted)|get|receive)",
        rf"\b(?:never|didnt|did not) (?:ask|asked|request|requested) (?:for |to get |to receive )?(?:any of )?(?:(?:these|your|this|ur|any) )?{_MESSAGES}\b",
        # take me off, lose my number
        r"\b(?:remove|delete|erase|unlist|unenroll|exclude|unsubscribe|deregister) (?:me|us)\b",
        rf"\b(?:take|get|pull|drop|keep|scratch|knock|leave|cut|want|me|us|number|wants?) (?:{_MINE} |me |us |my name )?(?:off|out)(?: of)? (?:{_LIST}|{_GAP}{_MESSAGES}\b)",
        r"\b(?:take|leave) (?:me|us|this number|my number|my name) off(?: now| please| pls| plz| thanks| thank you)*$",
        r"\boff (?:of )?(?:your|ur|this) (?:\w+ )??list\b(?! price)",
        rf"\b(?:remove|delete|lose|forget|erase|drop|block|burn|trash|wipe|scratch|purge) {_MINE}",
        rf"\b(?:remove|delete|lose|erase) number\b",
        rf"\b(?:removed|taken off|deleted) (?:from |of )?{_LIST}|\b(?:to|want|wish|like) be removed$|\bwant off\b",
        rf"\b(?:do not|no) (?:call|text|contact|disturb)(?: or \w+)? lists?\b|\bdo not disturb\b|\bdnc\b|\blista de no (?:llamar|molestar|contactar)\b",
        # the words themselves
        r"\b(?:unsubscribe|unsub|opt(?:ing|ed)?(?: (?:me|us|(?:my|this)(?: \w+)?(?: number)?))? ?out|un subscribe)\b",
        rf"\b(?:revok\w*|withdraw|rescind|remov\w+) (?:(?:my|all|any|the|your) )*(?:consent|permission|authorization)\b",
        r"\b(?:dont|do not|never|didnt|no|not)(?: (?:have|give|gave|given|got|you|u|ya|any|my))* (?:consent|permission)\b",
        rf"^(?:{_FILLER} )*stop (?:i|im|ive|you|u|youre|this is|its|who|or|we|wrong|my name)\b",
        rf"\b(?:you|u|yall|guys|these|this|them|{_MESSAGES})(?: (?:can|may|need|needs|should|must|better|gotta|have|to|please|just|all|now|would|could|really|fucking))* stop(?: (?:{_FILLER}|it|this|that))*$",
        r"\bmake (?:it|this|these|them|that) stop\b|\bturn these off\b",
        rf"\b(?:please|pls|plz|kindly) stop(?: {_FILLER})*$|\bstop (?:these|those|them)(?: {_POLITE})*$|^(?:please|pls|plz|kindly) remove$",
        # get lost
        r"\b(?:leave|let) (?:me|us) (?:the \w+ )?(?:alone|be$)",
        rf"^(?:{_FILLER} )*(?:fuck|fk|fck|fuk|f|eff|piss|bug|buzz|screw) (?:right |the fuck )?off\b",
        r"(?<!did )(?<!did you )\b(?:im|i am|ill|gonna|going to|will|just|i|now) (?:be )?(?:block\w*|report\w*) (?:you|u|this number|yall|this|as spam)\b",
        r"^(?:block|report)ing (?:you|u|yall)\b|^(?:block|report)(?:ed|ing)(?: and \w+)?(?: (?:you|u|as spam|this number))?$|\breport\w* as spam\b",
        r"^(?:this|these|it|its|all this)? ?(?:is|are|its)? ?(?:just )?spam$|\bspamming (?:me|us)\b",
        rf"^(?:{_FILLER} |you (?:have|got) |u (?:have|got) |youve got |(?:i think )?(?:this is|its|thats) |i think |guys |have )*(?:the |a )?wrong (?:number|person)\b(?! of)",
        # Spanish
        rf"\b(?:deja|deje|dejen|dejan|dejar|pare|paren|para|parale|parenle|parele|cesen|basta|cese|termina|terminen)(?: ya)? (?:de|con) (?:(?:me|nos|estar|seguir|andar) |{_TODO})*(?:{_ESCRIBIR}|{_MENSAJES})\b",
        rf"\bno (?:me|nos|le|les) (?:(?:vuelv(?:as|an|a) a|sig(?:as|an|a)|est(?:es|en|e)|and(?:en|es)) )?(?:{_ESCRIBAN}|escrib(?:ir|iendo)|molest(?:ar|ando)|contactar|textear)\b(?! (?:antes|despues|hasta|cuando))",
        r"\bno (?:vuelv(?:as|an|a) a|sig(?:as|an|a)) (?:escrib|contact|mand|envi|molest|llam|text)\w+\b|\bno (?:me )?jodan\b",
        rf"\bno (?:me|nos) (?:(?:vuelv(?:as|an|a) a|sig(?:as|an|a)|and(?:en|es)) )?{_MANDEN}(?: (?:mas|nada)\b| {_TODO}{_MENSAJES}\b|$| (?:por favor|porfa|gracias))",
        rf"\bno {_MANDEN} {_TODO}{_MENSAJES}\b",
        rf"\b(?:no|ni) (?:quiero|deseo|necesito|quisiera|autorizo|acepto|me interesan?)(?: (?:que|recibir|seguir|recibiendo|volver|a|ya|me|nos|ver|tener|saber|{_TODO[3:-2]}))* ?(?:{_MENSAJES}|{_ESCRIBAN}|{_MANDEN}|estar en (?:su|la|tu|esa) lista)\b",
        r"\b(?:borra|borre|borren|elimina|elimine|eliminen|desuscriba|desuscriban|desuscribe|remueva|remuevan|remueve)(?:me|nos)\b",
        r"\b(?:quita|quite|quiten|saca|saque|saquen|retira|retire|retiren)(?:me|nos)(?: (?:por favor|ya|porfa))*(?:$| (?:de|del) (?:la|su|tu|esta|esa|sus|tus|sistema|lista))",
        r"\b(?:quit|sac|borr|elimin|remov|retir|saqu|quiten|remuev)\w* (?:de|del) (?:la|su|tu|esta|esa|sus) (?:\w+ )?(?:lista|base|sistema|contactos)\b",
        r"\b(?:quit|sac|borr|elimin|olvid|saqu|pierd|bloque)\w*(?: ya)? (?:mi|este) (?:numero|telefono|nombre|contacto|celular|cel)\b",
        r"\b(?:dar|darme|dame|deme|denme|den|doy|darnos|dan|da|des) (?:me |nos )?de baja\b(?! (?:el|la|los) preci)",
        rf"\b(?:cancel(?:a|e|en|ar)|anul(?:a|e|en|ar)|deten(?:er|gan|ga)|suspend(?:er|an|a)|termin(?:en|ar)) {_TODO}(?:suscripcion|subscripcion|{_MENSAJES})\b",
        r"\b(?:des|de|dez)s?us?b?scri[bp]\w*|\bdesinscri\w+",
        r"\b(?:dejen|deje|deja)(?:me|nos)? (?:ya )?(?:en paz|tranquil[oa]s?|quiet[oa]s?)\b|\bno molest(?:ar|en|es|e)\b",
        rf"\b(?:no|ya no) mas {_TODO}(?:de )?{_TODO}(?!ofertas|cupones){_MENSAJES}\b",
        rf"\bstop (?:con |a )?{_TODO}{_MENSAJES}\b",
        r"^(?:(?:es|este|tienen?|tienes|perdon|disculpe|lo siento|creo que|el|un|hola|gracias) )*(?:numero|telefono|persona) equivocad[oa]\b(?! de)|\b(?:se|te) equivoc\w+ de (?:numero|persona|telefono)\b",
        r"\b(?:revoc|retir|quit)\w+ (?:mi )?(?:consentimiento|permiso|autorizacion)\b|\bno (?:(?:tienen|tienes|tiene|les|doy|di|he dado|autorizo) )+(?:mi )?(?:consentimiento|permiso|autorizacion)\b",
        r"\b(?:nunca|no) me (?:suscrib|inscrib|registr|apunt)\w* (?:a|para|en) (?:esto|eso|est[ao]s|sus|recibir)",
        rf"\b(?:nunca|no) (?:pedi|solicite) (?:que me|recibir |{_TODO})*{_MENSAJES}\b",
    )
)

_CONJUNCTION = re.compile(r" ?\b(?:and|but|also|so|because|cause|cuz|bc|y|pero|porque|tambien)\b ?")
_BARE_STOP = re.compile(
    rf"(?:{_FILLER} )*(?:{_any('stop stop_all stopall unsubscribe unsub optout opt_out revoke arret arrete arretez arreter discontinue basta')}"
    rf"(?: (?:to|2|4) (?:quit|end|stop|cancel|unsubscribe))?(?: {_FILLER})* ?)+"
)
_BARE_ONLY = re.compile(
    rf"(?:{_POLITE} )*(?:"
    rf"{_any('cancel cancel_all end end_it end_this end_all quit quit_it quit_this remove mute no_more stop_it stop_this stop_that')}|"
    rf"{_any('stop_these stop_everything go_away get_lost stfu shut_up shut_the_fuck_up fuck_you fuck_u fk_you fck_you fu eat_shit spam block leave cease')}|"
    rf"(?:im |i am )?(?:not|no longer) interested(?: any ?more| at all)?|"
    rf"{_any('alto fin baja salir parar para pare paren parenle detener detente cancelar cancela cancelen no_mas ya_no_mas ya_basta desuscribir')}|"
    rf"(?:ya )?no me interesa|(?:do not|dont|never) call(?: me| us| here| this number)?|(?:no )?(?:mas )?{_MENSAJES} no|no {_MENSAJES}"
    rf")(?: {_POLITE})*"
)
_BARE_START = re.compile(
    rf"(?:(?:{_POLITE}|yes|i want to|quiero) )*(?:"
    rf"{_any('start unstop subscribe resubscribe opt_in optin opt_back_in resume suscribir suscribirme iniciar comenzar empezar reanudar')} ?"
    rf"(?:(?:{_POLITE}|me) ?)*)+"
)
_START = re.compile(
    rf"\b(?:start|resume|begin) (?:texting|messaging|sending) (?:me|us)\b|\b(?:text|message) me again\b|\bresubscribe\b"
    rf"|\bopt (?:me |us )?back in\b|\bopt me in\b|\bsign me (?:back )?up for (?:your |the |text )*{_MESSAGES}\b"
    rf"|\b(?:put|add) me back (?:on|to|in) {_LIST}"
    rf"|\bquiero (?:volver a )?recibir {_TODO}{_MENSAJES}\b|\b(?:volver|vuelvan|vuelve) a (?:escribir|mandar|enviar)(?:me|nos)"
)
_NOT = re.compile(r"\b(?:not|dont|never|no|nunca|stop|cant|didnt)\b")
_BARE_YES = re.compile(rf"(?:(?:yes|y|yeah|yep|yup|si) ?)+(?:{_POLITE} ?)*")
_BARE_HELP = re.compile(rf"(?:(?:help|info|ayuda) ?)+(?:{_any('please pls plz por_favor porfavor porfa')} ?)*")
