-- question: which names that are on no list stand where platforms are named?
-- columns: name, those of levels_of (levels.sql), quote (the words around it on the first page), url, article_id,
--          char_start, char_end (of the name in that field), field,
--          hits (places before a cue such as 催收, 逾期, APP), cues (of one page, at most), titles (pages),
--          slots (pages in which it stands where other copies name a known platform), shaped (ends as names do)
-- Unverified: what is a known platform's alias by now is left out, what people rejected is not known here. A word
-- that its page alone makes no name is shown where two texts have it that are no copies of each other, and one of
-- them puts a cue behind it, or its title, or it ends as names do.
WITH hinted AS (
    SELECT surface AS id, article_id, field, char_start, char_end, hits, cues, in_title, shaped, sure, false AS slot
    FROM name_hints
    UNION ALL
    SELECT surface, article_id, field, char_start, char_end, 0, 0, false, false, false, true FROM unlisted_names
),
hints AS (
    SELECT DISTINCT h.*, c.url, c.first_seen_at, c.template_id
    FROM hinted h JOIN chosen c USING (article_id)
    WHERE c.once AND h.id NOT IN (SELECT alias FROM platform_aliases)
),
found AS (
    SELECT id, sum(hits)::BIGINT AS hits, max(cues) AS cues, count(DISTINCT url) FILTER (in_title) AS titles,
           count(DISTINCT url) FILTER (slot) AS slots, bool_or(shaped) AS shaped,
           min_by(struct_pack(url := url, article_id := article_id, field := field, char_start := char_start,
                              char_end := char_end), (first_seen_at, article_id, field, char_start)) AS first
    FROM hints GROUP BY id
    HAVING bool_or(sure) OR slots > 0
        OR (count(DISTINCT template_id) > 1 AND (bool_or(shaped) OR max(cues) > 0 OR bool_or(in_title)))
),
keyed AS (
    SELECT h.id, c.* FROM (SELECT DISTINCT id, article_id FROM hints SEMI JOIN found USING (id)) h
    JOIN chosen c USING (article_id) WHERE c.once
)
SELECT l.per, l.id AS name, l.* EXCLUDE (per, id, exclusive_stories),
       slice(CASE f.first.field WHEN 'title' THEN a.title ELSE a.text END,
             greatest(0, f.first.char_start - 20), f.first.char_end + 20) AS quote,
       f.first.url AS url, f.first.article_id AS article_id, f.first.char_start AS char_start,
       f.first.char_end AS char_end, f.first.field AS field, f.hits, f.cues, f.titles, f.slots, f.shaped
FROM levels_of('keyed') l JOIN found f USING (id) JOIN articles a ON a.article_id = f.first.article_id
ORDER BY (f.shaped::INT + (f.titles > 0)::INT + (f.slots > 0)::INT) DESC, l.sites DESC, f.titles DESC, f.hits DESC, l.id;
