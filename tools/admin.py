"""What the staff's model may propose: one tool for each action. Nothing is done before a person approves it."""

from __future__ import annotations

from motabot.staff.actions.registry import ACTIONS, proposing_tool

globals().update({action.name: proposing_tool(action, __name__) for action in ACTIONS})
