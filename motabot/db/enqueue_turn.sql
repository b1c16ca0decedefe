procrastinate_defer_jobs_v1(array[row(
    'turns', 'motabot.turn', 0, %(phone)s::text, null, jsonb_build_object('phone', %(phone)s::text),
    case when %(settle)s::float8 > 0 then now() + make_interval(secs => %(settle)s::float8) end
)::procrastinate_job_to_defer_v1])
