-- How many staff rows there are, and how many will be inserted and updated.
select 'staff' as table_name, (select count(*) from public.staff) as rows_before,
       count(*) filter (where c.place is null) as inserted,
       count(*) filter (where c.place is not null) as updated,
       0 as deleted
from staff_change c
