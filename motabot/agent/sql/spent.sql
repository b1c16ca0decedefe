-- US dollars spent on models since a moment, for customers' turns and staff questions. A turn whose cost was not
-- recorded counts at the prices of the first model.
select coalesce(sum(cost), 0) from (
    select coalesce(
               cost,
               ((input_tokens - cached_tokens) * cast(:read as numeric) + cached_tokens * cast(:cached as numeric)
                + output_tokens * cast(:written as numeric)) / 1000000
           ) as cost
    from motabot.turns where finished_at >= :midnight
    union all
    select cost from motabot.chat_costs where at >= :midnight
) each
