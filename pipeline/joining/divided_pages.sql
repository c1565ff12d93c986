-- question: in which parts do the pages of divided articles lie?
-- parameters: $drafts: Parquet files; $ids: article ids; $urls: addresses of further pages
-- columns: folder (the part), article_id, url
SELECT parse_dirpath(filename) AS folder, article_id, url
FROM read_parquet($drafts, filename = true)
WHERE article_id IN (SELECT unnest($ids)) OR url IN (SELECT unnest($urls))
ORDER BY ALL
