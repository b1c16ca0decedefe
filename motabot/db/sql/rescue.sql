-- Gives back the turns that nobody works on any more: their worker is dead (no heartbeat), or the turn hangs in a
-- worker that lives. Whoever wakes up later finds the texts answered and leaves no trace.
--
-- The clock's work of a dead worker is dropped and not given back: the clock has it done again anyway, and a
-- second one that waits already holds the only place (`queueing_lock`), so that giving back would fail, and with
-- it the rescue of everybody's turns.
with lost as materialized (
    select j.id, j.queue_name
    from procrastinate_jobs j
    left join procrastinate_workers w on w.id = j.worker_id
    where j.status = 'doing'
      and (
          w.id is null
          or w.last_heartbeat < now() - make_interval(secs => :stalled_seconds)
          or j.task_name = :turn and :turn_seconds < extract(epoch from now() - (
              select max(e.at) from procrastinate_events e where e.job_id = j.id and e.type = 'started'
          ))
      )
)
select case queue_name
    when :turns then procrastinate_retry_job_v2(id, now(), null, null, null)
    else procrastinate_finish_job_v1(id, 'failed', true)
end
from lost
