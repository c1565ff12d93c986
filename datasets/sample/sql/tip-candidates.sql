-- question: which sentences advise those who owe and give no canonical advice? For people to look at
-- columns: sentence (its first 120 characters), those of levels_of (levels.sql), heading (of its section on the first
--          page), url, article_id, field, char_start, char_end (of the first page that holds it)
-- Unreviewed: what many independent stories say and no tip of the topic names comes first. Counted in no other report.
WITH hints AS (
    SELECT DISTINCT left(t.surface, 120) AS id, t.article_id, t.field, t.char_start, t.char_end, t.heading, c.url,
           c.first_seen_at
    FROM tip_candidates t JOIN chosen c USING (article_id)
    WHERE c.once
),
found AS (
    SELECT id, min_by(struct_pack(heading := heading, url := url, article_id := article_id, field := field,
                                  char_start := char_start, char_end := char_end),
                      (first_seen_at, article_id, field, char_start)) AS first
    FROM hints GROUP BY id
),
keyed AS (
    SELECT h.id, c.* FROM (SELECT DISTINCT id, article_id FROM hints) h JOIN chosen c USING (article_id) WHERE c.once
)
SELECT l.per, l.id AS sentence, l.* EXCLUDE (per, id, exclusive_stories), f.first.heading AS heading, f.first.url AS url,
       f.first.article_id AS article_id, f.first.field AS field, f.first.char_start AS char_start,
       f.first.char_end AS char_end
FROM levels_of('keyed') l JOIN found f USING (id)
ORDER BY l.stories DESC, l.sites DESC, l.id;
