-- Notes what one model cost that was asked a question of staff.
insert into motabot.chat_costs (
    chat_id, model, input_tokens, cached_tokens, output_tokens, usage_is_estimated, cost
)
values (:chat, :model, :input, :cached, :output, :is_estimated, :cost)
