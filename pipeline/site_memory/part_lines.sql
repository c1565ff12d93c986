-- question: what can be compared of each candidate line of some parts, and where on its page does it stand?
-- parameters: $drafts, $draft_lines: Parquet files; $heading: a numbered heading; $heading_chars: its most;
--             $sentence: the end of a sentence; $long_han: Han of a line as long as a sentence; $cites: what a
--             sentence that cites a law holds
-- gives: part (its file of lines), article, site (numbers of their ids), ordinal, key, place (0: none), is_first (of its key on the page),
--        chars, is_long, cites, is_heading, is_marked, is_item, from_start, from_end, previous, next, under_heading
-- Numbers only: it is worked out once a part, and every build counts over all of them. Pages of unknown origin have
-- no site, and a line that its own page explains needs no memory. CASE asks step by step.
WITH candidates AS (
    SELECT l.filename AS part, hash(d.article_id) AS article, hash(d.site_id) AS site, l.ordinal::INTEGER AS ordinal,
           concat('0x', l.key)::UBIGINT AS key,
           CASE WHEN l.place = '' THEN 0::UBIGINT ELSE hash(l.place) END AS place,
           length(l.text)::INTEGER AS chars,
           CASE WHEN regexp_matches(l.text, $sentence) THEN true
                WHEN length(l.text) < $long_han THEN false
                ELSE length(regexp_replace(l.text, '[^\x{3400}-\x{9fff}]', '', 'g')) >= $long_han END AS is_long,
           regexp_matches(l.text, $cites) AS cites,
           l.kind = 'heading' AS is_heading,
           l.kind IN ('heading', 'table-row') AS is_marked,
           l.kind = 'list-item' AS is_item,
           CASE WHEN l.kind = 'heading' THEN true
                WHEN length(l.text) > $heading_chars THEN false
                WHEN NOT regexp_matches(l.text, $heading) THEN false
                ELSE NOT regexp_matches(l.text, $sentence) END AS heads
    FROM read_parquet($draft_lines, filename = true) l
    JOIN read_parquet($drafts) d USING (article_id)
    WHERE l.reason IS NULL AND l.ordinal > 0 AND d.sourced
)
SELECT * EXCLUDE heads,
       row_number() OVER (PARTITION BY article, key ORDER BY ordinal) = 1 AS is_first,
       (row_number() OVER page)::INTEGER AS from_start,
       (count(*) OVER (PARTITION BY article) - row_number() OVER page + 1)::INTEGER AS from_end,
       lag(key) OVER page AS previous,
       lead(key) OVER page AS next,
       coalesce(lag(heads) OVER page, false) AS under_heading
FROM candidates
WINDOW page AS (PARTITION BY article ORDER BY ordinal)
ORDER BY part, article, ordinal
