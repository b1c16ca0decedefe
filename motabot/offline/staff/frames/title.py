"""Titles for the tables of frames, and notes on what their figures include, in English and Spanish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.day_query import is_over_all_days
from motabot.offline.staff.frames.draft import OF_GOODS
from motabot.offline.staff.frames.frame import Bound, FigureFrame, Filter, SetCondition
from motabot.offline.staff.frames.lexicon import FigureLexicon
from motabot.offline.staff.frames.sources import Compiled

_NOUNS = {
    "customer": ("customers", "clientes"), "product": ("products", "productos"), "brand": ("brands", "marcas"),
    "category": ("categories", "categorías"), "strain": ("strains", "cepas"), "flower_type": ("flower types", "tipos de flor"),
    "vendor": ("vendors", "proveedores"), "location": ("locations", "tiendas"), "person": ("staff", "empleados"),
    "payment": ("payment types", "formas de pago"), "terminal": ("terminals", "cajas"), "day": ("days", "días"), "week": ("weeks", "semanas"),
    "month": ("months", "meses"), "hour": ("hours", "horas"), "weekend": ("weekends and weekdays", "fin de semana o no"), "weekday": ("weekdays", "días de la semana"), "year": ("years", "años"), "quarter": ("quarters", "trimestres"),
    "zip": ("zip codes", "códigos postales"), "tier": ("tiers", "niveles"), "source": ("marketing sources", "fuentes"), "group": ("member groups", "grupos"),
    "type": ("customer types", "tipos de cliente"), "risk": ("churn risks", "riesgos"), "status": ("lead statuses", "estados"), "stage": ("stages", "etapas"), "state": ("states", "estados"), "direction": ("directions", "sentidos"),
    "refund": ("refunds", "devoluciones"), "text": ("texts", "mensajes"), "lead": ("leads", "prospectos"),
    "scheduled": ("scheduled texts", "mensajes programados"), "thread": ("conversations", "conversaciones"),
}  # fmt: skip
#: The order of single rows, descending and ascending, in English and Spanish.
_ROW_ORDERS = {
    "joined": (("newest first", "lo más nuevo primero"), ("oldest first", "lo más viejo primero")),
    "time": (("newest first", "lo más nuevo primero"), ("oldest first", "lo más viejo primero")),
    "amount": (("largest first", "de mayor a menor"), ("smallest first", "de menor a mayor")),
    "probability": (
        ("open, likeliest first", "abiertos, lo más probable primero"),
        ("open, least likely first", "abiertos, lo menos probable primero"),
    ),
}
_SPREADS = {
    "average": ("average", "promedio de"),
    "median": ("median", "mediana de"),
    "highest": ("highest", "máximo de"),
    "lowest": ("lowest", "mínimo de"),
}
_DEEDS = {
    "buy": ("bought", "compraron"), "sell": ("sold", "vendidos"), "visit": ("came in", "vinieron"), "spend": ("spent", "gastaron"), "pay": ("paid", "pagaron"),     "contain": ("with", "con"),
    "again": ("came back", "volvieron"), "join": ("joined","se unieron"),
    "first": ("first visit", "primera visita"), "return": ("came back", "volvieron"),
}  # fmt: skip
_SIGNS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "=": "exactly"}
_SIGNOS = {">": "más de", ">=": "al menos", "<": "menos de", "<=": "a lo más", "=": "exactamente"}
_WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "lunes martes miércoles jueves viernes sábado domingo".split(),
)


class Titles:
    """Puts a frame into words."""

    def __init__(
        self, frame: FigureFrame, lexicon: FigureLexicon, today: date, language: str, name: str = ""
    ) -> None:
        self._frame = frame
        self._lexicon = lexicon
        self._today = today
        self._es = language == "es"
        self._language = language
        self._name = name

    def title(self) -> str:
        """The table's title: figure, grouping, of whom, when."""
        frame = self._frame
        words = self._figures()
        if frame.by and not frame.counts_groups:
            words += self._say(" by ", " por ") + self._say(" and ", " y ").join(
                self._noun(each, one=True) for each in frame.by
            )
        if frame.change == "steps":
            words += self._say(", growth from each to the next", ", crecimiento de cada uno al siguiente")
        if not frame.measures and frame.rank:
            order = _ROW_ORDERS[frame.rank][0 if frame.falls else 1]
            words += ", " + order[self._es]
        if frame.relative:
            words += self._say(", by percent", ", en porcentaje")
        if frame.both_ends:
            words += self._say(", the highest and the lowest", ", el más alto y el más bajo")
        elif frame.factor:
            words += f", {'>' if frame.falls else '<'} {frame.factor.normalize():f} ×" + self._say(
                " before", " antes"
            )
        elif frame.ranked and not frame.falls and frame.by:
            words += self._say(", lowest first", ", de menor a mayor")
        if frame.limit and not (frame.share and not frame.share.filters):
            words += self._say(f", the first {frame.limit}", f", los primeros {frame.limit}")
        is_part = frame.share is not None and any(each.kind in OF_GOODS for each in frame.share.filters)
        parts = [
            words,
            self._name,
            *map(self._whole if is_part else self._filter, frame.filters),
            *map(self._condition, frame.conditions),
            *map(self._bound, frame.bounds),
        ]
        parts += [self._periods()] if frame.spans else []
        if frame.top_of is not None:
            first = Titles(replace(frame.top_of, limit=None), self._lexicon, self._today, self._language).title()
            many = frame.top_of.limit
            whose = self._say(f"of the first {many}", f"de los primeros {many}")
            if not many:
                whose = self._say("of those", "de los")
            elif many == 1:
                whose = self._say("of the first", "del primero")
            parts.append(whose + self._say(f" by “{first}”", f" de “{first}”"))
        text = ", ".join(dict.fromkeys(filter(None, parts)))
        return text[:1].upper() + text[1:]

    def basis(self, compiled: Compiled) -> str:
        """A note on what the figures include."""
        frame, relation = self._frame, self._lexicon.relations[compiled.relation]
        money = any(
            self._lexicon.measures[each].money for each in frame.measures if each in self._lexicon.measures
        )
        notes = []
        if (
            relation.day
            and not frame.spans
            and not any(each.spans for each in frame.conditions)
            and compiled.relation != "customers"
        ):
            notes.append(self._say("all time", "desde siempre"))
        if compiled.relation == "tickets" and money:
            net = bool({"net_sales", "list_sales"} & {*frame.measures})
            notes += (
                [self._say("without tax" if net else "with tax", "sin impuesto" if net else "con impuesto")]
                if frame.measures[0] not in ("discounts", "tax", "net_tax")
                else []
            )
        about = relation.es if self._es else relation.en
        if {"list_sales", "list_margin"} & set(frame.measures) and compiled.relation == "lines":
            about = self._say(
                "products sold, before discounts, without tax", "productos vendidos, sin descontar, sin impuesto"
            )
        notes += [about] if about else []
        if frame.per == "customer":
            notes.append(self._say("over customers with at least one", "sobre clientes con al menos uno"))
        elif is_over_all_days(frame):
            notes.append(
                self._say(
                    "over all days of the period, to the last one with a sale", "sobre todos los días del periodo"
                )
            )
        elif frame.per in ("day", "week", "month", "hour"):
            notes.append(
                self._say(
                    f"over {self._noun(frame.per)} with at least one",
                    f"sobre {self._noun(frame.per)} con al menos uno",
                )
            )
        notes += (
            [self._say("a period that is not over", "un periodo que no ha terminado")]
            if self._is_running()
            else []
        )
        if not notes:
            return ""
        return self._say("Basis: ", "Base: ") + "; ".join(notes) + "."

    def _is_running(self) -> bool:
        spans = [*self._frame.spans, *(span for each in self._frame.conditions for span in each.spans)]
        by_time = set(self._frame.by) & {"week", "month", "quarter", "year"}
        return any(span.last > self._today for span in spans) or (not spans and bool(by_time))

    def _figures(self) -> str:
        frame = self._frame
        if frame.counts_groups:
            return self._say("number of ", "número de ") + self._noun(frame.of)
        if not frame.measures:
            return self._noun(frame.of)
        names = [self._measure(each) for each in frame.measures]
        if frame.spread:
            lead = self._say(" and ", " y ").join(
                _SPREADS[each][self._es] for each in frame.spreads or (frame.spread,)
            )
            bare = names[0].removeprefix("average ").removesuffix(" promedio")
            names[0] = f"{lead} {bare}"
            if frame.per:
                names[0] += self._say(" per ", " por ") + self._noun(frame.per, one=True)
        words = self._say(" and ", " y ").join(names)
        if frame.share is None:
            return words
        if frame.share.of_measure:
            return names[0] + self._say(" as a share of ", " como parte de ") + names[1]
        part = [*map(self._filter, frame.share.filters), *map(self._condition, frame.share.conditions)]
        if not part and frame.limit:
            top = self._say("bottom" if not frame.falls else "top", "últimos" if not frame.falls else "primeros")
            most = f"{top} {frame.limit}{' %' if frame.percent_limit else ''}"
            return self._say("share of ", "parte de ") + words + self._say(f" of the {most}", f" de los {most}")
        return self._say("share of ", "parte de ") + words + (": " + ", ".join(part) if part else "")

    def _measure(self, measure: str) -> str:
        if measure.startswith("count "):
            return self._say("number of ", "número de ") + self._noun(measure.removeprefix("count "))
        known = self._lexicon.measures[measure]
        return known.es if self._es else known.en.replace("_", " ")

    def _noun(self, name: str, *, one: bool = False) -> str:
        if name.startswith("named:"):
            return self._say("name", "nombre")
        if name.startswith("hours:"):
            return self._say("time of day", "hora del día")
        if name == "newness":
            return self._say("first or later visit", "primera visita u otra")
        if name == "transaction" and not self._frame.measures:
            return self._say("transactions", "transacciones")
        if name in ("transaction", "visit", "conversation"):
            spanish = {"transaction": "transacción", "visit": "visita", "conversation": "conversación"}
            return self._say(name, spanish[name])
        if one and not self._es:
            return {"person": "person", "payment": "payment type", "risk": "churn risk"}.get(
                name, name.replace("_", " ")
            )
        return _NOUNS[name][self._es]

    def _whole(self, given: Filter) -> str:
        """A filter of the whole of a share; "of" distinguishes it from the part."""
        words = self._filter(given)
        return self._say("of ", "de ") + words if given.kind in OF_GOODS and given.positive else words

    def _filter(self, given: Filter) -> str:
        return self._say(" or ", " o ").join(self._one(each) for each in (given, *given.others))

    def _one(self, given: Filter) -> str:
        if given.kind == "member":
            return ""
        if given.kind == "flag":
            flag = self._lexicon.flags[given.values[0]]
            words = flag.es if self._es else flag.en
        elif given.kind == "weekday":
            words = ", ".join(_WEEKDAYS[self._es][int(each) - 1] for each in given.values)
        elif given.kind == "hours":
            words = ", ".join(
                f"{first}:00 - {end}:00" for first, end in zip(given.values[::2], given.values[1::2], strict=True)
            )
        elif given.kind == "blank":
            words = self._say("without ", "sin ") + self._noun(given.values[0], one=True)
        elif given.kind == "said":
            said = " … ".join(given.values).replace("|", " / ")
            words = self._say("that say ", "que dicen ") + f"“{said}”"
        elif given.kind == "soon":
            words = given.words if not self._es else f"una compra en {given.values[0]} días"
        elif given.kind == "usual":
            words = self._say("mostly ", "sobre todo ") + ", ".join(given.values[1:])
        elif given.kind == "worth":
            words = given.words
        elif len(given.values) < 4 and not (given.kind == "named" and given.values[0].islower()):
            words = ", ".join(given.values)
        else:
            words = given.words
        if given.positive:
            return words
        if words.startswith(("with ", "con ")):
            return self._say("without ", "sin ") + words.partition(" ")[2]
        return (
            self._say("not " if given.kind == "flag" else "without ", "no " if given.kind == "flag" else "sin ")
            + words
        )

    def _condition(self, condition: SetCondition) -> str:
        deed = _DEEDS.get(condition.verb, ("", ""))[self._es]
        lead = "" if condition.positive else self._say("not ", "no ")
        only = self._say("only ", "solo ") if condition.only else ""
        told = ("first_visit", "return_visit", "second_visit")
        flags = [each for each in condition.filters if not (each.kind == "flag" and each.values[0] in told)]
        parts = [
            *map(self._filter, flags),
            *map(self._bound, condition.bounds),
            *(self._label(each) for each in condition.spans),
        ]
        return f"{lead}{deed} {only}{', '.join(dict.fromkeys(parts))}".strip()

    def _bound(self, bound: Bound) -> str:
        if bound.words and self._frame.change == "between":
            return bound.words + self._say(" in the earlier period", " en el periodo anterior")
        if bound.words:
            return bound.words
        signs = _SIGNOS if self._es else _SIGNS
        return f"{signs[bound.sign]} {bound.number} {self._measure(bound.measure)}"

    def _periods(self) -> str:
        joint = (
            self._say(" against ", " frente a ") if self._frame.change == "between" else self._say(" and ", " y ")
        )
        return joint.join(self._label(each) for each in self._frame.spans)

    def _label(self, span: Span) -> str:
        is_ahead = span.first is not None and span.first > self._today
        return (span if is_ahead else span.until(self._today)).label(self._today, self._language)

    def _say(self, english: str, spanish: str) -> str:
        return spanish if self._es else english
