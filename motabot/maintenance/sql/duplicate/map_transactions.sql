-- New transaction ids for the source's transactions, numbered in the order of the old ones (by bytes, as ties are
-- decided), so that whatever depends on that order is the same for the copy.
create temp table copied_transactions on commit drop as
select t.id as old_id, t.transaction_id as old_transaction_id,
       :copy || '-' || lpad(
           (row_number() over (order by t.transaction_id collate "C"))::text,
           greatest(:digits, length((count(*) over ())::text)), '0'
       ) as new_transaction_id
from public.transactions t
where t.customer_id = :source
