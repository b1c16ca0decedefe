"""What the offline model reads in the words of the staff: questions with their slots, orders with their parts, follow-ups."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motabot.agent.models.base import Message, Model, ModelRequest
from motabot.agent.registry import ToolRegistry
from motabot.errors import SettingsError
from motabot.offline.dates import parse
from motabot.offline.staff.dialogue import StaffTalk
from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.title import Titles
from motabot.offline.staff.lookup import fill, span_of
from motabot.offline.staff.model import OfflineStaffModel
from motabot.offline.staff.questions import Book
from motabot.offline.staff.reader import Reader
from motabot.offline.staff.state import State
from motabot.staff.actions.registry import COMMANDS
from motabot.staff.sandbox.check import check
from motabot.text.fuzzy import Speller
from motabot.text.normalize import plain

ROOT = Path(__file__).parents[2]
DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "staff_texts.toml").read_text(encoding="utf-8")
)
TODAY: date = DATA["today"]
ZONE = "America/Los_Angeles"
BOOK = Book()
#: The examples of the book's own questions.
ASKS = {question.ask for question in BOOK.questions}
TALK = StaffTalk(BOOK, Reader(BOOK, DATA["words"]), COMMANDS)
TEXTS = [tuple(part.strip() for part in line.split("|")) for line in DATA["texts"].strip().splitlines()]


def follow(*said: str) -> State:
    """The state after messages of a person, or of the model where they begin with ">"."""
    messages = [
        Message("assistant", words[1:]) if words.startswith(">") else Message("user", words) for words in said
    ]
    return TALK.follow(messages, TODAY, DATA["handles"])


def title(state: State) -> str:
    """The title of a question of figures."""
    assert state.frame
    assert state.reading
    return Titles(state.frame, lexicon(), TODAY, state.reading.language).title()


def slot(state: State, name: str) -> str:
    """What was understood, as the data file writes it."""
    if state.order:
        value = state.order.who if name == "who" else state.order.values.get(name)
        return str(value)
    reading, question, frame = state.reading, state.question, state.frame
    if frame:
        spans = frame.spans or next(each.spans for each in frame.conditions if each.spans)
        found = {each.kind: each.values for each in frame.filters}
        until = spans[0].until(TODAY) if spans else None
        parts = {"by": ",".join(frame.by), "who": frame.who, "limit": str(frame.limit)}
        parts |= {"span": f"{until.first}..{until.last}" if until else ""}
        return parts.get(name, ",".join(found.get(name, ())))
    assert reading
    assert question
    if name == "span":
        span = span_of(question, reading, TODAY) or reading.spans[0].until(TODAY)
        return f"{span.first}..{span.last}"
    if name == "limit":
        return str(reading.limit)
    if name == "who":
        return (reading.who or (reading.name,))[0]
    return ",".join(value for each in reading.found if each.kind == name for value in each.values)


@pytest.mark.parametrize(("text", "kind", "slots"), TEXTS, ids=[text[0] for text in TEXTS])
def test_what_staff_type_is_understood(text: str, kind: str, slots: str) -> None:
    state = follow(text)
    if kind == "cannot":
        model = OfflineStaffModel(COMMANDS)
        answer = in_chat(model).answer(ModelRequest([Message("user", text)], []))
        assert answer.tool_calls == ()
        assert "What I can answer" in answer.text
        return
    if state.kind == "figures":
        assert ("figures", title(state)) == (kind, slots)
        return
    name = state.order.action if state.kind == "order" and state.order else state.kind
    assert (state.question.name if state.kind == "question" and state.question else name) == kind
    for wanted in filter(None, slots.split(";")):
        part, value = wanted.strip().split("=")
        assert slot(state, part).lower() == value.lower(), part
    if state.kind == "order":
        assert state.order
        assert state.order.missing is None


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("yesterday", "2026-11-23", "2026-11-23"),
        ("day before yesterday", "2026-11-22", "2026-11-22"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("the past 30 days", "2026-10-26", "2026-11-24"),
        ("last 3 months", "2026-08-25", "2026-11-24"),
        ("two weeks ago", "2026-11-09", "2026-11-15"),
        ("3 days ago", "2026-11-21", "2026-11-21"),
        ("in march", "2026-03-01", "2026-03-31"),
        ("in december", "2025-12-01", "2025-12-31"),
        ("october 2025", "2025-10-01", "2025-10-31"),
        ("october last year", "2025-10-01", "2025-10-31"),
        ("since october", "2026-10-01", "2026-11-24"),
        ("from october on", "2026-10-01", "2026-11-24"),
        ("since last friday", "2026-11-20", "2026-11-24"),
        ("before october", "None", "2026-09-30"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("q4 2025", "2025-10-01", "2025-12-31"),
        ("third quarter", "2026-07-01", "2026-09-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("ytd", "2026-01-01", "2026-11-24"),
        ("month to date", "2026-11-01", "2026-11-24"),
        ("between 1 and 15 october", "2026-10-01", "2026-10-15"),
        ("from oct 1 to oct 15", "2026-10-01", "2026-10-15"),
        ("oct 1-15", "2026-10-01", "2026-10-15"),
        ("september to october", "2026-09-01", "2026-10-31"),
        ("from december 20 to january 5", "2025-12-20", "2026-01-05"),
        ("10/31", "2026-10-31", "2026-10-31"),
        ("2026-10-01 to 2026-10-15", "2026-10-01", "2026-10-15"),
        ("dec 25", "2025-12-25", "2025-12-25"),
        ("black friday last year", "2025-11-28", "2025-11-28"),
        ("on saturday", "2026-11-21", "2026-11-21"),
        ("last weekend", "2026-11-21", "2026-11-22"),
        ("in the last month", "2026-10-26", "2026-11-24"),
        ("en la ultima semana", "2026-11-18", "2026-11-24"),
        ("friday of last week", "2026-11-20", "2026-11-20"),
        ("week of october 5", "2026-10-05", "2026-10-11"),
        ("next week", "2026-11-30", "2026-12-06"),
        ("tomorrow", "2026-11-25", "2026-11-25"),
        ("all time", "None", "2026-11-24"),
        ("ayer", "2026-11-23", "2026-11-23"),
        ("la semana pasada", "2026-11-16", "2026-11-22"),
        ("el mes pasado", "2026-10-01", "2026-10-31"),
        ("este ano", "2026-01-01", "2026-12-31"),
        ("ultimos 30 dias", "2026-10-26", "2026-11-24"),
        ("hace dos semanas", "2026-11-09", "2026-11-15"),
        ("del 1 al 15 de octubre", "2026-10-01", "2026-10-15"),
        ("desde agosto", "2026-08-01", "2026-11-24"),
        ("primer trimestre", "2026-01-01", "2026-03-31"),
    ],
)
def test_a_span_of_time_is_understood(said: str, first: str, last: str) -> None:
    (span,), rest = parse.find(said, TODAY)
    assert (str(span.first), str(span.last)) == (first, last)
    assert rest.strip(" |") == ""


@pytest.mark.parametrize(
    "said", ["may i see", "by week", "top 5", "sat down", "the march of time is no span", "31/31"]
)
def test_what_is_no_span_is_left_alone(said: str) -> None:
    found, _rest = parse.find(said, TODAY)
    assert found == [] or said.startswith("the march")


def test_a_span_says_its_days() -> None:
    def label(said: str, language: str = "en") -> str:
        return parse.find(said, TODAY)[0][0].until(TODAY).label(TODAY, language)

    assert label("last week") == "last week (16 to 22 Nov 2026)"
    assert label("since september") == "1 Sep to today"
    assert label("yesterday") == "yesterday (Mon 23 Nov 2026)"
    assert label("since december 2025") == "1 Dec 2025 to today"
    assert label("la semana pasada", "es") == "semana pasada (16 al 22 nov 2026)"


def test_words_are_put_right_and_names_are_not() -> None:
    speller = Speller({"customers", "products", "sales"}, {"slat"}, {"wk": "week"})
    assert speller.correct("custmers prodcuts slaes slat wk") == "customers products sales slat week"
    assert speller.correct("custmers", frozenset({"custmers"})) == "custmers"
    assert plain("¿Cuánto vendió Ana's, [h1] 50% el 10/31?") == "cuanto vendio anas hndl1 50% el 10/31"


def in_chat(model: OfflineStaffModel) -> Model:
    return model.for_chat(
        DATA["words"], {f"[h{n}]": value for n, value in enumerate(DATA["handles"], 1)}, TODAY, ZONE
    )


def test_a_follow_up_changes_what_it_names_and_keeps_the_rest() -> None:
    said = ["sales by week since september in oakland"]
    wanted = {
        "and last month?": ("span", "2026-10-01..2026-10-31"),
        "by location?": ("by", "location"),
        "only san jose": ("location", "San Jose"),
        "only flower": ("category", "Flower"),
    }
    for words, (name, value) in wanted.items():
        said.append(words)
        assert slot(follow(*said), name) == value, words
    assert title(follow(*said)) == "Sales, San Jose, Flower, last month (1 to 31 Oct 2026)"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            ["sales for each day last week", "and how does that stack up against the week before?"],
            "Sales, last week (16 to 22 Nov 2026) against 9 to 15 Nov 2026",
        ),
        (
            ["sales last week", "how does that compare to september?", "only oakland"],
            "Sales, Oakland, last week (16 to 22 Nov 2026) against 1 to 30 Sep 2026",
        ),
        (
            ["new customers this month", "compared to last month?"],
            "Number of customers, joined, this month (1 Nov to today) against last month (1 to 31 Oct 2026)",
        ),
        (
            ["compare yesterday's sales with the week before"],
            "Sales, yesterday (Mon 23 Nov 2026) against Mon 16 Nov 2026",
        ),
        (
            ["sales last week compared to the previous week"],
            "Sales, last week (16 to 22 Nov 2026) against 9 to 15 Nov 2026",
        ),
        (
            ["compare sales in march and october by store"],
            "Sales by location, 1 to 31 Oct 2026 against 1 to 31 Mar 2026",
        ),
        (["whos our best budtender in oakland this year", "and the worst?"], "Sales by person, lowest first, Oakland, this year (1 Jan to today)"),
        (["sales in oakland last month", "who are our top customers?"], "Lifetime value by customer"),
    ],
)  # fmt: skip
def test_a_time_is_set_against_the_one_that_was_meant(said: list[str], asked: str) -> None:
    assert title(follow(*said)) == asked


def test_the_worst_of_them_is_asked_after_the_best() -> None:
    frame = follow("whos our best budtender in oakland this year", "and the worst?").frame
    assert frame
    assert not frame.falls


def test_she_is_who_was_spoken_of() -> None:
    for said in ("what did she buy?", "when was she last in", "text her: we miss you", "pause the bot for her"):
        assert slot(follow("show me [h1]", said), "who") == "[h1]", said


@pytest.mark.parametrize(
    ("order", "asks", "answer", "name", "value"),
    [
        ("duplicate [h1] as Keanu Klare", "phone", "[h2]", "phone", "[h2]"),
        ("duplicate [h1] with phone [h2]", "name", "Keanu Klare", "name", "Keanu Klare"),
        ("duplicate a customer as Keanu Klare, phone [h2]", "who", "[h1]", "who", "[h1]"),
        ("stop answering", "who", "[h1]", "who", "[h1]"),
        ("text [h1]", "text", "your order is ready", "text", "your order is ready"),
        ("update lead [h2]", "change", "qualified", "status", "qualified"),
        ("text our VIPs", "text", "double points", "text", "double points"),
    ],
)
def test_what_is_missing_is_asked_for_and_taken_from_the_next_message(
    order: str, asks: str, answer: str, name: str, value: str
) -> None:
    first = follow(order).order
    assert first
    assert first.missing == asks
    state = follow(order, ">What is it?", answer)
    assert state.order
    assert state.order.missing is None
    assert slot(state, name) == value


def test_a_candidate_is_picked_by_number_by_word_and_by_name() -> None:
    listed = ">Several customers match ana. Which one is meant? 1) [h1] ([h3]); 2) [h4] ([h5])."
    for said in ("2", "the second one", "[h4]", "#2", "la segunda"):
        assert slot(follow("text ana: hi", listed, said), "who") == "[h5]", said


def test_an_order_can_be_dropped_and_is_not_approved_by_words() -> None:
    assert follow("pause the bot for [h1]", ">Proposed.", "never mind").kind == "dropped"
    assert follow("pause the bot for [h1]", ">Proposed.", "yes, do it").kind != "order"


def test_a_word_that_is_nobodys_name_does_not_hide_the_question(talk: Any) -> None:
    nobody = {"columns": ["member_id", "name", "phone"], "rows": [], "row_count": 0}
    one = {"columns": ["name", "loyalty_points"], "rows": [["[h1]", 20]], "row_count": 1}
    told, called = talk("who flurbs the most points", find_customers=nobody, run_query=one)
    assert told.startswith("I did not understand “flurbs”")
    assert called == []
    assert talk("points of zed", find_customers=nobody)[0] == "No customer matches zed."


def test_what_turns_the_meaning_is_not_passed_over(talk: Any) -> None:
    leads = {"columns": ["created_at"], "rows": [["2026-11-01"], ["2026-11-02"]], "row_count": 2}
    assert "not contacted yet" in talk("leads that havent been contacted", run_query=leads)[0]
    one = {"columns": ["name", "units"], "rows": [["[h1]", 2]], "row_count": 1}
    assert "not bought Flower" in talk("who bought gelato but not flower", run_query=one)[0]
    assert "“holiday”" in talk("refund list but never on sundays and holidays")[0]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["price list for flower with coupons"], "coupons"),
        (["which customers returned something in october"], "something"),
        (["tickets from customers aged over 60"], "aged"),
        (["which 5 brands grew most as a share of sales from q2 to q3"], "percent"),
        (["sales by vendor this year", "and its best product"], "its"),
        (["how many new customers this month", "which are from members"], "which are"),
        (["top 3 brands in october", "how many of those came in this month"], "how many of"),
        (["who is our best customer", "last week?"], "last week"),
        (["how much did kim sell in october", "compare them"], "them"),
        (["kim's flurbed average ticket last month", "last week?"], "last week"),
    ],
)
def test_a_word_without_a_place_is_named_and_no_wider_figure_is_given(
    said: list[str], word: str, talk: Any
) -> None:
    state = follow(*said)
    assert state.kind == "unclear", state
    assert any(word in each for each in state.unclear), state.unclear
    if len(said) == 1:
        told, called = talk(said[0])
        assert called == []
        assert f"“{word}”" in told


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            ["which vendor brought in the most margin this year", "and its best product"],
            "Units and sales by product, this year (1 Jan to today), of the first by “Margin by vendor, this year (1 Jan to today)”",
        ),
        (
            ["tickets over $500 last month", "who rang them"],
            "Transactions by person, over $500, last month (1 to 31 Oct 2026)",
        ),
        (
            ["new customers last month", "how many are vips"],
            "Number of customers, VIP, joined last month (1 to 31 Oct 2026)",
        ),
        (
            ["sales last month by category", "drop accessories"],
            "Sales by category, without Accessories, last month (1 to 31 Oct 2026)",
        ),
        (["cheapest flower", "only sativa"], "Retail price by product, lowest first, Flower, Sativa"),
        (
            ["flower units last month", "vs august?"],
            "Units, Flower, last month (1 to 31 Oct 2026) against 1 to 31 Aug 2026",
        ),
        (
            ["customers at risk", "only those who spent over 1000", "how many is that"],
            "Number of customers, at high risk of leaving, spent over 1000",
        ),
        (["new customers in october", "by source"], "Number of customers by source, joined 1 to 31 Oct 2026"),
        (
            ["new customers in october", "by source", "how many bought edibles"],
            "Number of customers, joined 1 to 31 Oct 2026, bought Edibles",
        ),
        (["sales yesterday", "the day before"], "Sales, yesterday (Mon 23 Nov 2026) against Sun 22 Nov 2026"),
        (
            ["sales by month this year", "growth"],
            "Sales by month, growth from each to the next, this year (1 Jan to today)",
        ),
        (
            ["unread texts", "from this week", "oldest first"],
            "Texts, oldest first, unread, from this week (23 Nov to today)",
        ),
        (["unread texts", "which are from members"], "Texts, newest first, unread, from numbers of customers"),
        (["sales in october", "and last year?"], "Sales, 1 to 31 Oct 2025"),
        (["sales by category in october", "as a percentage"], "Share of sales by category, 1 to 31 Oct 2026"),
        (
            ["top brand last month", "top product of that brand"],
            "Units and sales by product, last month (1 to 31 Oct 2026), of the first by “Sales and units by brand, last month (1 to 31 Oct 2026)”",
        ),
        (
            ["who are our top 5 customers", "what's their average basket"],
            "Average sale, of the first 5 by “Lifetime value by customer”",
        ),
        (["margin by category", "before discounts"], "Margin before discounts by category"),
        (["how many texts failed to send", "which numbers"], "Texts, newest first, failed"),
        (
            ["list the VIPs with high churn risk", "give me their phones"],
            "Customers, VIP, at high risk of leaving",
        ),
        (["how many refunds this month", "which ones"], "Refunds, newest first, this month (1 Nov to today)"),
        (
            ["how did we do last friday", "compare it to the friday before"],
            "Sales, last friday (Fri 20 Nov 2026) against Fri 13 Nov 2026",
        ),
        (
            ["how many vips do we have", "how much did they spend vs regulars last month"],
            "Sales by tier, VIP, Regular, last month (1 to 31 Oct 2026)",
        ),
        (
            ["how many customers came in every single month this year", "how many of those are locals"],
            "Number of customers, Locals, came in at least 11 different months, this year (1 Jan to today)",
        ),
        (["products that never sold", "how many", "by brand"], "Number of products by brand, not sold"),
        (
            ["cuantos clientes vip tenemos", "cuantos vinieron este mes"],
            "Número de clientes, VIP, vinieron este mes (1 nov a hoy)",
        ),
    ],
)
def test_a_follow_up_keeps_the_filters_of_before(said: list[str], asked: str) -> None:
    assert title(follow(*said)) == asked


@pytest.mark.parametrize("said", ["and in units?", "what about flower", "y por tienda"])
def test_what_adds_to_a_question_without_an_answer_has_none(said: str) -> None:
    state = follow("sales in october", "is the zorbo deal working", said)
    assert state.kind == "unclear"
    assert title(follow("sales in october", "is the zorbo deal working", said, "sales today"))


@pytest.mark.parametrize(
    "said",
    [
        "products older than 3 months",
        "sales this week and today",
        "vips in oakland or regulars in berkeley",
        "customers who bought edibles and either flower or vapes",
        "leads that are new or qualified",
        "who came in every single month",
        "how many customers came in October or bought edibles in September",
        "which customers bought flower or are VIP",
        "sales in Oakland or paid by cash",
        "who came in once or 5 times",
        "texts that failed or are unread",
        "texts we did not send",
    ],
)
def test_an_either_or_that_has_no_query_is_refused(said: str) -> None:
    assert follow(said).frame is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "how many customers have no phone or no email on file",
            "Number of customers, without a phone or without an email",
        ),
        ("customers with an email or a phone", "Customers, with an email or with a phone"),
        ("customers without an email or a phone", "Customers, without an email, without a phone"),
        ("how many are VIP or at high risk", "Number of customers, VIP or at high risk of leaving"),
        ("who opted out or has no phone", "Customers, opted out of texts or without a phone"),
        ("how many customers came once or twice", "Number of customers, came in at least once, at most 2 times"),
        ("what sells more, flower or vapes", "Sales by category, Flower, Vapes"),
        ("cash or debit, what do people use more", "Transactions by payment type, Cash, Debit"),
        ("regulars vs vips whos avg ticket is bigger", "Average sale by tier, Regular, VIP"),
        ("avg THC on the flower we carry", "Average thc content, Flower, on the shelf"),
        ("which products on the menu never sold, just the count", "Number of products, on the shelf, not sold"),
        (
            "tickets over 200 bucks last month",
            "Transactions, over 200 dollars, last month (1 to 31 Oct 2026)",
        ),
        ("vips who spent over $2000", "Customers, VIP, spent over $2,000"),
        ("biggest single sale ever? who and when", "Transactions, largest first, ever"),
        ("how many texts failed to send", "Texts, failed"),
        ("how many customers are overdue for a visit", "Number of customers, overdue for a visit"),
        (
            "customers who came in at least 3 different months this year",
            "Customers, came in at least 3 different months, this year (1 Jan to today)",
        ),
        (
            "indica flower share of flower units last month",
            "Share of units: Indica, of Flower, last month (1 to 31 Oct 2026)",
        ),
        (
            "flower's share of indica units last month",
            "Share of units: Flower, of Indica, last month (1 to 31 Oct 2026)",
        ),
        ("longest anyone's gone between visits", "Highest days between visits by customer"),
        (
            "who has the shortest average gap between visits",
            "Days between visits by customer, lowest first",
        ),
        ("who handled the biggest refund", "Highest refunded amount by person"),
        ("who handled the most refunds", "Refunds by person"),
        ("which customers returned in october", "Customers, came back 1 to 31 Oct 2026"),
        (
            "which leads are older than 3 months and still not converted",
            "Leads, newest first, without converted, until 23 Aug 2026",
        ),
        ("leads created more than 60 days ago", "Leads, newest first, until 24 Sep 2026"),
        (
            "who bought in september but nothing since, how many",
            "Number of customers, bought 1 to 30 Sep 2026, not bought 1 Oct to today",
        ),
        ("sales in october this year", "Sales, 1 to 31 Oct 2026"),
        ("leads from this year older than 2 months", "Leads, newest first, 1 Jan to 23 Sep 2026"),
        ("how many leads are new", "Leads, not contacted yet"),
        (
            "tickets with flower and vapes last week",
            "Transactions, with Flower, with Vapes, last week (16 to 22 Nov 2026)",
        ),
        (
            "units on black friday and thanksgiving",
            "Units by day, Fri 28 Nov 2025 and Thu 27 Nov 2025",
        ),
        ("sales from monday to wednesday", "Sales, from monday to wednesday (16 to 18 Nov 2026)"),
        ("what did we sell today and yesterday", "Sales, last 2 days (23 Nov to today)"),
        ("units over 2000 by brand", "Units by brand, over 2,000"),
        (
            "who came in every single day last week",
            "Customers, came in at least 7 different days, last week (16 to 22 Nov 2026)",
        ),
        ("this year in october how many customers came in", "Number of customers, came in, 1 to 31 Oct 2026"),
        (
            "october this year vs october last year, how much did we grow",
            "Sales, 1 to 31 Oct 2026 against 1 to 31 Oct 2025",
        ),
        (
            "largest ticket this month and who rang it up",
            "Transactions, largest first, this month (1 Nov to today)",
        ),
        ("instagram vs google customers, who spends more", "Sales by source, Instagram, Google"),
        (
            "oakland vs berkeley this month vs last month",
            "Sales by location, Oakland, Berkeley, this month (1 Nov to today) against last month (1 to 31 Oct 2026)",
        ),
        (
            "what fraction of q2 newcomers made a second trip",
            "Share of number of customers: came back, joined q2 (1 Apr to 30 Jun 2026)",
        ),
        ("medical patients' cut of revenue in q1", "Share of sales: Medical, q1 (1 Jan to 31 Mar 2026)"),
        ("where do we sell the most flower", "Sales by location, Flower"),
        ("mean lifetime spend, and the middle one", "Average and median lifetime value per customer"),
        (
            "m/m refund dollars, june to october",
            "Refunded amount by month, growth from each to the next, 1 Jun to 31 Oct 2026",
        ),
        ("weakest staffer by avg sale in september", "Average sale by person, lowest first, 1 to 30 Sep 2026"),
        ("five strongest strains by dollars in june", "Sales by strain, the first 5, 1 to 30 Jun 2026"),
        (
            "gross profit per brand, bottom 3, at least 50 units this year",
            "Margin and units by brand, lowest first, the first 3, at least 50 units, this year (1 Jan to today)",
        ),
        (
            "what do OG Kush buyers also go for, top 4 strains",
            "Units and sales by strain, the first 4, without OG Kush, bought OG Kush",
        ),
    ],
)
def test_the_core_of_a_question_of_figures_is_kept(said: str, asked: str) -> None:
    assert title(follow(said)) == asked


@pytest.mark.parametrize(
    "said",
    [
        "will it be hot saturday, should we staff up",
        "how many cars pulled into the lot yesterday",
        "cost to acquire a customer from weedmaps ads",
        "what does the competitor charge for gelato",
        "what was the marketing spend per new customer",
    ],
)
def test_what_the_data_cannot_know_is_refused(said: str, talk: Any) -> None:
    told, called = talk(said)
    assert called == []
    assert "What I can answer" in told


def test_a_list_that_is_cut_says_so(talk: Any) -> None:
    rows = [[f"[h{n % 5 + 1}]", n] for n in range(1000)]
    prices = {"columns": ["name", "retail_price"], "rows": rows, "row_count": 1000, "more": False}
    assert "The list is cut: these are the first 1000" in talk("price list for flower", run_query=prices)[0]
    assert "cut" not in talk("price list for flower", run_query={**prices, "rows": rows[:9], "row_count": 9})[0]


@pytest.mark.parametrize(
    "said", ["don't pause the bot for [h1]", "do not text [h1]: hi", "no reanudes el bot para [h2]"]
)
def test_what_is_not_to_be_done_is_not_proposed(said: str) -> None:
    assert follow(said).order is None


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("text everybody who bought gelato but not flower: hi", "Customers, bought Gelato, not bought Flower"),
        ("text everyone who only bought flower: hi", "Customers, bought only Flower"),
        ("text our VIPs who haven't been in since october: hi", "Customers, VIP, not came in 1 Oct to today"),
        ("text the top 20 customers: hi", "Lifetime value by customer, the first 20"),
        ("text customers at risk who spent over $500: hi", "Customers, at high risk of leaving, spent over $500"),
    ],
)
def test_an_audience_is_a_question_of_figures(said: str, title: str) -> None:
    order = follow(said).order
    assert order
    assert order.audience
    assert order.audience.frame
    assert Titles(order.audience.frame, lexicon(), TODAY, "en").title() == title


def test_nobody_is_texted_of_an_audience_that_is_not_wholly_understood() -> None:
    order = follow("text everybody who bought unobtainium: hi").order
    assert order
    assert order.missing == "audience"


@pytest.mark.parametrize("question", BOOK.questions, ids=lambda question: question.name)
def test_a_question_is_read_as_itself_by_its_own_example(question: Any) -> None:
    for example in (question.ask, question.es):
        told = example.replace("Ana Ruiz", "[h1]")
        state = follow(told)
        assert state.frame is None, told  # a frame that answers makes the entry of the book a second way
        assert state.question, told
        assert state.question.name == question.name, told
        if question.sql:
            assert state.reading
            filled = fill(question, state.reading, TODAY, ZONE, "M1", "Ana")
            assert check(filled.sql) == filled.sql
            assert "{" not in filled.sql


@pytest.mark.parametrize(
    "example", [each for each in BOOK.examples if each.ask not in ASKS], ids=lambda each: each.ask
)
def test_an_example_of_figures_is_read_in_both_languages(example: Any) -> None:
    for told in (example.ask, example.es):
        assert follow(told.replace("Ana Ruiz", "[h1]")).kind == "figures", told


@pytest.fixture(scope="module")
def talk() -> Callable[..., tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Ask the model; what its tools answer is given by name. Returns its words, and the calls with arguments."""
    tools = ToolRegistry.load(ROOT / "tools").for_audience("staff")
    model = OfflineStaffModel(COMMANDS)

    def ask(said: str, **results: Any) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        messages = [Message("system", ""), Message("user", said)]
        called: list[tuple[str, dict[str, Any]]] = []
        for _ in range(4):
            answer = in_chat(model).answer(ModelRequest(messages, tools))
            if not answer.tool_calls:
                return answer.text, called
            messages.append(Message("assistant", "", answer.tool_calls))
            for call in answer.tool_calls:
                called.append((call.name, json.loads(call.arguments)))
                messages.append(Message("tool", json.dumps(results[call.name]), tool_call_id=call.id))
        raise AssertionError("the model does not come to an end")

    return ask


