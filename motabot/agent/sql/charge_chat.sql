-- Records what one model cost for a staff question.
insert into motabot.chat_costs (
    chat_id, model, input_tokens, cached_tokens, output_tokens, usage_is_estimated, cost
)
values (:chat, :model, :input, :cached, :output, :is_estimated, :cost)
