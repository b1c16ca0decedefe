"""The words around an amount of money that say what it is: a price, a total, a difference, a limit."""

from __future__ import annotations

from motabot.text.regex import regex

ABOUT = regex(
    r"\b(?:about|around|roughly|approximately|approx|nearly|almost|just (?:under|over|shy of)|a (?:bit|little"
    r"|hair) (?:over|under|more"
    r" than|less than)|over|under|some|~|casi|unos|como|alrededor de|aproximadamente|poco mas de"
    r"|cerca de)\s?$|~\s?$"
)
#: "Just over $200" is more than $200, "almost $30" less than $30.
MORE_THAN = regex(r"\b(?:over|more than|mas de|above)\s?$")
LESS_THAN = regex(r"\b(?:under|less than|nearly|almost|shy of|casi|menos de|below)\s?$")
LIMIT = regex(
    r"\b(?:under|below|within|less than|up to|max(?:imum)?(?: of)?|budget(?: of| is)?|at most|menos de|hasta"
    r"|maximo(?: de)?"
    r"|bajo|change (?:back )?from|left (?:from|of|out of)|out of|debajo de|presupuesto(?: de)?|over|above"
    r"|more than|around|about|at least|mas de|unos|como|(?:rest|remainder|enough|remains|left) of (?:the|your)"
    r"|alrededor de|your"
    r"|(?:pass|exceed|reach|top|cross|break|hit)(?:es|s|ing)?|past|pasar?|superar?|rebasar?|exced\w+"
    r"|(?:more|less|cheaper|lower) than|tu|tus|que|within your|stay under|than)\s?$"
)
STARTS_WITH = regex(
    r"^\W*(?:(?:so|ok|okay|no|sorry|almost|nearly|not (?:quite|yet)|casi|todavia no),? )*(?:for|with"
    r"|on|at|por|con)\s(?:about |around |your |a |unos )?$"
)
TIMES_BEFORE = regex(r"(?<![\w.$])(?P<number>\d{1,2}) ?(?:x|\*|times)\s?$")
RESULT_AFTER = regex(r"\s(?:each )?(?:is|are|makes?|=|comes to)\s\$(?P<result>\d+(?:\.\d\d)?)")
#: "You'd have change left: $10 with X or $18 with Y".
CHANGE = regex(r"\b(?:change|left(?: over)?|leftover|remaining|to spare|te (?:sobran?|quedan?)|cambio)\b")
PAID_BEFORE = regex(r"\b(?:on average|average|went (?:from|up|down)|used to|before|up|down|en promedio|antes)\b")
BETWEEN = regex(
    r"\b(?:between|from|range[sd]? from|go from|run|entre|desde|van de)\s(?:\$[\d.]+\s(?:and|(?:up )?to|y|a"
    r"|hasta)\s\$?)?$"
)
MORE_TO_SPEND = regex(
    r"\b(?:gets? you there|anything from|spend\w*|another|more|away|short|to go|of shopping|per dollar"
    r"|gast\w+|faltan?|en compras|por (?:cada )?dolar)\b"
)
UNDER = regex(r"\b(?:under|below|less than|over|above|more than|menos de|mas de)\s$")
VERSUS = regex(r"\s?(?:vs\.?|versus|against|compared (?:to|with)|contra|frente a)\s")
PER = regex(
    r"\s?(?:on |for )?(?:/|a |an |per |each |every |por |el |cada |the )\s?(?:single )?(?P<unit>g|grams?|gramo"
    r"|mg|milligrams?|miligramo|joints?|pre-?rolls?|porro|(?<=per )eighth|(?<=each )eighth|(?<=every )eighth)\b"
)
PER_ANYWHERE = regex(
    r"\d\s?(?:/|an? |per |each |every |por |cada )\s?(?P<unit>g|grams?|gramo|mg|milligrams?|miligramo)\b"
)
PER_AHEAD = regex(
    r"\b(?:per|by the|por|each|every|cada|an?) (?P<unit>g|gram|gramo|mg|milligram|miligramo"
    r"|(?<=per )(?:joint|pre-?roll|piece|eighth)|(?<=por )porro)\b"
)
#: "$3.90 each" of a pack, and "5 cents per mg of CBD".
EACH_PIECE = regex(r"\s(?:each|apiece|a piece|a pop|cada un[oa])\b")
OF_CBD = regex(r"\s(?:of |de )?cbd\b")
#: The customer's own amount in a computation: "your $50", "$50 of edibles", "$50 with 10% off".
OWN_SUM_BEFORE = regex(r"\b(?:your|that|those|tu|tus|es[oa]s?|spend(?:ing)?|spent|gast\w+|from|of|de|off|on)\s$")
OWN_SUM_AFTER = regex(
    r"\s(?:worth |total )?(?:of|on|in|de|en) (?!the\b|your\b)[a-z]|,?\s(?:with|minus|less|at|after|con|menos)\s"
    r"(?:the |el |un )?[\d$]|\s(?:cart|basket|order|purchase|worth|budget|compra)\b"
)
APART_AFTER = regex(
    r"\s?(?:less|more|cheaper|apart|difference|higher|lower|extra|pricier|below"
    r"|down(?! (?:from|to))|mas(?! impuestos| tax)|menos|de diferencia"
    r"|mas barat\w+"
    r"|under your|over your|over(?! \d)|short|left|to spare|saved|savings?|behind|de ahorro)\b(?! than \$)"
)
APART_BEFORE = regex(
    r"\b(?:saves?|saving|save you|difference(?: is| of)?|(?:cheaper|more|less|apart) by|leaves?|leaving|keep"
    r"|ahorras?|by|por|(?:is|are|(?:it|that)'?s|they'?re|gone|went|go(?:es)?|come|came|been) (?:up|down)"
    r"|(?:rose|risen|increased|dropped|fell|fallen|jumped|climbed|subi\w+|bajo|bajaron|bajado|aumento|aumentaron)"
    r"|(?:rise|raise|increase|drop|jump|hike|aumento|alza) of"
    r"|diferencia(?: es| de)?|te (?:sobran|quedan))\s(?:you |about |around |roughly |almost |nearly |over |under "
    r"|a |just |only |te |with |another |unos |casi )*$"
    r"|^\s*(?:just |only )$"
)
OFF_AFTER = regex(r"\s?(?:off|discount|reward|credit|de descuento|menos|de rebaja|back(?! then))\b")
TOTAL = regex(
    r"\b(?:total\w*|together|altogether|both|comes? (?:out )?to|came to|makes?|made|would be|will be"
    r"|works out|in all|all (?:in|of it|that)|everything"
    r"|adds? up|sum|leaves?|pay|pair|you'?d be|for (?:the )?(?:two|three|four|five|all|\d+)|so (?:two|three"
    r"|four|five|\d+)|cost"
    r"|that'?s|that'?d be|are|is|get you"
    r"|juntos|juntas|en total|suman?|serian?|quedan?|quedaria\w*|salen?|saldrian?|pagas|pagarias|por (?:los"
    r"|las) (?:dos|tres)|son|eso es)\b|="
)
TOTAL_BEFORE = regex(
    r"\b(?:total(?: is| of|:)?|comes? to|came to|makes?|be|adds? up to|son|serian?|suman?|quedan? en"
    r"|quedaria\w* en|salen? en)\s(?:about |just |only )?$|=\s?$"
)
WITH_TAX = regex(r"\s?,?\s?(?:\w+ )?(?:with tax|including tax|tax included|after tax|con impuestos?|all in)\b")
TOTAL_AFTER = regex(
    r"\s?(?:before tax |antes de impuestos )?(?:together|altogether|total|in (?:all|total)|for (?:both|all"
    r"|(?:two|three|four|five|six|\d{1,2})(?! ?(?:g|mg|grams?|points|off))\b"
    r"|everything|the (?:two|pair|lot))|juntos|juntas|en total|por (?:las|los) (?:dos|tres))\b"
)
TAKEN = regex(r"\b(?:minus|less|menos|off)\s$|-\s?$")
DISCOUNT = regex(
    r"\b(?:off|discount\w*|deal|on sale|sale price|minus|save\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|rewards?"
    r"|descuento|martes|lunes|miercoles|jueves"
    r"|viernes|sabados?|domingos?|ahorr\w+|rebaja|instead of|en vez de|en lugar de)\b|\b(?:minus|less|with"
    r"|con|menos"
    r"|after) (?:the |el |un |a |your )?\$?\d+|\bafter (?:that|the discount)"
)
WEEKDAY = regex(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes|miercoles|jueves|viernes|sabados?"
    r"|domingos?)\b"
)
#: After "10% off on Tuesdays": what the price would then be.
WOULD_BE = regex(
    r"\b(?:would|'d|costaria|quedaria|seria|saldria|sale|drops?|goes|comes|becomes|makes|pay|pagas|pagarias"
    r"|baja|then|so)\b"
)
RATE = regex(r"\d ?%(?! thc| de thc| cbd)")
NEARBY = 45
POINTS = regex(r"\b(?:points?|pts|puntos?|rewards?|loyalty|recompensas?)\b")
SHOP_TOPICS = (
    regex(r"\b(?:deliver\w*|orders?|minimum|fee|reparto|entreg\w+|envios?|pedidos?|minimo)\b"),
    regex(r"\b(?:points?|puntos?|earn\w*|rewards?|per dollar|recompensas?)\b"),
    regex(r"\b(?:atm|cajero)\b"),
)
SPENT = regex(
    r"\b(?:spent|spend|total\w*|visits?|receipts?|in all|came to|paid|gast\w+|pagaste|visitas?|compra)\b"
)
