-- question: which sentences stand in no other story?
-- reads: copy_sentences, copy_keys, copy_near(asked, other, jaccard, contained), copy_key_chars(key_hash, chars);
--        parameters: $least_jaccard, $least_short, $short_chars
-- makes: copy_own(number, in_text, char_start, char_end)
-- A key of a stitched page alone stands in no story; what it is compared with has one, or several.
CREATE OR REPLACE TEMP TABLE copy_own AS
WITH elsewhere AS (
    SELECT DISTINCT n.asked AS key_hash
    FROM copy_near n JOIN copy_keys a ON a.key_hash = n.asked JOIN copy_keys o ON o.key_hash = n.other
    JOIN copy_key_chars c ON c.key_hash = n.asked
    WHERE n.jaccard >= CASE WHEN c.chars < $short_chars THEN $least_short ELSE $least_jaccard END AND o.n_stories > 0
      AND (a.story <> o.story AND a.n_stories > 0 OR o.n_stories > 1)
)
SELECT s.number, s.in_text, s.char_start, s.char_end
FROM copy_sentences s
JOIN (FROM copy_keys ANTI JOIN elsewhere USING (key_hash) WHERE n_stories <= 1) k USING (key_hash)
WHERE NOT s.shared
