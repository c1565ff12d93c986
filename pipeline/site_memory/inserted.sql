-- question: which lines stand anywhere in a site's texts, between lines that are never the same?
-- parameters: $inner_least, $inner_chars: texts and characters of such a line; $diverse: different neighbours
--             a text; $short_heading: characters; $inner_long_share: of the site's texts, for a sentence
-- reads: memory_placed, memory_recurring; gives: site, key
-- An advert that the theme inserts has any neighbours; a sentence that a mill repeats in its articles has its
-- paragraph around it, but not always, so that a sentence must be on all but every page. A short line with
-- text of its own below it is a heading (小编总结). An item stands in a list of such, and what a mill repeats
-- there is drawn from its stock.
WITH heads AS (
    SELECT p.site, p.key, avg((p.next IS NOT NULL AND n.key IS NULL)::INT) AS over_own_text
    FROM memory_placed p
    JOIN memory_recurring r ON r.site = p.site AND r.key = p.key
    LEFT JOIN memory_recurring n ON n.site = p.site AND n.key = p.next
    GROUP BY ALL
)
SELECT site, key
FROM memory_recurring
JOIN heads USING (site, key)
WHERE NOT (chars <= $short_heading AND over_own_text >= 0.5)
  AND NOT is_item
  AND chars >= $inner_chars
  AND texts >= $inner_least
  AND (NOT is_long OR texts >= $inner_long_share * of_texts)
  AND befores >= $diverse * texts
  AND afters >= $diverse * texts
ORDER BY ALL
