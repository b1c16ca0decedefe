-- Where the next incremental refresh starts: one row, set by the last refresh.
insert into motabot.refresh_state (as_of, rules, origin, horizon, next_xid, since, upto)
values (:as_of, :rules, :origin, :horizon, :next_xid, :since, :upto)
on conflict (only_row) do update
set as_of = excluded.as_of, rules = excluded.rules, origin = excluded.origin, horizon = excluded.horizon,
    next_xid = excluded.next_xid, since = excluded.since, upto = excluded.upto
