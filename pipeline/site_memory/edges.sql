-- question: which lines of each page are not its own text, because they stand at an edge and on other pages too?
-- parameters: $pages: Parquet files as part_pages.sql gives them; $edge_start, $edge_end: lines; $least: pages
-- reads: memory_lines, memory_files (file, part: its number), memory_first_of (url, first: of a divided article)
-- gives: article, article_id, site, address (numbers of their site and of the URL of their article's first page),
--        part, edges (ordinals), mask (a number of these)
-- They may be the furniture that is looked for. Sites on which no line recurs at all are left out.
WITH held AS (
    SELECT article, coalesce(list(ordinal ORDER BY ordinal) FILTER (
               (from_start <= $edge_start OR from_end <= $edge_end) AND pages >= $least), []) AS edges
    FROM memory_lines
    WHERE site IN (SELECT site FROM memory_lines WHERE pages >= $least)
    GROUP BY article
)
SELECT p.article, p.article_id, p.site, hash(coalesce(o.first, p.url)) AS address, f.part, edges, hash(edges) AS mask
FROM read_parquet($pages, filename = true) p
JOIN held USING (article)
JOIN memory_files f ON f.file = p.filename
LEFT JOIN memory_first_of o ON o.url = p.url
ORDER BY p.site_id, p.article_id
