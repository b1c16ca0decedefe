-- The tool calls of one turn, in their order.
insert into motabot.tool_calls (turn_id, position, step, name, arguments, result, ok, ms)
select :turn_id, c.position, c.step, c.name, c.arguments, c.result, c.ok, c.ms
from jsonb_to_recordset(cast(:rows as jsonb)) as c(
    position int, step int, name text, arguments jsonb, result jsonb, ok boolean, ms numeric
)
