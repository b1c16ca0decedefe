-- Counts a question that no entry answered. Wordings with the same lexemes are one question. A settled question
-- that is asked again without an answer is open again.
insert into motabot.unanswered (question, lexemes)
select :question, array_to_string(tsvector_to_array(to_tsvector('english', :plain)), ' ')
on conflict (lexemes) do update set times = motabot.unanswered.times + 1, last_at = now(), settled_by = null
