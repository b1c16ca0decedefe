"""Finds texts that a colleague wrote in the SMS layer, so that the bot does not answer over them.

What a colleague writes in the console takes the conversation over. What one writes on the phone that is the SMS
layer stands in `messages` as an outbound row that MotaBot did not make. A campaign of another program makes such
rows as well; a colleague's answers a text that came shortly before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from motabot.sms.outcomes import ask_staff

#: How long after a colleague's text the conversation is still theirs.
_MINUTES = 30

_WROTE = text(
    """
    select max(m.id) from public.messages m
    left join motabot.phones p on p.phone = :phone
    where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'outbound' and m.status = 'sent'
      and m."timestamp" > greatest(p.resumed_at, now() - make_interval(mins => :minutes))
      and exists (
          select from public.messages i
          where motabot.phone_key(i.phone_number::text) = :phone and i.direction = 'inbound' and i.id < m.id
            and i."timestamp" > m."timestamp" - interval '2 hours'
      )
      and m.id > (select value::bigint from motabot.meta where key = 'watermark')
      and not exists (select from motabot.turns t where t.phone = :phone and t.reply_id = m.id)
      and not exists (
          select from motabot.deliveries d where d.message_id = m.id and d.phone_number = m.phone_number
      )
    """
)
_CLOSE = text(
    """
    insert into motabot.answered (message_id, phone_number, reason)
    select m.id, m.phone_number, 'a colleague' from public.messages m
    where motabot.phone_key(m.phone_number::text) = :phone and m.id = any(:ids) and m.id < :wrote
    on conflict do nothing
    """
)
_TAKE_OVER = text(
    "update motabot.phones set paused_at = now(), paused_by = 'a colleague'"
    " where phone = :phone and paused_at is null"
)


def answers(connection: Connection, phone: str, text_ids: Sequence[int]) -> bool:
    """Give a conversation to the colleague who wrote in it lately, in a transaction that holds the phone's lock.

    Args:
        connection: The caller's transaction.
        phone: The number's key.
        text_ids: The open texts that a turn is about. Those before the colleague's text count as answered by it.

    Returns:
        Whether a colleague wrote; then the bot is silent until it is given back.
    """
    wrote = connection.execute(_WROTE, {"phone": phone, "minutes": _MINUTES}).scalar()
    if wrote is None:
        return False
    connection.execute(_CLOSE, {"phone": phone, "ids": list(text_ids), "wrote": wrote})
    connection.execute(_TAKE_OVER, {"phone": phone})
    after = [each for each in text_ids if each > wrote]
    if after:
        ask_staff(connection, phone, after[0], "waiting", "Writes again to a colleague. The bot is silent.")
    return True
