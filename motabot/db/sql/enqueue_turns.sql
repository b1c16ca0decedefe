procrastinate_defer_jobs_v1(array_agg(row(
    'turns', 'motabot.turn', 0, {phone}, null, jsonb_build_object('phone', {phone}),
    case when cast(:settle as float8) > 0 then now() + make_interval(secs => cast(:settle as float8)) end
)::procrastinate_job_to_defer_v1))
