-- One row of figures for a scrape.
select
    (select coalesce(json_agg(json_build_array(outcome, model, n)), '[]')
     from (select outcome, model, count(*) as n from motabot.turns group by 1, 2) t) as turns,
    (select count(*) from public.messages m
     where m.direction = 'inbound'
       and m.id > (select max(value::bigint) from motabot.meta where key in ('watermark', 'sweep_floor'))
       and not exists (
           select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number
       )) as texts_open,
    (select count(*) from public.messages where direction = 'outbound' and status = 'queued') as replies_queued,
    (select count(*) from motabot.handoffs where resolved_at is null) as handoffs_open,
    -- a worker process has a row for each of its two queues
    (select coalesce(json_agg(json_build_array(name, skew_seconds)), '[]') from motabot.layers
     where skew_seconds is not null) as clocks,
    (select coalesce(json_agg(json_build_array(name, (down_since is null)::int)), '[]') from motabot.layers) as layers,
    (select (count(*) + 1) / 2 from motabot.procrastinate_workers
     where last_heartbeat > now() - interval '1 minute') as workers
