-- Obstacles that the system catalog shows: rules on writes, which PostgreSQL does not accept in a statement that
-- writes to several tables, and a sequence by which a newer text may get a smaller id. Each with the statement
-- that fixes it.
select format('The rule %I on public.%I', r.rulename, c.relname) as thing,
       'PostgreSQL takes no statement that writes to several tables at once where one of them has a rule on writes'
           as reason,
       format('put a trigger in its place: drop rule %I on public.%I', r.rulename, c.relname) as cure
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables) and c.relkind in ('r', 'p')
  and c.relname <> 'products' and r.ev_type <> '1' and r.ev_enabled in ('O', 'A')
union all
select format('The sequence %s of public.messages.id', q.name),
       case when s.seqincrement < 0 or s.seqcycle then 'it gives a newer text a smaller id'
            else 'it deals ids out to sessions in blocks, so that a newer text may have a smaller id' end
           || ', and MotaBot could take it for history',
       format('run: alter sequence %s%s', q.name,
              case when s.seqincrement < 0 then ' increment by 1 maxvalue 9223372036854775807 restart with ...'
                   else ' cache 1 no cycle' end)
from (
    select distinct s.oid, format('%I.%I', s.relnamespace::regnamespace, s.relname) as name
    from pg_attribute a
    left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
    join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = e.oid and d.refclassid = 'pg_class'::regclass
        or d.classid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
    join pg_class s on s.relkind = 'S' and s.oid in (d.refobjid, d.objid)
    where a.attrelid = to_regclass('public.messages') and a.attname = 'id'
) q
join pg_sequence s on s.seqrelid = q.oid
where s.seqcache > 1 or s.seqincrement < 0 or s.seqcycle
order by 1
