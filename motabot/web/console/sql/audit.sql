-- The audit, newest first: rows that contain the words, from before a given row.
select a.id, a.at, a.actor, a.action, a.arguments, a.before, a.after
from motabot.audit a
where (cast(:before as bigint) is null or a.id < :before)
  and (:words = '' or strpos(lower(concat_ws(' ', a.actor, a.action, a.arguments)), lower(:words)) > 0)
order by a.id desc limit :most
