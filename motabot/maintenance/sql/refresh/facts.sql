-- What a refresh must know beforehand: the moment and the snapshot it works in, and which keys the shop's tables
-- have, and the types of their columns. This transaction alone gets more memory for sorting. JIT compilation costs
-- more than it saves here.
select clock_timestamp() as clock,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next_xid,
       exists (
           select from pg_constraint c
           join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
           where c.contype = 'f' and c.conrelid = 'public.customer_product_affinity'::regclass
             and c.confrelid = 'public.products'::regclass and a.attname = 'product_sku'
       ) as skus_are_products,
       exists (
           select from pg_index i
           where i.indrelid = 'public.customer_visit_patterns'::regclass
             and i.indisunique and i.indisvalid and i.indpred is null
             and (select array_agg(a.attname::text) from pg_attribute a
                  where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) <@ array['customer_id']
       ) as patterns_are_unique,
       exists (
           select from pg_index i
           where i.indrelid = 'public.customer_product_affinity'::regclass
             and i.indisunique and i.indisvalid and i.indpred is null
             and (select array_agg(a.attname::text) from pg_attribute a
                  where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) <@ array['customer_id', 'product_sku']
       ) as affinity_is_unique,
       exists (
           select from pg_attribute a
           where a.attrelid = 'public.staff'::regclass and a.attname = 'id' and (a.atthasdef or a.attidentity <> '')
       ) as staff_makes_ids,
       (
           select json_object_agg(c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod))
           from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relnamespace = 'public'::regnamespace
             and c.relname in ('customers', 'staff', 'customer_visit_patterns', 'customer_product_affinity')
       ) as types,
       set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')) / 1024, :work_mem_kb)::text || 'kB', true),
       set_config('jit', 'off', true)
