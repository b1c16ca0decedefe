-- The record of one turn: who answered, how, and what it cost.
insert into motabot.turns (
    phone, started_at, outcome, model, troubles, steps, input_tokens, output_tokens, cached_tokens, model_ms,
    total_ms, reply_id, stable_tokens, facts_tokens, cost, usage_is_estimated
)
values (
    :phone, :started, :outcome, :model, :troubles, :steps, :input, :output, :cached, :model_ms,
    :total_ms, :reply, :stable, :facts, :cost, :is_estimated
)
returning id
