-- question: which pages of some parts have lines that can be compared?
-- parameters: $drafts, $draft_lines: Parquet files
-- gives: part (its file of drafts), article (number of the id), article_id, url, site, site_id
SELECT filename AS part, hash(article_id) AS article, article_id, url, hash(site_id) AS site, site_id
FROM read_parquet($drafts, filename = true)
WHERE sourced
  AND article_id IN (SELECT article_id FROM read_parquet($draft_lines) WHERE reason IS NULL AND ordinal > 0)
ORDER BY part, article_id
