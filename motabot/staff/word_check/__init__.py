"""Checks what a staff model says of results: its numbers, and what it says of their order and their course."""
