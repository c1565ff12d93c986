-- question: which lines recur across the different texts of a site, so that they may be its furniture?
-- parameters: $least: texts; $share: of a site's texts; $long_share: the same for a line as long as a
--             sentence, of texts and of pages; $spare: texts beyond that share; $headed: share of its places
-- reads: memory_lines, memory_groups (article, site, text_id)
-- gives: tables memory_placed (memory_lines with text_id), memory_sites (site, of_texts, of_pages) and
--        memory_recurring (site, key, texts, of_texts, befores, afters, chars, is_long, is_item)
-- What stands under a heading is what the heading announces, so it is content also where it is repeated. So is
-- a sentence that cites a law, and one that stands on another site in some texts and not in others:
-- advice travels from mill to mill, a site's notice is its own.
CREATE OR REPLACE TEMP TABLE memory_placed AS
SELECT l.*, g.text_id FROM memory_lines l JOIN memory_groups g USING (article);

CREATE OR REPLACE TEMP TABLE memory_sites AS
SELECT site, count(DISTINCT text_id) AS of_texts, count(DISTINCT article) AS of_pages
FROM memory_groups GROUP BY site;

CREATE OR REPLACE TEMP TABLE memory_recurring AS
WITH counted AS (
    SELECT site, key,
           count(DISTINCT text_id) AS texts,
           count(DISTINCT previous) AS befores,
           count(DISTINCT next) AS afters,
           max(chars) AS chars,
           max(pages) AS pages,
           avg(under_heading::INT) AS headed,
           bool_or(is_long) AS is_long,
           bool_or(is_marked) AS marked,
           bool_or(cites) AS cites,
           bool_or(is_item) AS is_item
    FROM memory_placed
    WHERE pages >= $least
    GROUP BY site, key
),
sizes AS (
    SELECT site, count(DISTINCT article) AS site_pages FROM memory_lines GROUP BY site
),
travelling AS (
    SELECT DISTINCT key
    FROM memory_lines
    JOIN sizes USING (site)
    WHERE is_long AND site_pages >= $least AND pages < $long_share * site_pages
)
SELECT site, key, texts, of_texts, befores, afters, chars, is_long, is_item
FROM counted
JOIN memory_sites USING (site)
WHERE NOT marked
  AND headed < $headed
  AND texts >= greatest($least, $share * of_texts)
  AND (NOT is_long
       OR (texts >= $long_share * of_texts + $spare AND pages >= $long_share * of_pages
           AND NOT cites AND key NOT IN (SELECT key FROM travelling)))
