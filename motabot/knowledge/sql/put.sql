-- An entry, new or changed. Only rows that differ are written. A file does not replace an entry of the same key
-- that staff wrote.
insert into motabot.knowledge
    (key, origin, topics, source, is_unknown, questions_en, answer_en, questions_es, answer_es, updated_by)
values (:key, :origin, :topics, :source, :is_unknown, :questions_en, :answer_en, :questions_es, :answer_es, :actor)
on conflict (key) do update set
    origin = excluded.origin, topics = excluded.topics, source = excluded.source, is_unknown = excluded.is_unknown,
    questions_en = excluded.questions_en, answer_en = excluded.answer_en, questions_es = excluded.questions_es,
    answer_es = excluded.answer_es, updated_by = excluded.updated_by, updated_at = now()
where (motabot.knowledge.origin = 'file' or excluded.origin = 'staff')
  and (motabot.knowledge.topics, motabot.knowledge.source, motabot.knowledge.is_unknown, motabot.knowledge.questions_en,
       motabot.knowledge.answer_en, motabot.knowledge.questions_es, motabot.knowledge.answer_es,
       motabot.knowledge.origin)
      is distinct from (excluded.topics, excluded.source, excluded.is_unknown, excluded.questions_en,
       excluded.answer_en, excluded.questions_es, excluded.answer_es, excluded.origin)
