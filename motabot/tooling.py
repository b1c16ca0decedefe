"""The former name of `motabot.agent.tools`, kept for one release so that a shop's own tools still load."""

from motabot.agent.tools import *  # noqa: F403
