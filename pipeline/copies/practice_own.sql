-- question: which practices stand in a sentence that is said of no other platform, anywhere in the corpus?
-- reads: copy_touched, copy_own_asked, copy_said_of, copy_articles; leaves no copy_own_ table
-- makes: practice_own(article_id, practice_id, field, char_start, char_end, own): those that do; `own` is true
-- A wrong `own` accuses somebody, so every doubt says no: a sentence that names nobody in an article about several
-- or none, one too short to compare, one that its template has, one that somewhere is said of a platform we do not
-- know. A practice in several sentences is own if each of them is.
CREATE OR REPLACE TEMP TABLE copy_own_places AS
SELECT place
FROM copy_own_asked c JOIN copy_said_of s USING (key_hash)
WHERE len(s.said_of) <= len(c.own_platforms) -- most are said of many: to look into lists takes long
  AND (c.platforms <> '' OR len(c.own_platforms) = 1)
  AND (c.platform_id IS NULL OR list_contains(c.own_platforms, c.platform_id))
  AND list_has_all(c.own_platforms, s.said_of);

CREATE OR REPLACE TEMP TABLE practice_own AS
WITH some_own AS (
    SELECT DISTINCT number, practice_id, field, char_start, char_end
    FROM copy_touched t JOIN copy_own_places o ON o.place = t.rowid
),
wholly AS (
    SELECT number, practice_id, field, char_start, char_end
    FROM (SELECT *, rowid AS place FROM copy_touched)
    JOIN some_own USING (number, practice_id, field, char_start, char_end)
    LEFT JOIN copy_own_places o USING (place)
    GROUP BY ALL HAVING bool_and(o.place IS NOT NULL)
)
SELECT a.article_id, w.practice_id, w.field, w.char_start, w.char_end, true AS own
FROM wholly w JOIN copy_articles a USING (number);

DROP TABLE copy_own_asked;
DROP TABLE copy_said_of;
DROP TABLE copy_own_places;
