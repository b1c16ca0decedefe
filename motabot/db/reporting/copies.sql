-- Customers that a duplication made and nobody undid; all other views leave them out.
create view reporting.copies as
select d.copy as member_id, d.source as source_member_id, d.phone as phone_number, d.actor as made_by, d.at as made_at
from motabot.duplicates d;

comment on view reporting.copies is 'Copies of customers, which every other view leaves out.';
comment on column reporting.copies.source_member_id is 'Whose copy it is.';
comment on column reporting.copies.made_by is 'Who made it.';
comment on column reporting.copies.made_at is 'When it was made.';
