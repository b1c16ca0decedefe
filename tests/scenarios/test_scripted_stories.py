"""What a model that follows a script makes of customers' texts: one SMS story a test, told by its rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot import testing
from tests.scenarios.floor import Floor, open_floor
from tests.scenarios.scripted_stories import STORIES
from tests.scenarios.stage import Stage, open_stage, tell


@pytest.fixture(scope="module")
def set_up(server: testing.TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Floor, Stage]]:
    with (
        open_stage() as (stage, url),
        open_floor(
            server, tmp_path_factory.mktemp("scripted"), model_url=url, environment={"MOTABOT_MODEL_TIMEOUT": "2"}
        ) as floor,
    ):
        yield floor, stage


@pytest.mark.parametrize("name", STORIES)
def test_a_scripted_story(set_up: tuple[Floor, Stage], name: str) -> None:
    floor, stage = set_up
    tell(floor, stage, STORIES[name])
