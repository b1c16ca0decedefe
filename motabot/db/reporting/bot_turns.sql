-- What the bot did for a customer's texts, and what its models cost.
create view reporting.bot_turns as
select t.id, t.phone as phone_number, t.started_at, shop_day(t.started_at) as day, t.outcome, t.model, t.steps,
       (select count(*) from motabot.tool_calls c where c.turn_id = t.id) as lookups,
       t.input_tokens, t.cached_tokens, t.output_tokens, t.model_ms / 1000.0 as model_seconds,
       t.total_ms / 1000.0 as total_seconds, jsonb_array_length(t.troubles) > 0 as had_trouble,
       round(coalesce(t.cost, ((t.input_tokens - t.cached_tokens) * s.price_input + t.cached_tokens * s.price_cached
              + t.output_tokens * s.price_output) / 1000000), 6) as cost
from motabot.turns t
cross join motabot.reporting_settings s;

comment on view reporting.bot_turns is 'Turns of the bot, one row each.';
comment on column reporting.bot_turns.outcome is 'answered, or held (a holding text; a person is asked).';
comment on column reporting.bot_turns.model is 'offline is the offline model.';
comment on column reporting.bot_turns.lookups is 'Tool calls of the turn.';
comment on column reporting.bot_turns.had_trouble is 'The first model failed, so another one answered.';
comment on column reporting.bot_turns.cost is 'US dollars at the prices in the settings, of each model that was asked.';
comment on column reporting.bot_turns.started_at is 'When the turn began.';
comment on column reporting.bot_turns.day is 'Day in the shop''s zone.';
comment on column reporting.bot_turns.steps is 'Calls to the model.';
comment on column reporting.bot_turns.input_tokens is 'Tokens read, cached ones included.';
comment on column reporting.bot_turns.cached_tokens is 'Tokens read from the provider''s cache.';
comment on column reporting.bot_turns.output_tokens is 'Tokens written.';
comment on column reporting.bot_turns.model_seconds is 'Time in the model.';
comment on column reporting.bot_turns.total_seconds is 'Time of the whole turn.';
