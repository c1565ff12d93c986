-- question: which collection practices do the released articles speak of, in which words?
-- $quote: longest text of one cell; of a longer sentence the part around the cue
WITH windowed AS (
    SELECT p.*, CASE p.field WHEN 'title' THEN a.title ELSE a.text END AS said,
           greatest(p.sentence_start, least(p.char_start - ($quote - (p.char_end - p.char_start)) // 2,
                                            p.sentence_end - $quote)) AS quote_start
    FROM practices p JOIN (FROM articles SEMI JOIN kept_slice USING (article_id)) a USING (article_id)
),
bounded AS (
    SELECT *, least(sentence_end, quote_start + $quote) AS quote_end FROM windowed
)
SELECT * EXCLUDE said REPLACE (left(surface, $quote) AS surface), slice(said, quote_start, quote_end) AS quote
FROM bounded
ORDER BY article_id, field DESC, char_start, practice_id, platform_id;
