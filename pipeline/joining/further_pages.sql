-- question: what do the further pages of divided articles hold, whichever part they lie in?
-- parameters: $drafts, $draft_lines: Parquet files; $ids: article ids
-- columns: folder (the part), article_id, site_id, digest (over the draft and its lines), keys (of its lines)
WITH pages AS (
    SELECT parse_dirpath(filename) AS folder, article_id, site_id, row(*COLUMNS(* EXCLUDE (filename)))::VARCHAR AS said
    FROM read_parquet($drafts, filename = true)
    WHERE article_id IN (SELECT unnest($ids))
),
lines AS (
    SELECT parse_dirpath(filename) AS folder, article_id, ordinal, key, row(*COLUMNS(* EXCLUDE (filename)))::VARCHAR AS said
    FROM read_parquet($draft_lines, filename = true)
    WHERE article_id IN (SELECT unnest($ids))
),
told AS (
    SELECT folder, article_id, list(said ORDER BY ordinal, said)::VARCHAR AS said, list(DISTINCT key) AS keys
    FROM lines GROUP BY ALL
)
SELECT folder, article_id, site_id, md5(concat(p.said, t.said)) AS digest, coalesce(t.keys, []) AS keys
FROM pages p LEFT JOIN told t USING (folder, article_id)
