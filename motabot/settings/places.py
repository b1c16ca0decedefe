"""Regions and time zones as people call them."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from functools import cache
from zoneinfo import available_timezones

#: What people write for a region, and its two letters.
_REGIONS = {
    "USA": "US",
    "UNITED STATES": "US",
    "AMERICA": "US",
    "UK": "GB",
    "EN": "GB",
    "GBR": "GB",
    "ENGLAND": "GB",
    "CAN": "CA",
    "CANADA": "CA",
    "MEX": "MX",
    "MEXICO": "MX",
    "DEU": "DE",
    "GERMANY": "DE",
}
#: What people write for a zone. Some are zones that know no summer time, which a shop hardly ever means.
_ZONES = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles",
    "MST": "America/Denver, or America/Phoenix, which has no summer time",
    "MDT": "America/Denver",
    "MOUNTAIN": "America/Denver",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "CENTRAL": "America/Chicago",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "EASTERN": "America/New_York",
    "HST": "Pacific/Honolulu",
}


def region(value: str) -> str:
    """The region's two letters, in capitals.

    Raises:
        ValueError: It has another form, or is a common mistake.
    """
    letters = value.upper().replace(".", "").lstrip("+")
    if (meant := _REGIONS.get(letters)) is not None:
        raise ValueError(f"{value} is not a region's two letters; use {meant}")
    if len(letters) != 2 or not letters.isascii() or not letters.isalpha():
        raise ValueError(f"must be a region's two letters, such as US or MX, not {value!r}")
    return letters


def zone(value: str) -> str:
    """The name of an IANA time zone as it is spelled.

    Raises:
        ValueError: There is none of that name, or it has no daylight saving time and a shop hardly means it.
    """
    if (meant := _ZONES.get(value.upper())) is not None:
        raise ValueError(f"{value} is an abbreviation; use {meant}")
    known = _zones()
    found = known.get(value.lower())
    if found is None:
        raise ValueError(f"{value!r} is not an IANA time zone; use one like {_nearest(value, known.values())}")
    return found


def _nearest(value: str, names: Collection[str]) -> str:
    wanted = value.replace(" ", "_").casefold()
    cities = {
        name.rpartition("/")[2].casefold(): name for name in sorted(names, reverse=True) if "Etc" not in name
    }
    near = difflib.get_close_matches(wanted.rpartition("/")[2], list(cities), n=1, cutoff=0.75)
    return cities[near[0]] if near else "America/Los_Angeles"


@cache
def _zones() -> dict[str, str]:
    """All zones by their names in small letters: a walk through some six hundred files, so it happens once."""
    return {name.lower(): name for name in available_timezones()}
