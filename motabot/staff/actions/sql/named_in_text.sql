-- Customers other than a text's reader whose full name, e-mail address, member id or number the text contains.
select c.name::text as name
from public.customers c
where (motabot.phone_key(c.phone::text) = motabot.phone_key(:phone)) is not true
  and lower(coalesce(c.name::text, '')) <> lower(:reader)
  and (
    (c.name::text like '% %' and strpos(lower(:words), lower(c.name::text)) > 0)
    or (c.email::text like '%@%' and strpos(lower(:words), lower(c.email::text)) > 0)
    or (length(c.member_id::text) > 4 and :words ~ ('\m' || regexp_replace(c.member_id::text, '\W', '.', 'g') || '\M'))
    or (
      length(regexp_replace(c.phone::text, '\D', '', 'g')) >= 10
      and strpos(regexp_replace(:words, '\D', '', 'g'), right(regexp_replace(c.phone::text, '\D', '', 'g'), 10)) > 0
    )
  )
order by c.member_id limit 5
