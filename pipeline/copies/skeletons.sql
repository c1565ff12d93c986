-- question: which article shows each template best, and which of its sentences are shared?
-- reads: copy_stories, copy_sentence_own, part_articles, part_mentions
-- gives: cluster, text, [starts, ends] of its shared sentences, [starts, ends] of the names in it
WITH shared AS (
    SELECT o.article_id, t.cluster, sum(o.char_end - o.char_start) AS chars,
           list(o.char_start ORDER BY o.char_start) AS starts, list(o.char_end ORDER BY o.char_start) AS ends
    FROM copy_sentence_own o JOIN copy_stories t USING (article_id)
    WHERE o.field = 'text' AND NOT o.own AND t.stories_of_cluster > 1
    GROUP BY ALL
),
best AS (
    SELECT DISTINCT ON (cluster) * FROM shared ORDER BY cluster, chars DESC, article_id
),
names AS (
    SELECT article_id, list(char_start ORDER BY char_start) AS starts,
           list(char_end ORDER BY char_start) AS ends
    FROM (SELECT DISTINCT article_id, char_start, char_end FROM part_mentions WHERE field = 'text')
    GROUP BY article_id
),
texts AS (
    SELECT DISTINCT ON (article_id) article_id, text FROM part_articles SEMI JOIN best USING (article_id)
    ORDER BY article_id
)
SELECT b.cluster, t.text, [b.starts, b.ends], [coalesce(n.starts, []), coalesce(n.ends, [])]
FROM best b JOIN texts t USING (article_id) LEFT JOIN names n USING (article_id)
ORDER BY b.cluster
