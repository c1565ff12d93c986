-- question: which share of each article's characters stands in no other story?
-- reads: copy_said, copy_keys, copy_near(asked, other, jaccard, contained); parameters: $least_jaccard
-- makes: copy_sentence_own(article_id, ordinal, field, char_start, char_end, own)
CREATE OR REPLACE TEMP TABLE copy_sentence_own AS
WITH elsewhere AS (
    SELECT DISTINCT n.asked AS key_id
    FROM copy_near n JOIN copy_keys a ON a.key_id = n.asked JOIN copy_keys o ON o.key_id = n.other
    WHERE n.jaccard >= $least_jaccard AND a.story <> o.story
)
SELECT s.article_id, s.ordinal, s.field, s.char_start, s.char_end,
       k.n_stories = 1 AND s.key_id NOT IN (SELECT key_id FROM elsewhere) AS own
FROM copy_said s JOIN copy_keys k USING (key_id)
