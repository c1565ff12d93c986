-- question: of how many chosen articles is the date not to be relied on?
-- reads: chosen
-- columns: articles, doubtful (without a date, or with one that looks like a farm's)
SELECT count(DISTINCT article_id) AS articles,
       count(DISTINCT article_id) FILTER (published_at IS NULL OR published_doubt IS NOT NULL) AS doubtful
FROM chosen;
