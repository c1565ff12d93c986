-- question: which pages are part of a divided article, as their own pagers say?
-- parameters: $drafts: Parquet files
-- columns: url, next_url, first_url (either may be NULL), site_id
SELECT DISTINCT url, next_url, first_url, site_id
FROM read_parquet($drafts)
WHERE next_url IS NOT NULL OR first_url IS NOT NULL
ORDER BY ALL;
