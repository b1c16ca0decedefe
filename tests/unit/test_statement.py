"""SQL with named parameters, as it goes to the server."""

from __future__ import annotations

from motabot.db.engine import Statement


def test_each_name_becomes_one_number_however_often_it_stands_there() -> None:
    statement = Statement("select :b::int, :a::text, :b::int + 1")
    assert statement.sql == b"select $1::int, $2::text, $1::int + 1"
    assert statement.names == ("b", "a")
