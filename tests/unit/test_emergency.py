"""After an emergency: no products until staff has settled it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from motabot.conversation import emergency
from motabot.conversation.safety import SafetyNet, look
from motabot.customers.records import Emergency, Line
from tests.support.turns import NOW, REPLIES, shop_now, turn

OPEN = Emergency("overdose: my bf ate 5 gummies", NOW - timedelta(minutes=5))
NET = SafetyNet(REPLIES)


@pytest.mark.parametrize(
    ("text", "is_clear"),
    [
        ("hes fine now", True),
        ("ok shes ok now, what time do you close", True),
        ("everything is back to normal", True),
        ("the vet said he is fine", True),
        ("we're all good now thank you", True),
        ("ya esta bien, a que hora cierran", True),
        ("hes throwing up and wont stay awake", False),
        ("is he gonna be ok?", False),
        ("hes not ok", False),
        ("will she be fine?", False),
        ("he seems fine but he cant breathe", False),
        ("no esta bien", False),
        ("got any gummies", False),
        ("feeling much better now thanks", True),
        ("feeling worse now", False),
    ],
)
def test_only_a_clear_all_clear_ends_an_emergency(text: str, is_clear: bool) -> None:
    assert emergency.is_all_clear(text) is is_clear


@pytest.mark.parametrize(
    ("text", "is_misheard", "is_so_of_death"),
    [
        ("thats not what i meant lol", True, True),
        ("no emergency, i was asking about a product", True, True),
        ("you misunderstood, i meant my vape died", True, True),
        ("nobody is hurt", True, True),
        ("no one ate anything", True, True),
        ("me refiero al producto", True, True),
        ("nadie esta mal", True, True),
        ("i was joking", True, False),
        ("its a joke lol", True, False),
        ("era broma", True, False),
        ("nobody is helping me, he is not breathing", False, False),
        ("i meant i want to die", False, False),
        ("no hes throwing up", False, False),
    ],
)
def test_who_says_that_there_was_no_emergency_is_heard(text: str, is_misheard: bool, is_so_of_death: bool) -> None:
    assert emergency.is_misheard(text, of_death=False) is is_misheard
    assert emergency.is_misheard(text, of_death=True) is is_so_of_death


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ship to nevada? my buddy lives there", ()),
        ("ship to nevada? whats ur cheapest eighth", ("whats ur cheapest eighth",)),
        ("can i take it on a plane? 2 blue dream please", ("2 blue dream please",)),
    ],
)
def test_what_only_tells_more_of_a_vetted_half_reaches_no_model(text: str, rest: tuple[str, ...]) -> None:
    alarm = look([text])
    assert alarm is not None
    assert alarm.rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "hes throwing up and wont stay awake",
        "he had like 5 of them",
        "what are your strongest gummies",
        "hello??",
        "how much is an eighth",
        "is he going to be ok",
    ],
)
def test_every_further_text_gets_the_vetted_text_and_is_added_to_the_hand_off(text: str) -> None:
    advice = NET.check(turn(text, emergency=OPEN), shop_now())
    assert advice is not None
    draft, _ = advice.settle(None, turn(text, emergency=OPEN))
    assert draft is not None
    assert "911" in draft.text
    assert text in advice.alarm.hand_off.summary  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("summary", "text", "is_answered"),
    [
        (OPEN.summary, "what time do you close tonight", True),
        (OPEN.summary, "ok thanks. how many points do i have?", True),
        (OPEN.summary, "a que hora cierran", True),
        (OPEN.summary, "do you have cbd to come down", False),
        (OPEN.summary, "what time do you open, he needs help", False),
        (OPEN.summary, "is the vet open", False),
        ("overdose: my gf ate a gummy and wont wake up", "what time do you close tonight", False),
        ("self harm: i want to die", "what time do you close tonight", False),
    ],
)
def test_a_question_about_the_shop_is_answered_after_the_vetted_words(
    summary: str, text: str, is_answered: bool
) -> None:
    context = turn(text, emergency=replace(OPEN, summary=summary))
    advice = NET.check(context, shop_now())
    assert advice is not None
    draft, heard = advice.settle(None, context)
    assert (draft is None) is is_answered
    assert "911" in advice.text
    if is_answered:
        assert heard.questions == (text,)
        assert advice.alarm.hand_off is None


def test_after_the_all_clear_other_questions_are_answered() -> None:
    context = turn("he's fine now, what time do you close", emergency=OPEN)
    advice = NET.check(context, shop_now())
    assert advice is not None
    draft, rest = advice.settle(None, context)
    assert draft is None
    assert rest.questions == ("what time do you close",)
    later = turn("what time do you close", emergency=OPEN)
    assert emergency.is_over(replace(later, history=(Line("customer", "hes fine now", NOW),)), of_death=False)
    assert not emergency.is_over(later, of_death=False)
    worse = (Line("customer", "hes fine now", NOW), Line("customer", "hes puking again", NOW))
    assert not emergency.is_over(replace(later, history=worse), of_death=False)


@pytest.mark.parametrize(
    "text",
    [
        "Is 2g of hash too much to buy at once, hows it different from kief",
        "is an ounce too much to carry",
        "how much can i buy at once",
        "is 100 bucks too much to spend on wax",
        "es demasiado para comprar en un dia?",
        "i dont smoke much anymore, took 10 years off. joint?",
    ],
)
def test_what_is_too_much_to_buy_is_no_overdose(text: str) -> None:
    advice = NET.check(turn(text), shop_now())
    assert advice is None or not advice.alarm.is_urgent
