-- question: which names that are on no list stand where platforms are named?
-- columns: name, pages, stories, templates, sites, operators, first_seen, last_seen, quote (the words around it on
--          the first page), url, article_id, char_start, char_end (of the name in that field), field,
--          hits (places before a cue such as 催收, 逾期, APP), cues (of one page, at most), titles (pages),
--          slots (pages in which it stands where other copies name a known platform), shaped (ends as names do)
-- Unverified: what is a known platform's alias by now is left out, what people rejected is not known here. A word
-- that neither ends as names of the gazetteer do, nor stands in a title, nor in a template's slot, is left out.
WITH hinted AS (
    SELECT surface AS name, article_id, field, char_start, char_end, hits, cues, in_title, shaped, false AS slot
    FROM name_hints
    UNION ALL
    SELECT surface, article_id, field, char_start, char_end, 0, 0, false, false, true FROM unlisted_names
),
named AS (
    SELECT DISTINCT h.*, c.url, c.story_id, c.template_id, c.site_id, c.operator_id, c.first_seen_at, c.last_seen_at
    FROM hinted h JOIN chosen c USING (article_id)
    WHERE h.name NOT IN (SELECT alias FROM platform_aliases)
),
counted AS (
    SELECT name, count(DISTINCT url) AS pages, count(DISTINCT story_id) AS stories,
           count(DISTINCT template_id) AS templates, count(DISTINCT site_id) AS sites,
           count(DISTINCT operator_id) AS operators, min(first_seen_at) AS first_seen,
           max(last_seen_at) AS last_seen, sum(hits)::BIGINT AS hits, max(cues) AS cues,
           count(DISTINCT url) FILTER (in_title) AS titles, count(DISTINCT url) FILTER (slot) AS slots,
           bool_or(shaped) AS shaped,
           min_by(struct_pack(url := url, article_id := article_id, field := field, char_start := char_start,
                              char_end := char_end), (first_seen_at, article_id, field, char_start)) AS first
    FROM named GROUP BY name
    HAVING shaped OR titles > 0 OR slots > 0
)
SELECT n.name, n.pages, n.stories, n.templates, n.sites, n.operators, n.first_seen, n.last_seen,
       slice(CASE n.first.field WHEN 'title' THEN a.title ELSE a.text END,
             greatest(0, n.first.char_start - 20), n.first.char_end + 20) AS quote,
       n.first.url AS url, n.first.article_id AS article_id, n.first.char_start AS char_start,
       n.first.char_end AS char_end, n.first.field AS field, n.hits, n.cues, n.titles, n.slots, n.shaped
FROM counted n JOIN articles a ON a.article_id = n.first.article_id
ORDER BY (n.shaped::INT + (n.titles > 0)::INT + (n.slots > 0)::INT) DESC, n.sites DESC, n.titles DESC, n.hits DESC, n.name;
