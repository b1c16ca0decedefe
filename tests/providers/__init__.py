"""Imitations of real servers: each function answers as one server was seen to, and says what must come of it."""
