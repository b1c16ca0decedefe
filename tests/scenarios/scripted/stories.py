"""Stories whose model follows a script: what the customer texts, what the model answers, which rows that makes.

A story's name is a sentence that its rows prove. What a story does not say is as usual: see `story.Turn`.
"""

from __future__ import annotations

from tests.scenarios.scripted.checked_drafts import DRAFTS
from tests.scenarios.scripted.failures import TROUBLE
from tests.scenarios.scripted.lookups import STEPS, TOOLS
from tests.scenarios.scripted.people import PEOPLE
from tests.scenarios.scripted.sources import SOURCES
from tests.scenarios.story import Story

STORIES: dict[str, Story] = {**TOOLS, **STEPS, **DRAFTS, **SOURCES, **TROUBLE, **PEOPLE}
