-- Gives back the turns that nobody works on any more: their worker is dead (no heartbeat), or the turn hangs in a
-- live worker. A worker that wakes up later finds the texts answered and changes nothing.
--
-- Periodic jobs of a dead worker are dropped, not given back: they are scheduled again anyway, and the next one
-- already holds the queueing lock, so that giving one back would fail and undo the rescue of all turns.
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
