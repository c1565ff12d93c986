-- question: on how many of its site's pages does each line stand?
-- parameters: $lines: Parquet files as part_lines.sql gives them
-- gives: table memory_lines (what part_lines.sql gives, and `pages`: the site's pages that hold the key)
CREATE OR REPLACE TEMP TABLE memory_lines AS
WITH held AS (
    SELECT site, key, count(*) FILTER (is_first)::INTEGER AS pages FROM read_parquet($lines) GROUP BY ALL
)
SELECT l.* EXCLUDE is_first, pages FROM read_parquet($lines) l JOIN held USING (site, key)
