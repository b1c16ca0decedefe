-- Gives back the jobs that nobody works on any more: their worker is dead (no heartbeat), or the job hangs in a
-- worker that lives. Whoever wakes up later finds the texts answered and leaves no trace.
select procrastinate_retry_job_v2(j.id, now(), null, null, null)
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