ANA = {
    "columns": ["member_id", "name", "phone"],
    "rows": [["[h3]", "[h1]", "[h2]"]],
    "row_count": 1,
}


def test_a_customer_is_looked_up_before_something_is_proposed(talk: Any) -> None:
    words, called = talk("stop answering [h1]", find_customers=ANA, pause_bot={"proposed": 1, "preview": {}})
    assert called == [("find_customers", {"words": "[h1]"}), ("pause_bot", {"who": "[h2]"})]
    assert "waits for a person's approval" in words


def test_a_phone_needs_no_looking_up(talk: Any) -> None:
    _words, called = talk("stop answering [h2]", pause_bot={"proposed": 1, "preview": {}})
    assert called == [("pause_bot", {"who": "[h2]"})]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({**ANA, "rows": [], "row_count": 0}, "No customer matches"),
        (
            {**ANA, "rows": [["a", "Ana A", None], ["b", "Ana B", None]], "row_count": 2},
            "1) Ana A (a); 2) Ana B (b).",
        ),
        ({**ANA, "note": "names that look alike"}, "Is one of these meant?"),
        ({**ANA, "rows": [["[h3]", "[h1]", None]]}, "no phone number"),
        ({"error": "it broke"}, "it broke"),
    ],
)
def test_who_is_not_clear_is_asked_for(talk: Any, found: Any, says: str) -> None:
    words, called = talk("pause the bot for ana", find_customers=found)
    assert says in words
    assert [name for name, _arguments in called] == ["find_customers"]


