-- question: which of the released articles are read together?
-- reads: kept_articles; $first, $last: their ids, both among them
-- makes: kept_slice, the rows of kept_articles
CREATE OR REPLACE TEMP TABLE kept_slice AS
FROM kept_articles WHERE article_id BETWEEN $first AND $last ORDER BY article_id;
