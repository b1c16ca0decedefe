"""A shop changes one reply, one prompt or one tool with one file; everything else stays ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.app import Service
from motabot.errors import SettingsError
from motabot.settings import load_settings
from tests.support.turns import turn

TOOL = '''
from motabot.agent.tools import CustomerTools, tool

@tool(audience="customer", effect="read")
def show_parking(ctx: CustomerTools) -> str:
    """Show where customers park."""
    return f"Behind {ctx.shop.shop.name}."
'''


@pytest.fixture
def service(tmp_path: Path) -> Service:
    files = {
        "prompts/replies/en/thanks.j2": "Any time, from {{ shop.name }}!",
        "prompts/_policy.md.j2": "Be brief.\n",
        "tools/parking.py": TOOL,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return Service(
        load_settings(
            shop_name="Green Door",
            timezone="UTC",
            data_dir=tmp_path,
            prompts_dir=tmp_path / "prompts",
            tools_dir=tmp_path / "tools",
        )
    )


def test_one_reply_is_overridden_and_the_others_stay(service: Service) -> None:
    assert service.replies.say("thanks", "en", shop={"name": "Green Door"}) == "Any time, from Green Door!"
    assert service.replies.say("thanks", "es").startswith("¡De nada")
    facts = turn("hi").as_data(service.settings.zone)
    assert service.replies.say("greeting", "en", facts=facts).startswith("Hi! What can I look up")


def test_one_prompt_is_overridden_and_the_prompt_around_it_stays(service: Service) -> None:
    assert "\nBe brief.\n" in service.prompts.customer
    assert "You answer the text messages that customers send to Green Door" in service.prompts.customer
    assert "Rules that have no exception" not in service.prompts.customer


def test_one_tool_is_added_and_ours_stay(service: Service) -> None:
    names = {spec.name for spec in service.tools.for_audience("customer")}
    assert {"show_parking", "search_products", "queue_reply"} <= names


@pytest.mark.parametrize("name", ["prompts", "tools"])
def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, name: str) -> None:
    settings = load_settings(timezone="UTC", **{f"{name}_dir": tmp_path / "gone"})
    with pytest.raises(SettingsError, match=rf"MOTABOT_{name.upper()}_DIR: .*gone is not a folder"):
        _ = Service(settings).prompts if name == "prompts" else Service(settings).tools