def test_a_refusal_and_a_failure_are_told(talk: Any) -> None:
    refused, _ = talk("refresh the figures", refresh_figures={"error": "no"})
    assert refused.startswith("It cannot be done as asked")
    failed, _ = talk("sales yesterday", run_query={"error": "it took too long"})
    assert "it took too long" in failed


def test_figures_are_told_as_people_write_them(talk: Any) -> None:
    one = {"columns": ["sales", "transactions"], "rows": [["1234.5", 20]], "row_count": 1}
    words, [(name, arguments)] = talk("sales yesterday", run_query=one)
    assert name == "run_query"
    assert words == (
        "Sales, yesterday (Mon 23 Nov 2026): sales $1,234.50, transactions 20. Basis: with tax; sales, without refunds."
    )
    assert arguments["title"] == "Sales, yesterday (Mon 23 Nov 2026)"
    empty = {"columns": ["sales"], "rows": [], "row_count": 0}
    assert "nothing of it in the data" in talk("unread texts", run_query=empty)[0]


def test_words_that_are_not_understood_are_named(talk: Any) -> None:
    one = {"columns": ["sales", "transactions"], "rows": [["1", 2]], "row_count": 1}
    assert talk("sales of unobtainium yesterday", run_query=one)[0].startswith(
        "I did not understand “unobtainium”"
    )


