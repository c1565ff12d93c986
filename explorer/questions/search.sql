-- question: in which current articles does a phrase stand, in either script?
-- $phrases: the phrase as given and simplified; $site or NULL; $first $size
-- columns: article_id, url, title, story_id, site_id, state, field and char_start of the first place, text around it,
--          found (articles), stories (found in all)
WITH hit AS (
    SELECT a.article_id, a.url, a.title, a.story_id, a.site_id, p.state, a.text, s.phrase,
           strpos(a.title, s.phrase) AS in_title, strpos(a.text, s.phrase) AS in_text
    FROM articles a JOIN pages p USING (url), (SELECT unnest($phrases::VARCHAR[]) AS phrase) s
    WHERE a.is_current AND ($site::VARCHAR IS NULL OR a.site_id = $site)
      AND (contains(a.title, s.phrase) OR contains(a.text, s.phrase))
),
once AS (
    SELECT * FROM hit
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY in_text = 0, phrase) = 1
)
SELECT article_id, url, title, story_id, site_id, state,
       CASE WHEN in_text > 0 THEN 'text' ELSE 'title' END AS field,
       CASE WHEN in_text > 0 THEN in_text ELSE in_title END - 1 AS char_start,
       length(phrase) AS n_chars,
       CASE WHEN in_text > 0 THEN substring(text, greatest(1, in_text - 40), length(phrase) + 100) ELSE title END
           AS snippet,
       CASE WHEN in_text > 0 THEN least(in_text - 1, 40) ELSE in_title - 1 END AS snippet_start,
       count(*) OVER () AS found,
       (SELECT count(DISTINCT story_id) FROM once) AS stories
FROM once
ORDER BY article_id
LIMIT $size OFFSET $first;
