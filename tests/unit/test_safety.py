"""The safety net: what it must hear, what it must leave alone, and what it says."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from motabot.agent.tools import HandOff
from motabot.conversation.drafting import DraftedTurn
from motabot.conversation.gate import REPLY_LIMIT
from motabot.conversation.notice import opening_for
from motabot.conversation.safety import Kind, SafetyNet, look
from motabot.text.gsm7 import count, encoding
from tests.support.turns import REPLIES, shop_now, turn

DATA = Path(__file__).parent / "data"
TEXTS = [
    (kind, text)
    for name in ("safety.toml", "safety_independent.toml")
    for kind, texts in tomllib.loads((DATA / name).read_text(encoding="utf-8")).items()
    for text in texts
]
NET = SafetyNet(REPLIES)


@pytest.mark.parametrize(("kind", "text"), [pair for pair in TEXTS if pair[0] != "none"])
def test_every_phrasing_is_heard_and_an_emergency_is_heard_as_one(kind: str, text: str) -> None:
    alarm = look([text])
    assert alarm is not None
    if Kind(kind).is_urgent:
        assert alarm.is_urgent
        assert alarm.hand_off is not None
        assert alarm.hand_off.is_urgent
    else:
        assert Kind(kind) in alarm.kinds


@pytest.mark.parametrize("text", [text for kind, text in TEXTS if kind == "none"])
def test_look_alikes_are_left_alone(text: str) -> None:
    assert look([text]) is None


def test_texts_unlike_those_of_the_training_are_heard_too() -> None:
    fresh = tomllib.loads((DATA / "safety_fresh.toml").read_text(encoding="utf-8"))
    alarms = {(kind, text): look([text]) for kind, texts in fresh.items() for text in texts}
    missed = [text for (kind, text), alarm in alarms.items() if kind != "none" and alarm is None]
    false = [text for (kind, text), alarm in alarms.items() if kind == "none" and alarm is not None]
    assert len(missed) <= 3, missed
    assert len(false) <= 2, false


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", Kind)
def test_a_vetted_text_fits_two_segments_and_names_the_number_to_call(language: str, kind: Kind) -> None:
    said = REPLIES.say(kind.template, language, shop=shop_now().as_data())  # type: ignore[arg-type]
    numbers = {
        Kind.SELF_HARM: ("988", "911"),
        Kind.CHILD: ("1-800-222-1222", "911"),
        Kind.PET: ("888-426-4435",),
        Kind.OVERDOSE: ("1-800-222-1222", "911"),
    }
    assert encoding(said) == "gsm7"
    assert count(said) <= 2
    assert all(number in said for number in numbers.get(kind, ()))


@pytest.mark.parametrize(
    ("texts", "kinds", "rest"),
    [
        (["My toddler ate a gummy. When do you close?"], [Kind.CHILD], []),
        (["my dog", "ate a gummy"], [Kind.PET], []),
        (["r u open xmas? my passport expired lol"], [Kind.ID], ["r u open xmas?"]),
        (["can i take edibles on the plane to texas?", "and how many points do i have"], [Kind.BORDER],
         ["and how many points do i have"]),
        (["if i drink wine with an edible is that cool? ok to drive after 2 hrs on an edible?"],
         [Kind.MEDICATION, Kind.DRIVING], []),
        (["what do i bring, do you take debit, and can my gf wait inside w me shes 20"], [Kind.MINOR],
         ["what do i bring", "do you take debit"]),
        (["is there anything sugar free to drink? im diabetic"], [Kind.MEDICATION],
             ["is there anything sugar free to drink?"]),
        (["Hi there! is it safe to smoke while pregnant? thanks"], [Kind.PREGNANCY], []),
        (["how long after smoking can i drive, whats your address and do you take cards"], [Kind.DRIVING],
         ["whats your address", "do you take cards"]),
        (["can i drive after half a gummy, and when was my last visit"], [Kind.DRIVING], ["when was my last visit"]),
        (["cuanto espero para manejar despues de una gomita y a que hora cierran"], [Kind.DRIVING],
         ["a que hora cierran"]),
        (["is my id ok if its expired, and do you have sour diesel"], [Kind.ID], ["do you have sour diesel"]),
        (["i drive a bus, what can i take at night that wont leave me groggy"], [Kind.DRIVING],
         ["what can i take at night that wont leave me groggy"]),
        (["my 17 year old wants gummies but i want a preroll for me, what do you have under 15"], [Kind.MINOR],
         ["what do you have under 15"]),
        (["i want to buy for my 17 yr old cousin and do you have gummies under 20"], [Kind.MINOR], []),
        (["im pregnant, what did i buy last time and do you have cbd"], [Kind.PREGNANCY], ["what did i buy last time"]),
        (["if i take xanax can i smoke and do u have any indica"], [Kind.MEDICATION], []),
    ],
)  # fmt: skip
def test_a_burst_is_heard_as_one_and_what_else_it_asks_is_left_to_be_answered(
    texts: list[str], kinds: list[Kind], rest: list[str]
) -> None:
    alarm = look(texts)
    assert alarm is not None
    assert (list(alarm.kinds), list(alarm.rest)) == (kinds, rest)


def test_an_emergency_is_the_whole_reply_in_the_customers_language() -> None:
    advice = NET.check(turn("mi hijo se comio una gomita. a que hora cierran?"), shop_now())
    assert advice is not None
    draft, _ = advice.settle(None, turn("x"))
    assert draft is not None
    assert draft.text.startswith("Actua ya: si no despierta")
    [hand_off] = draft.intents
    assert isinstance(hand_off, HandOff)
    assert (hand_off.reason, hand_off.is_urgent) == ("emergency", True)


@pytest.mark.parametrize(
    ("text", "opening", "kind"),
    [
        (
            "my roommate ate a whole galaxy bar and hes throwing up and wont wake up properly what do i do",
            "Call 911 now",
            "overdose",
        ),
        ("my friend took 200mg and wont wake up", "Call 911 now", "overdose"),
        ("my partner passed out after a dab and i cant wake her", "Call 911 now", "overdose"),
        ("my dad ate a gummy and is not breathing right", "Call 911 now", "overdose"),
        ("my girlfriend took edibles and i cant get her up", "Call 911 now", "overdose"),
        ("my roommate wont answer me after 4 gummies", "Call 911 now", "overdose"),
        ("mi primo se comio unas gomitas, se quedo tirado y no contesta", "Llama al 911 ya", "overdose"),
        ("my wife is having a seizure after an edible", "Call 911 now", "overdose"),
        ("my boyfriend smoked and collapsed on the floor", "Call 911 now", "overdose"),
        ("i ate too much and cant breathe", "Call 911 now", "overdose"),
        ("my 3 year old ate a gummy and wont wake up", "Call 911 now", "child"),
        ("my girlfriend said she wants to die and now she wont wake up", "Call 911 now", "self harm"),
        ("mi novio se comio un brownie y no despierta", "Llama al 911 ya", "overdose"),
        ("mi papa se desmayo despues de una gomita", "Llama al 911 ya", "overdose"),
        ("mi compañero comio gomitas y le cuesta respirar", "Llama al 911 ya", "overdose"),
        ("mi hijo comio una gomita y no respira bien", "Llama al 911 ya", "child"),
        ("mi mama esta convulsionando, comio un brownie", "Llama al 911 ya", "overdose"),
        ("my friend ate an edible and her breathing is really slow", "Call 911 now", "overdose"),
        ("my mom took a gummy and shes out cold", "Call 911 now", "overdose"),
        ("mi abuela comio una galleta y no abre los ojos", "Llama al 911 ya", "overdose"),
        ("my dog ate an edible and is having a seizure", "Go to the nearest emergency vet now", "pet"),
        ("mi perro se comio un brownie y no despierta", "Ve ya a la clinica veterinaria", "pet"),
        ("my roommate ate my edibles and is throwing up", "I'm sorry you're dealing with this", "overdose"),
        ("my 3 year old ate a gummy", "Please act now: if the child", "child"),
        ("i want to die, i hope i dont wake up tomorrow", "I'm so sorry you're going through this", "self harm"),
    ],
)
def test_who_collapsed_gets_911_first_and_every_person_the_fitting_words(
    text: str, opening: str, kind: str
) -> None:
    advice = NET.check(turn(text), shop_now())
    assert advice is not None
    assert advice.text.startswith(opening)
    assert ("child" in advice.text) == (opening.startswith("Please act now"))
    assert advice.alarm.hand_off is not None
    assert advice.alarm.hand_off.summary.startswith(f"{kind}: ")
    assert (encoding(advice.text), count(advice.text) <= 2) == ("gsm7", True)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("need something for a trip to tahoe, im a passenger not driving lol", ()),
        ("not driving tonight, im the passenger. can i take gummies over the nevada line?", (Kind.BORDER,)),
        ("no voy a manejar, soy pasajero. puedo llevar gomitas a nevada?", (Kind.BORDER,)),
        ("im a passenger but my buddy is driving and he ate a gummy, is that ok", (Kind.DRIVING,)),
        ("im not driving for 3 hours, is that long enough after an edible?", (Kind.DRIVING,)),
    ],
)
def test_who_does_not_drive_is_not_told_to_leave_the_car(text: str, kinds: tuple[Kind, ...]) -> None:
    alarm = look([text])
    assert (alarm.kinds if alarm else ()) == kinds


def test_an_emergency_goes_before_what_the_gate_decided_but_two_machines_still_stop() -> None:
    advice = NET.check(turn("im 17 and ate too many gummies help"), shop_now())
    assert advice is not None
    minor = DraftedTurn("We can only help customers who are 21.", "answered", "rules", pause_by="age")
    draft, _ = advice.settle(minor, turn("x"))
    assert draft is not None
    assert ("1-800-222-1222" in draft.text, draft.pause_by) == (True, None)
    draft, _ = advice.settle(replace(minor, pause_by=REPLY_LIMIT), turn("x"))
    assert draft is not None
    assert draft.pause_by == REPLY_LIMIT


def test_advice_stands_before_the_answer_to_the_rest() -> None:
    context = turn("r u open xmas? my passport expired")
    advice = NET.check(context, shop_now())
    assert advice is not None
    draft, heard = advice.settle(None, context)
    assert (draft, heard.questions) == (None, ("r u open xmas?",))
    assert (
        opening_for(REPLIES, replace(heard, phone=replace(heard.phone, greeted=True)), shop_now()) == advice.text
    )
    answer = DraftedTurn("We are closed that day.", "answered", "model")
    advice.add_to(answer)
    assert answer.text.startswith("Please bring an unexpired government photo ID")
    assert answer.text.endswith("We are closed that day.")


def test_no_text_makes_the_net_slow() -> None:
    assert look(["my dog and i and the kids " * 200]) is None


@pytest.mark.parametrize(
    "text",
    [
        "no edibles",
        "not edibles",
        "is 10mg too much",
        "is 50mg too much for a first timer",
        "es mucho 10 mg",
        "lost my hat at your counter, did anybody hand it in",
        "are you hiring? i have 2 yrs at a smoke shop",
        "my mother in law is 77, her knee hurts, she wont smoke and hates feeling dizzy",
        "never get a birthday deal though im here all the time",
    ],
)
def test_everyday_words_raise_no_alarm(text: str) -> None:
    alarm = look([text])
    assert alarm is None or not alarm.is_urgent


@pytest.mark.parametrize(
    "text",
    [
        "i took 5 gummies and i feel nothing in my legs",
        "my friend ate the whole bar, he feels nothing and wont wake up",
        "took 3 edibles still nothing im scared",
        "had an edible, feel nothing but dizzy, how much to start with",
        "took 2, is 50 too much",
        "is 300 too much? i feel weird",
        "my dog got in my bag and ate a gummy, can i bring him in",
        "my grandson says he ate the gummies you sell",
        "my toddler bought me... no he ate my gummies",
        "my son in law took 5 gummies and is throwing up",
        "my 30 year old son ate a whole bar and wont wake up",
    ],
)
def test_a_question_beside_a_danger_is_still_a_danger(text: str) -> None:
    alarm = look([text])
    assert alarm is not None
    assert alarm.is_urgent


@pytest.mark.parametrize(
    "text",
    [
        "so do i cut it",
        "mi mama tiene 68 anos, le hacen descuento por la edad?",
        "i just dont want these anymore",
        "I left my sunglasses in the store yesterday. anyone find them?",
        "are there lab results i can see",
        "is it weird to bring my own music for the waiting room",
        "can i bring my pup in, he stays in my bag",
        "is a tiny dog ok inside the shop",
        "puedo entrar con mi perrito en brazos",
        "I ate half a cookie at 5, its 6:30 and I feel nothing, do i eat the rest",
        "had a gummy 50 min ago and still nothing",
        "me comi una gomita hace una hora y no siento nada",
        "one of your brownies isnt hitting, can i take the other half",
        "this may sound weird but im in the car, my dad wants to try a gummy, how much is a good amount to start with",
        "never tried weed in my whole life, which strain",
        "is 50 too much",
        "ok is 10mg a lot for a beginner",
    ],
)
def test_everyday_texts_beside_words_of_danger_raise_no_alarm(text: str) -> None:
    assert look([text]) is None
