"""The node types of PostgreSQL's grammar that a staff query may have, by libpg_query's names."""

from __future__ import annotations

from typing import Final

NODES: Final = frozenset(
    """
    A_ArrayExpr A_Const A_Expr A_Indices A_Indirection A_Star Alias BitString BoolExpr Boolean BooleanTest
    CaseExpr CaseWhen CoalesceExpr CollateClause ColumnDef ColumnRef CommonTableExpr Float FuncCall GroupingFunc
    GroupingSet Integer JoinExpr JsonAggConstructor JsonArgument JsonArrayAgg JsonArrayConstructor
    JsonArrayQueryConstructor JsonFormat JsonFuncExpr JsonIsPredicate JsonKeyValue JsonObjectAgg
    JsonObjectConstructor JsonOutput JsonParseExpr JsonReturning JsonScalarExpr JsonSerializeExpr JsonTable
    JsonTableColumn JsonTablePathSpec JsonValueExpr List MinMaxExpr NamedArgExpr NullTest RangeFunction
    RangeSubselect RangeTableSample RangeVar ResTarget RowExpr SQLValueFunction SelectStmt SortBy String SubLink
    TypeCast TypeName WindowDef CTECycleClause CTESearchClause
    """.split()
)
#: Fields that hold a node whose kind follows from the field.
FIELDS: Final = frozenset(
    """
    stmt val args arg lexpr rexpr typeName alias whereClause havingClause larg rarg over agg_filter
    limitOffset limitCount subselect subquery ctequery defresult expr result quals join_using_alias node
    startOffset endOffset bounds boundVal lidx uidx ival fval sval boolval bsval testexpr relation repeatable
    raw_expr formatted_expr format output returning context_item pathspec on_empty on_error key value func
    constructor name_location xpr search_clause cycle_clause cycle_mark_value cycle_mark_default string query
    """.split()
)
TIMES: Final = frozenset(
    f"SVFOP_{name}"
    for name in (
        "CURRENT_DATE CURRENT_TIME CURRENT_TIME_N CURRENT_TIMESTAMP CURRENT_TIMESTAMP_N LOCALTIME LOCALTIME_N"
        " LOCALTIMESTAMP LOCALTIMESTAMP_N"
    ).split()
)
SAMPLES: Final = frozenset({"bernoulli", "system"})
STATEMENTS: Final = {
    "InsertStmt": "INSERT",
    "UpdateStmt": "UPDATE",
    "DeleteStmt": "DELETE",
    "MergeStmt": "MERGE",
    "ExplainStmt": "EXPLAIN",
    "CopyStmt": "COPY",
    "DoStmt": "DO",
    "VariableSetStmt": "SET",
    "CallStmt": "CALL",
}
