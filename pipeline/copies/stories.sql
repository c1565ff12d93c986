-- question: which stories and templates are there?
-- reads: copy_articles, copy_clusters(unit, cluster)
-- makes: copy_stories(article_id, cluster, story, stories_of_cluster, is_representative)
-- A story is a cluster with one set of subject platforms; where no platform is the subject, with one place
-- (the city that a text without a lender fills in). Its representative is its longest current text, then
-- the smallest id: no time decides, so that a run that was killed and repeated says the same.
CREATE OR REPLACE TEMP TABLE copy_stories AS
WITH told AS (
    SELECT a.article_id, a.n_chars, a.is_current, c.cluster, a.unit,
           CASE WHEN len(a.subjects) > 0 THEN array_to_string(a.subjects, ' ')
                ELSE concat('@', a.place) END AS about
    FROM copy_articles a JOIN copy_clusters c USING (unit)
),
numbered AS (
    SELECT *, dense_rank() OVER (ORDER BY cluster, about) AS story FROM told
),
counted AS (
    SELECT cluster, count(DISTINCT story) AS stories_of_cluster FROM numbered GROUP BY cluster
)
SELECT n.article_id, n.cluster, n.story, c.stories_of_cluster,
       row_number() OVER (PARTITION BY n.story
                          ORDER BY n.is_current DESC, n.n_chars DESC, n.article_id) = 1 AS is_representative
FROM numbered n JOIN counted c USING (cluster)
ORDER BY n.article_id
