-- question: from which article to which are the released ones read together?
-- reads: kept_articles; $articles: how many at once
-- makes: slices(first, last), in order
CREATE OR REPLACE TEMP TABLE slices AS
WITH numbered AS (
    SELECT article_id, (row_number() OVER (ORDER BY article_id) - 1) // $articles AS slice FROM kept_articles
)
SELECT min(article_id) AS "first", max(article_id) AS "last" FROM numbered GROUP BY slice ORDER BY slice;
