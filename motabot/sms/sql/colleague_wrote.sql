-- The newest text that a colleague wrote by hand: shortly after one of the customer's, or to begin a conversation. It
-- may be queued or already sent. Our own texts have a turn or a delivery row. What begins a conversation may be another
-- program's: an offer, or words that begin or end like those to another number among the newest rows.
select max(m.id) from public.messages m
left join motabot.phones p on p.phone = :phone
where motabot.phone_key(m.phone_number::text) = :phone and m.direction = 'outbound' and m.status <> 'failed'
  and m."timestamp" > greatest(p.resumed_at, now() - make_interval(mins => :minutes))
  and m.id > (select value::bigint from motabot.meta where key = 'watermark')
  and not exists (select from motabot.turns t where t.phone = :phone and t.reply_id = m.id)
  and not exists (
      select from motabot.deliveries d where d.message_id = m.id and d.phone_number = m.phone_number and d.kind <> 'foreign'
  )
  and (
      exists (
          select from public.messages i
          where motabot.phone_key(i.phone_number::text) = :phone and i.direction = 'inbound' and i.id < m.id
            and i."timestamp" > m."timestamp" - interval '2 hours'
      )
      or m.content::text !~* '% ?off|\y(sale|deals?|promo\w*|discounts?|coupons?|b[o0]g[o0])\y|\ystop\y|https?:'
      and not exists (
          select from (
              select phone_number, regexp_replace(lower(content::text), '\d+', '#', 'g') as words
              from public.messages where direction = 'outbound' order by id desc limit 2000
          ) o
          cross join lateral (select regexp_replace(lower(m.content::text), '\d+', '#', 'g') as words) own
          where motabot.phone_key(o.phone_number::text) <> :phone
            and (left(o.words, 15) = left(own.words, 15) or right(o.words, 25) = right(own.words, 25))
      )
  )