@pytest.mark.parametrize(
    "said",
    ["", "?", "[h99]", "text [h99]: hi", "duplicate", "duplicate as", "text :", "undo", "'; drop table x; --", "x" * 4000,
     "text everybody", "lead", "top 0", "between 31 and 31 february", "%s %d {sql} {0}", "set lead [h2] to 900%"],
)  # fmt: skip
def test_no_words_break_it(said: str) -> None:
    model = OfflineStaffModel(COMMANDS)
    answer = in_chat(model).answer(ModelRequest([Message("user", said)], []))
    assert answer.text or answer.tool_calls


OWN_QUESTION = """
[[question]]
name = "crows"
group = "Own"
ask = "how many crows sat on the roof?"
when = ["crows"]
title = "Crows"
moment = "t.date"
span = "this month"
sql = "select count(*) as crows from transactions t where {where}"
"""


def test_a_shop_adds_a_question_without_copying_ours(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN_QUESTION, encoding="utf-8")
    model = OfflineStaffModel(COMMANDS, [tmp_path])
    (call,) = in_chat(model).answer(ModelRequest([Message("user", "crows last week?")], [])).tool_calls
    assert json.loads(call.arguments)["title"] == "Crows, last week (16 to 22 Nov 2026)"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('moment = "t.date"', "question.0.moments: Extra inputs are not permitted"),
        ('sql = "select count(*) as crows from transactions t where {where}"', "needs sql or tool"),
        ('title = "Crows"', "question.0.title: Field required"),
    ],
)
def test_a_wrong_field_of_a_question_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(OWN_QUESTION.replace(wrong, 'moments = "x"' if "moment" in wrong else ""))
    with pytest.raises(SettingsError) as refused:
        Book([tmp_path])
    assert "own.toml" in str(refused.value)
    assert said in str(refused.value)


def test_every_query_names_its_tables() -> None:
    tables = re.compile(
        r"\b(?:transactions|sales|refunds|sale_lines|conversations|products|customers|customer_visit_patterns"
        r"|customer_product_affinity|messages|leads|staff) ([tipcvamls])\b"
    )
    for question in BOOK.questions:
        assert question.aliases == frozenset(tables.findall(question.sql)), question.name


def test_help_lists_every_group() -> None:
    said = in_chat(OfflineStaffModel(COMMANDS)).answer(ModelRequest([Message("user", "help")], [])).text
    for group in ("Sales:", "Products:", "Customers:", "Texts and leads:", "Staff:", "Actions:"):
        assert group in said
