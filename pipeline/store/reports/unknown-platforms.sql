-- question: which names that are on no list stand where templates name their lender?
-- columns: name, those of levels_of (levels.sql), quote (the words around it on the first page), url, article_id,
--          char_start, char_end (of the name in that text)
-- Unverified: what is a known platform's alias by now is left out, what people rejected is not known here.
WITH keyed AS (
    SELECT u.surface AS id, u.char_start, u.char_end, c.*
    FROM (SELECT DISTINCT article_id, surface, char_start, char_end FROM unlisted_names) u
    JOIN chosen c USING (article_id)
    WHERE u.surface NOT IN (SELECT alias FROM platform_aliases)
),
first AS (
    SELECT id, unnest(min_by(struct_pack(url := url, article_id := article_id, char_start := char_start,
                                         char_end := char_end), (first_seen_at, article_id)))
    FROM keyed GROUP BY id
)
SELECT l.id AS name, l.* EXCLUDE (id),
       slice(a.text, greatest(0, f.char_start - 20), f.char_end + 20) AS quote,
       f.url, f.article_id, f.char_start, f.char_end
FROM levels_of('keyed') l JOIN first f USING (id) JOIN articles a ON a.article_id = f.article_id
ORDER BY l.sites DESC, l.pages DESC, l.id;
