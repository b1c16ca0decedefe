"""Checks what a staff model says about results: its numbers, and its claims of order and trend."""
