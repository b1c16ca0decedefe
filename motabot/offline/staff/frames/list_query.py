"""The query of a list of customers, products, brands ..."""

from __future__ import annotations

from dataclasses import replace

from motabot.offline.staff.frames.change_query import ChangeQuery
from motabot.offline.staff.frames.columns import CannotCombine
from motabot.offline.staff.frames.draft import GOODS, OF_GOODS
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.query import MOST
from motabot.offline.staff.frames.sources import Compiled

#: The rows of a ranked list if the question names no number.
_RANKED = 20
_LISTED = {
    "customer": "f.name, f.member_id, f.phone, f.vip_status, f.total_visits as visits, f.lifetime_value, f.last_visited",
    "product": "f.sku, f.name, f.brand, f.category, f.retail_price, f.cost, f.thc_content, f.is_active",
}

_NAME = "(select min(n.name) from customers n where n.{key} = f.{column}) as name"
_BOUGHT = "(select string_agg(i.quantity || ' x ' || i.product_name, ', ' order by i.id) from transaction_items i where i.transaction_id = f.transaction_id) as items"
#: Single rows by kind: the relation, the columns to show, and the columns to order by.
_ROWS = {
    "transaction": (
        "tickets",
        f"f.sold_at as date, {_NAME.format(key='member_id', column='member_id')}, f.member_id, f.amount as total_amount,"
        f" f.shop_location, f.staff_name, f.payment_type, {_BOUGHT}, f.transaction_id",
        {"time": "f.sold_at", "amount": "f.amount"},
    ),
    "refund": (
        "refunds",
        f"f.refunded_at as date, {_NAME.format(key='member_id', column='member_id')}, f.member_id, f.amount as refunded_amount,"
        f" f.shop_location, f.staff_name, {_BOUGHT}, f.transaction_id",
        {"time": "f.refunded_at", "amount": "f.amount"},
    ),
    "text": (
        "texts",
        f"f.timestamp, {_NAME.format(key='phone', column='phone_number')}, f.phone_number, f.direction, f.status, f.content",
        {"time": "f.timestamp"},
    ),
    "scheduled": (
        "scheduled",
        "f.due_at, f.name, f.phone_number, f.content, f.status, f.created_by, f.dropped_why",
        {"time": "f.due_at"},
    ),
    "thread": (
        "conversations",
        "f.last_text_at, f.name, f.phone_number, f.last_text as content, f.waiting_since, f.person_asked, f.person_asked_why",
        {"time": "f.last_text_at"},
    ),
    "lead": (
        "leads",
        "f.created_at, f.phone_number, f.lead_status, f.conversation_stage, f.conversion_probability, f.last_message",
        {"time": "f.created_at", "probability": "f.conversion_probability"},
    ),
}


