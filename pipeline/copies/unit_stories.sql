-- question: which story tells each unit, and how many do?
-- reads: copy_articles, copy_stories, copy_stitched; gives: cluster, story, tellers, in the order of units
-- Of several stories a number of its own, above all of theirs; of a stitched page one below 0.
SELECT any_value(s.cluster) AS cluster, count(DISTINCT s.story) AS tellers,
       CASE WHEN a.unit IN (SELECT unit FROM copy_stitched) THEN -1 - a.unit
            WHEN count(DISTINCT s.story) = 1 THEN min(s.story)
            ELSE 1000000000000 + a.unit END AS story
FROM copy_articles a JOIN copy_stories s USING (article_id) GROUP BY a.unit ORDER BY a.unit
