"""What the value of an expression may contain: kinds of personal data, traced back to its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from motabot.boundary import Json
from motabot.staff import probes
from motabot.staff.origins import (
    COLUMN,
    MADE,
    OPEN,
    PIECE,
    Item,
    Kinds,
    Node,
    QueryScope,
    function_name,
    names_of,
    personal,
)
from motabot.staff.probes import Probes
from motabot.text.regex import regex

_PLACEHOLDER: Final = regex(r"\[([a-z]+)\d+\]")
#: Functions whose result names nobody, whatever their arguments are.
_COUNTING: Final = frozenset(
    """
    count row_number rank dense_rank percent_rank cume_dist ntile num_nulls num_nonnulls bool_and bool_or every
    starts_with regexp_like similarity word_similarity strict_word_similarity levenshtein levenshtein_less_equal
    pg_typeof jsonb_typeof json_typeof jsonb_path_exists jsonb_exists isfinite
    """.split()
)
#: What marks their result: numbers in order, as good as those of a series, and numbers of the data.
_COUNTED: Final = {**dict.fromkeys("row_number rank dense_rank ntile".split(), MADE), "count": COLUMN}
#: Functions that return a length.
_MEASURING: Final = frozenset(
    """
    length char_length character_length octet_length bit_length cardinality array_length array_ndims array_upper
    array_lower jsonb_array_length json_array_length generate_subscripts
    """.split()
)
_COMPARING: Final = frozenset("= <> != < > <= >= ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && ? ?| ?& @@ @?".split())
_COMPARING_KINDS: Final = frozenset(
    "AEXPR_OP_ANY AEXPR_OP_ALL AEXPR_DISTINCT AEXPR_NOT_DISTINCT AEXPR_IN AEXPR_LIKE AEXPR_ILIKE AEXPR_SIMILAR"
    " AEXPR_BETWEEN AEXPR_NOT_BETWEEN AEXPR_BETWEEN_SYM AEXPR_NOT_BETWEEN_SYM".split()
)
#: Nodes whose value is true, false or a constant of the system.
_PLAIN: Final = frozenset({"NullTest", "BooleanTest", "BoolExpr", "GroupingFunc", "SQLValueFunction"})


class Expressions:
    """Follows the expressions of one query."""

    def __init__(self, select: Callable[[Node, QueryScope], Item], seen: Probes) -> None:
        """
        Args:
            select: The columns of a sub-select.
            seen: Gets every test and every size.
        """
        self._select = select
        self._seen = seen

    def of(self, node: Json, scope: QueryScope) -> Kinds:
        """What the value of an expression may contain."""
        if isinstance(node, Sequence) and not isinstance(node, str):
            return OPEN.union(*(self.of(each, scope) for each in node))
        if not isinstance(node, Mapping):
            return OPEN
        return OPEN.union(*(self._kind(kind, fields, scope) for kind, fields in node.items()))

    def _kind(self, kind: str, fields: Json, scope: QueryScope) -> Kinds:
        if kind in _PLAIN:
            self.of(fields, scope)  # for the tests inside
            return OPEN
        match kind:
            case "A_Const":
                return frozenset(_PLACEHOLDER.findall(str(fields.get("sval", {}).get("sval", ""))))
            case "ColumnRef":
                return scope.column(names_of(fields["fields"]))
            case "SelectStmt":
                return self._select(fields, scope).every
            case "SubLink":
                return self._sublink(fields, scope)
            case "FuncCall":
                return self._call(fields, scope)
            case "A_Expr":
                return self._operator(fields, scope)
            case "CaseExpr":
                return self._case(fields, scope)
            case "A_Indirection":
                return self._attribute(fields, scope)
            case "TypeCast":
                kinds = self.of(fields.get("arg", {}), scope)
                return kinds | PIECE if personal(kinds) and probes.takes_apart(fields) else kinds
        return self.of(fields, scope)

    def _test(self, place: Node, sides: Json, scope: QueryScope) -> Kinds:
        """A comparison or another test."""
        self._seen.test(place, sides, self.of(sides, scope))
        return OPEN

    def _sublink(self, fields: Node, scope: QueryScope) -> Kinds:
        found = self._select(fields["subselect"]["SelectStmt"], scope).every
        if fields.get("subLinkType") in ("EXPR_SUBLINK", "ARRAY_SUBLINK"):
            return found
        if "testexpr" in fields:
            self._seen.test(fields, fields["testexpr"], found | self.of(fields["testexpr"], scope))
        return OPEN

    def _call(self, fields: Node, scope: QueryScope) -> Kinds:
        name, arguments = function_name(fields), fields.get("args", ())
        if "agg_filter" in fields:
            self.of(fields["agg_filter"], scope)
        ordered = fields.get("agg_order", ()) if fields.get("agg_within_group") else ()
        if name == "ntile":
            self._seen.size(self.of(arguments, scope))
        if name in _COUNTING:
            return self._test(fields, [*arguments, *ordered], scope) | _COUNTED.get(name, OPEN)
        kinds = self.of([*arguments, *ordered], scope)
        if name in _MEASURING:
            is_plain = probes.measures_plainly(arguments, lambda node: self.of(node, scope))
            return kinds & COLUMN if is_plain else personal(kinds)
        if name == "generate_series":
            self._seen.size(kinds)
        if name in probes.PIECES and personal(kinds):
            kinds |= PIECE
        return kinds | probes.made(name, arguments, kinds)

    def _operator(self, fields: Node, scope: QueryScope) -> Kinds:
        kind, name = fields.get("kind"), (names_of(fields.get("name", ())) or [""])[-1]
        sides = [fields.get("lexpr", {}), fields.get("rexpr", {})]
        if kind in _COMPARING_KINDS or (kind == "AEXPR_OP" and name in _COMPARING):
            return self._test(fields, sides, scope)
        if kind == "AEXPR_NULLIF":
            self._test(fields, sides, scope)
            return self.of(sides[0], scope)
        return self.of(sides, scope)

    def _case(self, fields: Node, scope: QueryScope) -> Kinds:
        branches = [each["CaseWhen"] for each in fields.get("args", ())]
        for branch in branches:
            if "arg" in fields:
                self._test(branch, [fields["arg"], branch["expr"]], scope)
            else:
                self.of(branch["expr"], scope)
        return self.of([*(branch["result"] for branch in branches), fields.get("defresult", {})], scope)

    def _attribute(self, fields: Node, scope: QueryScope) -> Kinds:
        names = names_of(fields["indirection"])
        places = self.of([each for each in fields["indirection"] if "A_Indices" in each], scope)
        item = scope.item(names_of(fields.get("arg", {}).get("ColumnRef", {}).get("fields", ())))
        found = item.column(names[0]) if item and len(names) == 1 else None
        kinds = self.of(fields.get("arg", {}), scope) if found is None else found
        return kinds | (personal(places) and places)
