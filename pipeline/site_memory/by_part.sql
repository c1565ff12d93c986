-- question: which furniture of their sites stands in each part?
-- parameters: $lines: Parquet files as part_lines.sql gives them; reads: memory_found (site, key)
-- gives: part (its file of lines), site, key
SELECT DISTINCT filename AS part, site, key
FROM read_parquet($lines, filename = true)
SEMI JOIN memory_found USING (site, key)
