-- The copy to undo, locked so that nobody else undoes it meanwhile.
select d.id, d.copy, d.source, d.phone, d.consent_id from motabot.duplicates d where d.copy = :copy for update
