-- question: which practices may be somebody's own, sentence by sentence, and whose?
-- reads: copy_touched, copy_articles, copy_key_chars; parameters: $least_chars
-- makes: copy_own_asked(place, a row of copy_touched, key_hash, platforms, platform_id, own_platforms)
-- Most are templated or too short: of these nothing more is asked.
CREATE OR REPLACE TEMP TABLE copy_own_asked AS
SELECT t.rowid AS place, t.key_hash, t.platforms, t.platform_id,
       CASE WHEN t.platforms <> '' THEN string_split(t.platforms, ' ') ELSE a.subjects END AS own_platforms
FROM copy_touched t JOIN copy_key_chars h USING (key_hash) JOIN copy_articles a USING (number)
WHERE NOT t.templated AND h.chars >= $least_chars
