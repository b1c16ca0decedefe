-- Failed and ended jobs whose last event is older than a number of days.
delete from motabot.procrastinate_jobs j
where j.status in ('failed', 'cancelled', 'aborted') and now() - make_interval(days => :days) > (
    select max(e.at) from motabot.procrastinate_events e where e.job_id = j.id)
