-- question: what is the own text of these pages, by which pages of a site can be told apart?
-- parameters: $draft_lines: the Parquet files of their parts
-- reads: memory_wanted (row, article_id, edges); gives: row, body, in the order of rows
SELECT w.row, coalesce(string_agg(l.text, '' ORDER BY l.ordinal), '') AS body
FROM memory_wanted w
LEFT JOIN read_parquet($draft_lines) l
    ON l.article_id = w.article_id AND l.reason IS NULL AND l.ordinal > 0 AND NOT list_contains(w.edges, l.ordinal)
GROUP BY w.row
ORDER BY w.row
