"""Regular expressions that are compiled at their first use.

A process that only takes texts in, or prints its version, needs few of the thousand patterns that judge a reply.
Compiling all of them at import was two fifths of the time that the service took to start.
"""

from __future__ import annotations

import re
from typing import cast


class _Late:
    """Stands for a compiled pattern. It compiles when anything is asked of it and then passes everything on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> object:
        # Called only for what the instance does not hold yet: the first use of each method. The pattern itself is
        # kept, because the cache of `re` has room for 512 and the package has more.
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        value: object = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern with the methods of `re.compile`'s, compiled when one of them is first called.

    Args:
        source: A regular expression for strings.
        flags: Those of the module `re`.

    Raises:
        re.error: At the first use, if the expression is wrong. A test compiles all of them.
    """
    return cast("re.Pattern[str]", _Late(source, flags))