class ListQuery(ChangeQuery):
    """Writes lists."""

    def _listing(self) -> Compiled:
        frame = self._frame
        if frame.percent_limit or frame.bounds:
            raise CannotCombine("limit")
        if frame.of in _ROWS:
            return self._single_rows()
        limit = f" limit {frame.limit or MOST}"
        if frame.of == "customer":
            source = Source("customers", self._lexicon, self._zone)
            return Compiled(self._customers(source, limit), "customers")
        if frame.of in GOODS:
            sold = bool(frame.spans) or any(
                each.kind not in OF_GOODS and each.kind not in ("flag", "worth") for each in frame.filters
            )
            source = Source("lines" if sold else "products", self._lexicon, self._zone)
            if frame.of == "product" and not sold:
                worth = next((each.values for each in frame.filters if each.kind == "worth"), None)
                falls = " desc" if worth and worth[1].startswith(">") else ""
                order = f"{source.row(worth[0])}{falls} nulls last, f.name, f.sku" if worth else "f.name, f.sku"
                listed = f"select {_LISTED['product']} from products f where {self._where(source)}"
                return Compiled(f"{listed} order by {order}{limit}", "products")
        elif frame.of in ("location", "person", "payment", "terminal"):
            plain = frame.of == "person" and not frame.spans and not frame.conditions
            source = Source("staff" if plain else "tickets", self._lexicon, self._zone)
        else:
            raise CannotCombine(frame.of)
        column = source.column(frame.of)
        where = self._where(source)
        return Compiled(
            f"select distinct {column} as {frame.of} from {source.sql} where {column} is not null and {where} order by 1{limit}",
            source.name,
        )

    def _single_rows(self) -> Compiled:
        """The list of tickets, refunds, texts or leads."""
        frame = self._frame
        name, columns, orders = _ROWS[frame.of]
        limit = f" limit {frame.limit or (MOST if frame.rank == 'time' else _RANKED)}"
        rank = {"transaction": "total_amount", "refund": "refunded_amount", "lead": "conversion_probability"}.get(
            frame.of, ""
        )
        source = Source(name, self._lexicon, self._zone)
        where = self._where(source)
        if frame.rank == "probability":
            where += " and f.lead_status not in ('converted', 'lost')"
        order = f"{orders[frame.rank]} {'desc' if frame.falls else 'asc'} nulls last, {source.relation.key}"
        sql = f"select {columns} from {source.sql} where {where} order by {order}{limit}"
        return Compiled(sql, name, "" if frame.rank == "time" else rank)

    def _products(self, source: Source) -> Compiled:
        """The list of products with a figure of each."""
        frame = self._frame
        columns = [
            f"{source.row(each)} as {self._lexicon.measures[each].en}"
            for each in frame.measures
            if each in self._lexicon.measures
        ]
        first = self._lexicon.measures.get(frame.measures[0])
        if first is None:
            raise CannotCombine(frame.measures[0].removeprefix("count "))
        rank = first.en
        others = [
            each for each in ("f.retail_price", "f.thc_content", "f.is_active") if each not in " ".join(columns)
        ]
        order = f"{rank} {'desc' if frame.falls else 'asc'} nulls last, f.name, f.sku"
        listed = ", ".join(["f.sku", "f.name", "f.brand", "f.category", *columns, *others])
        sql = f"select {listed} from {source.sql} where {self._where(source)} order by {order} limit {frame.limit or MOST}"
        return Compiled(sql, source.name, rank)

    def _customers(self, source: Source, limit: str) -> str:
        """The list of customers, with figures about what they did if a single condition selects them."""
        frame = self._frame
        if frame.rank == "joined":
            order = f"f.date_joined {'desc' if frame.falls else 'asc'} nulls last, f.member_id"
            listed = f"{_LISTED['customer']}, f.date_joined"
            return f"select {listed} from customers f where {self._where(source)} order by {order}{limit}"
        done = [
            each
            for each in frame.conditions
            if each.positive and each.of == "customer" and each.verb in ("buy", "visit", "spend")
        ]
        if len(done) != 1 or done[0].only:
            order = "f.lifetime_value desc nulls last, f.member_id"
            return f"select {self._with_shown(_LISTED['customer'])} from customers f where {self._where(source)} order by {order}{limit}"
        inner, columns = source.deeds(done[0])
        self._frame = replace(frame, conditions=tuple(each for each in frame.conditions if each is not done[0]))
        shown = ", ".join(f"found.{each}" for each in columns)
        order = f"found.{columns[0]} desc nulls last, found.{columns[-1]} desc nulls last, f.member_id"
        listed = self._with_shown(f"f.name, f.member_id, f.phone, {shown}, f.vip_status, f.last_visited")
        # the planner estimates one customer and would run the inner query for each of them
        found = f"with found as materialized ({inner})"
        return f"{found} select {listed} from customers f join found on found.member_id = f.member_id where {self._where(source)} order by {order}{limit}"

    def _with_shown(self, listed: str) -> str:
        """Columns of customers, with those that the question asks for."""
        told = {each.partition(" as ")[0] for each in listed.split(", ")}
        return ", ".join([listed, *(f"f.{each}" for each in self._frame.shows if f"f.{each}" not in told)])
