"""Checks what a staff model says of results: its numbers, and what it says about their order and their trend."""
