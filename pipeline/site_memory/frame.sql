-- question: which of these lines frame their site's texts: nothing but such lines between them and an edge?
-- parameters: $edge_start, $edge_end: most lines of a frame; $edge_share: of a line's places
-- reads: memory_placed, memory_frame (site, key); gives: site, key
-- Asked again with its own answer until that no longer changes: a line that is taken out of the frame
-- opens it for those behind it.
WITH marked AS (
    SELECT p.article, p.site, p.key, p.from_start, p.from_end, f.key IS NOT NULL AS framing
    FROM memory_placed p
    LEFT JOIN memory_frame f USING (site, key)
),
edges AS (
    SELECT article,
           coalesce(min(from_start) FILTER (WHERE NOT framing), 0) AS first_own,
           coalesce(min(from_end) FILTER (WHERE NOT framing), 0) AS last_own
    FROM marked
    GROUP BY article
)
SELECT site, key
FROM marked
JOIN edges USING (article)
WHERE framing
GROUP BY site, key
HAVING avg(((from_start < first_own AND from_start <= $edge_start)
            OR (from_end < last_own AND from_end <= $edge_end))::INT) >= $edge_share
ORDER BY ALL
