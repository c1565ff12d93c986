-- question: which names that are on no list stand where templates name their lender?
-- columns: name, pages, stories, templates, sites, operators, first_seen, last_seen, quote (the words around it on
--          the first page), url, article_id, char_start, char_end (of the name in that text)
-- Unverified: what is a known platform's alias by now is left out, what people rejected is not known here.
WITH named AS (
    SELECT DISTINCT u.surface AS name, u.char_start, u.char_end, c.*
    FROM unlisted_names u JOIN chosen c USING (article_id)
    WHERE u.surface NOT IN (SELECT alias FROM platform_aliases)
),
counted AS (
    SELECT name, count(DISTINCT url) AS pages, count(DISTINCT story_id) AS stories,
           count(DISTINCT template_id) AS templates, count(DISTINCT site_id) AS sites,
           count(DISTINCT operator_id) AS operators, min(first_seen_at) AS first_seen,
           max(last_seen_at) AS last_seen,
           min_by(struct_pack(url := url, article_id := article_id, char_start := char_start,
                              char_end := char_end), (first_seen_at, article_id)) AS first
    FROM named GROUP BY name
)
SELECT n.name, n.pages, n.stories, n.templates, n.sites, n.operators, n.first_seen, n.last_seen,
       slice(a.text, greatest(0, n.first.char_start - 20), n.first.char_end + 20) AS quote,
       n.first.url AS url, n.first.article_id AS article_id, n.first.char_start AS char_start,
       n.first.char_end AS char_end
FROM counted n JOIN articles a ON a.article_id = n.first.article_id
ORDER BY n.sites DESC, n.pages DESC, n.name;
