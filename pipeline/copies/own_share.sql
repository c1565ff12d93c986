-- question: which sentences of each article stand in no other story?
-- reads: copy_said, copy_articles, copy_keys, copy_near(asked, other, jaccard, contained), copy_key_chars;
--        parameters: $least_jaccard, $least_short, $short_chars
-- makes: copy_own(number, ordinal, in_text, char_start, char_end, own)
-- A key of a stitched page alone stands in no story; what it is compared with has one, or several.
CREATE OR REPLACE TEMP TABLE copy_own AS
WITH elsewhere AS (
    SELECT DISTINCT n.asked AS key_id
    FROM copy_near n JOIN copy_keys a ON a.key_id = n.asked JOIN copy_keys o ON o.key_id = n.other
    JOIN copy_key_chars c ON c.key_id = n.asked
    WHERE n.jaccard >= CASE WHEN c.chars < $short_chars THEN $least_short ELSE $least_jaccard END AND o.n_stories > 0
      AND (a.story <> o.story AND a.n_stories > 0 OR o.n_stories > 1)
)
SELECT s.number, s.ordinal, s.in_text, s.char_start, s.char_end,
       NOT s.shared AND k.n_stories <= 1 AND e.key_id IS NULL AS own
FROM copy_said s LEFT JOIN copy_keys k USING (key_id) LEFT JOIN elsewhere e USING (key_id)
