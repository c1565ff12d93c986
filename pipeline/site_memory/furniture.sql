-- question: which lines recur across the different texts of a site, the way furniture does?
-- parameters: $least: texts; $share: of a site's texts; $edge_start, $edge_end: lines from an edge;
--             $edge_share: of its places; $heading_chars: longest heading;
--             $inner_least, $inner_share, $inner_chars: the same for a line in mid-text; $diverse: share
-- reads: memory_lines, memory_groups (article_id, text_id); gives: site_id, key
-- Furniture stands at an edge of the text, or anywhere between lines that are never the same. A short line
-- with text of its own below it is a heading, also where the site has it on every page (小编总结).
WITH placed AS (
    SELECT l.*, g.text_id FROM memory_lines l JOIN memory_groups g USING (article_id)
),
sites AS (
    SELECT site_id, count(DISTINCT text_id) AS texts FROM placed GROUP BY site_id
),
counted AS (
    SELECT site_id, key,
           count(DISTINCT text_id) AS texts,
           count(DISTINCT previous) AS befores,
           count(DISTINCT next) AS afters,
           avg((from_start <= $edge_start OR from_end <= $edge_end)::INT) AS at_edge,
           max(length(text)) AS chars,
           bool_or(kind IN ('heading', 'table-row')) AS marked
    FROM placed
    GROUP BY site_id, key
),
recurring AS (
    SELECT counted.*, sites.texts AS of_texts
    FROM counted JOIN sites USING (site_id)
    WHERE counted.texts >= greatest($least, $share * sites.texts)
),
heads AS (
    SELECT p.site_id, p.key, avg((p.next IS NOT NULL AND n.key IS NULL)::INT) AS over_own_text
    FROM placed p
    JOIN recurring r ON r.site_id = p.site_id AND r.key = p.key
    LEFT JOIN recurring n ON n.site_id = p.site_id AND n.key = p.next
    GROUP BY ALL
)
SELECT site_id, key
FROM recurring JOIN heads USING (site_id, key)
WHERE NOT marked
  AND NOT (chars <= $heading_chars AND over_own_text >= 0.5)
  AND (at_edge >= $edge_share
       OR (chars >= $inner_chars
           AND texts >= greatest($inner_least, $inner_share * of_texts)
           AND befores >= $diverse * texts
           AND afters >= $diverse * texts))
ORDER BY ALL
