-- question: what is left when the URLs in `taken` are gone?
-- reads: taken(url)
-- changes: every table that names a URL or an article
-- An article goes with its first page. Of one whose further page goes, what stood before that page is left, as
-- in the next build; what stood behind it comes back there under its own URL.
CREATE TEMP TABLE taken_articles AS SELECT article_id FROM articles SEMI JOIN taken USING (url);

CREATE TEMP TABLE cut_articles AS
WITH first_taken AS (
    SELECT article_id, min(ordinal) AS page
    FROM article_pages SEMI JOIN taken USING (url)
    WHERE article_id NOT IN (FROM taken_articles)
    GROUP BY article_id
),
left_over AS (
    SELECT t.article_id, t.page, max(p.char_end) AS chars
    FROM first_taken t JOIN article_pages p ON p.article_id = t.article_id AND p.ordinal < t.page
    WHERE p.field = 'text' GROUP BY ALL
)
SELECT l.*, l.chars + coalesce((
           SELECT sum(length(e.original) - length(e.replacement)) FROM edits e
           WHERE e.article_id = l.article_id AND e.field = 'text' AND e.char_end <= l.chars
       ), 0)::BIGINT AS original_chars
FROM left_over l;

UPDATE originals SET text = left(originals.text, c.original_chars)
FROM cut_articles c WHERE c.article_id = originals.article_id AND originals.field = 'text';
DELETE FROM sections USING cut_articles c WHERE c.article_id = sections.article_id AND sections.char_start >= c.chars;
UPDATE sections SET char_end = c.chars
FROM cut_articles c WHERE c.article_id = sections.article_id AND sections.char_end > c.chars;
DELETE FROM edits USING cut_articles c
WHERE c.article_id = edits.article_id AND edits.field = 'text' AND edits.char_end > c.chars;
DELETE FROM repair_notes USING cut_articles c
WHERE c.article_id = repair_notes.article_id AND repair_notes.field = 'text' AND repair_notes.char_end > c.chars;
DELETE FROM lines_removed USING cut_articles c
WHERE c.article_id = lines_removed.article_id AND lines_removed.page >= c.page;
DELETE FROM mentions USING cut_articles c
WHERE c.article_id = mentions.article_id AND mentions.field = 'text' AND mentions.char_end > c.chars;
DELETE FROM practices USING cut_articles c
WHERE c.article_id = practices.article_id AND practices.field = 'text' AND practices.char_end > c.chars;
DELETE FROM laws USING cut_articles c
WHERE c.article_id = laws.article_id AND laws.field = 'text' AND laws.char_end > c.chars;
DELETE FROM tip_candidates USING cut_articles c
WHERE c.article_id = tip_candidates.article_id AND tip_candidates.field = 'text'
  AND tip_candidates.char_end > c.chars;
DELETE FROM tip_sources USING cut_articles c
WHERE c.article_id = tip_sources.article_id AND tip_sources.field = 'text' AND tip_sources.char_end > c.chars;
DELETE FROM template_versions USING cut_articles c
WHERE c.article_id = template_versions.article_id AND template_versions.char_end > c.chars;
DELETE FROM template_sentences USING cut_articles c
WHERE c.article_id = template_sentences.article_id AND template_sentences.char_end > c.chars;
DELETE FROM slot_fillers USING cut_articles c
WHERE c.article_id = slot_fillers.article_id AND slot_fillers.char_end > c.chars;
DELETE FROM unlisted_names USING cut_articles c
WHERE c.article_id = unlisted_names.article_id AND unlisted_names.char_end > c.chars;
DELETE FROM name_hints USING cut_articles c
WHERE c.article_id = name_hints.article_id AND name_hints.field = 'text' AND name_hints.char_end > c.chars;
DELETE FROM own_sentences USING cut_articles c
WHERE c.article_id = own_sentences.article_id AND own_sentences.field = 'text' AND own_sentences.char_end > c.chars;
DELETE FROM article_pages USING cut_articles c
WHERE c.article_id = article_pages.article_id AND article_pages.ordinal >= c.page;
UPDATE articles SET text = left(articles.text, c.chars), n_chars = c.chars, n_pages = c.page - 1, is_whole = false,
    text_sha256 = sha256(articles.title || chr(10) || left(articles.text, c.chars))
FROM cut_articles c WHERE c.article_id = articles.article_id;

DELETE FROM article_pages WHERE article_id IN (FROM taken_articles);
DELETE FROM originals WHERE article_id IN (FROM taken_articles);
DELETE FROM sections WHERE article_id IN (FROM taken_articles);
DELETE FROM edits WHERE article_id IN (FROM taken_articles);
DELETE FROM repair_notes WHERE article_id IN (FROM taken_articles);
DELETE FROM lines_removed WHERE article_id IN (FROM taken_articles);
DELETE FROM mentions WHERE article_id IN (FROM taken_articles);
DELETE FROM practices WHERE article_id IN (FROM taken_articles);
DELETE FROM laws WHERE article_id IN (FROM taken_articles);
DELETE FROM tip_candidates WHERE article_id IN (FROM taken_articles);
DELETE FROM tip_sources WHERE article_id IN (FROM taken_articles);
DELETE FROM article_thresholds WHERE article_id IN (FROM taken_articles);
DELETE FROM template_versions WHERE article_id IN (FROM taken_articles);
DELETE FROM slot_fillers WHERE article_id IN (FROM taken_articles);
DELETE FROM unlisted_names WHERE article_id IN (FROM taken_articles);
DELETE FROM reviews WHERE article_id IN (FROM taken_articles);
DELETE FROM corrections WHERE article_id IN (FROM taken_articles);
DELETE FROM name_hints WHERE article_id IN (FROM taken_articles);
DELETE FROM own_sentences WHERE article_id IN (FROM taken_articles);
-- A sentence of a skeleton goes with the article whose words it is; the next build words it anew.
DELETE FROM template_sentences WHERE article_id IN (FROM taken_articles);
DELETE FROM template_versions v
WHERE NOT EXISTS (FROM template_sentences s WHERE s.template_id = v.template_id AND s.ordinal = v.ordinal);
DELETE FROM articles WHERE article_id IN (FROM taken_articles);
DELETE FROM fingerprints WHERE url IN (FROM taken);
DELETE FROM fetches WHERE url IN (FROM taken);
DELETE FROM drops WHERE url IN (FROM taken);
DELETE FROM pages WHERE url IN (FROM taken);
