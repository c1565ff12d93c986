-- question: which lines stand in an element that shows the same lines on page after page of its site?
-- parameters: $least: texts; $standing: share of the texts with this element; $standing_long: the same for a
--             line as long as a sentence; $share: of the site's texts, for such a line; $of_place: share of the
--             element's lines that so stand; $at_home: of the line's places; $headed: share of its places;
--             $short_heading: characters
-- reads: memory_placed, memory_sites; gives: site, key
-- The buttons of a player, the labels of a comment form and a notice have elements of their own. An article's
-- paragraphs and list items share one with ever different lines, also where a mill repeats some of them.
-- Where such lines are short and have text of their own below them, they are headings (译文, 赏析); a sentence
-- that cites a law is content.
WITH here AS (
    SELECT site, place, key,
           count(DISTINCT text_id) AS texts,
           count(*) AS lines,
           max(chars) AS chars,
           bool_or(is_long) AS is_long,
           avg(under_heading::INT) AS headed,
           bool_or(is_heading) AS is_heading,
           bool_or(cites) AS cites
    FROM memory_placed
    WHERE place <> 0 AND pages >= $least
    GROUP BY ALL
),
places AS (
    SELECT site, place, count(DISTINCT text_id) AS of_place, count(*) AS lines
    FROM memory_placed
    GROUP BY site, place
),
standing AS (
    SELECT h.*, p.lines AS place_lines
    FROM here h
    JOIN places p USING (site, place)
    JOIN memory_sites USING (site)
    WHERE texts >= greatest($least, $standing * of_place)
      AND (NOT is_long OR texts >= greatest($standing_long * of_place, $share * of_texts))
),
frames AS (
    SELECT site, place
    FROM standing
    GROUP BY site, place
    HAVING sum(lines) >= $of_place * any_value(place_lines)
),
heads AS (
    SELECT m.site, m.place, avg((n.key IS NULL AND m.next IS NOT NULL)::INT) AS over_own_text
    FROM memory_placed m
    LEFT JOIN (SELECT DISTINCT site, key FROM standing) n ON n.site = m.site AND n.key = m.next
    GROUP BY m.site, m.place
),
everywhere AS (
    SELECT site, key, count(*) AS lines FROM memory_placed GROUP BY site, key
)
SELECT s.site, s.key
FROM standing s
JOIN frames USING (site, place)
JOIN everywhere e ON e.site = s.site AND e.key = s.key
JOIN heads h ON h.site = s.site AND h.place = s.place
WHERE NOT (s.chars <= $short_heading AND h.over_own_text >= 0.5)
GROUP BY s.site, s.key
HAVING sum(s.lines) >= $at_home * any_value(e.lines)
   AND max(s.headed) < $headed
   AND NOT bool_or(s.is_heading)
   AND NOT bool_or(s.is_long AND s.cites)
ORDER BY ALL
