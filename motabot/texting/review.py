"""Holds a draft against what this turn knows."""
