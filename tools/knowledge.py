"""What the shop answers to general questions."""

from typing import Literal

from motabot.agent.tools import CustomerTools, ToolFailed, tool
from motabot.knowledge.search import Index

_SHOWN = 3
_NOBODY_KNOWS = "Nothing answers this. Say that you do not know, and offer a person. State nothing of your own."


@tool(audience="customer", effect="read")
def look_up_answer(
    ctx: CustomerTools, question: str, language: Literal["en", "es"] | None = None
) -> dict[str, object]:
    """Look up the shop's answer to a general question, such as "how long do edibles take" or "is there parking".

    Use it for every question that is neither about a product of the catalog, nor about this customer, nor answered
    by the policies in your instructions: edibles, strains, words on a label, storage, lab and drug tests, limits,
    laws, ingredients, visits. General statements of yours must come from its result. If `known` is false, say that
    you do not know and offer a person; an entry may still say what to do meanwhile.

    Args:
        question: The question, complete and by itself, in the customer's language.
        language: The customer's language; English if null.
    """
    if not question.strip():
        raise ToolFailed("question is empty. Write the question.")
    spoken = language or "en"
    index = ctx.memo.get(f"knowledge.{spoken}", lambda: Index(ctx.rows, spoken), keep=bool)
    found = index.search(ctx.rows, question, _SHOWN)
    return {
        "known": bool(found) and found[0].is_known,
        "sure": bool(found) and found[0].is_sure,
        "entries": [
            {"key": each.key, "question": each.question, "answer": each.answer, "known": each.is_known}
            for each in found
        ],
        "note": None if found else _NOBODY_KNOWS,
    }
