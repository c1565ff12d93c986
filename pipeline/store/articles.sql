-- question: what does the corpus hold of each article?
-- reads: versions, part_*, article_groups, threshold_groups, article_doubts, practice_own
-- makes: articles and everything that hangs on an article, in the order of their ids, so that a release reads a
--        slice of all tables without looking at the rest
INSERT INTO articles BY NAME
WITH pages AS (
    SELECT article_id, max(ordinal) AS n_pages, NOT max_by(has_next, ordinal) AS is_whole
    FROM part_article_pages WHERE field = 'text' GROUP BY article_id
)
SELECT a.*, p.n_pages, p.is_whole, v.version, v.is_current, g.story_id, g.template_id,
       coalesce(g.is_representative, false) AS is_representative, g.own_share, d.published_doubt,
       EXISTS (FROM part_mentions m WHERE m.article_id = a.article_id AND m.field = 'title'
               AND m.platform_id NOT IN (SELECT n.platform_id FROM part_mentions n
                                         WHERE n.article_id = a.article_id AND n.field = 'text'))
       AND EXISTS (FROM part_mentions m WHERE m.article_id = a.article_id AND m.field = 'text')
           AS title_body_conflict
FROM part_articles a
JOIN versions v USING (article_id)
JOIN pages p USING (article_id)
LEFT JOIN article_groups g USING (article_id)
LEFT JOIN article_doubts d USING (article_id)
ORDER BY a.article_id;

INSERT INTO article_thresholds BY NAME
SELECT * FROM threshold_groups ORDER BY article_id, threshold;

INSERT INTO article_pages BY NAME
SELECT * FROM part_article_pages SEMI JOIN versions USING (article_id) ORDER BY article_id, field DESC, ordinal;

INSERT INTO originals BY NAME
SELECT * FROM part_originals SEMI JOIN versions USING (article_id) ORDER BY article_id, field;

INSERT INTO sections BY NAME
SELECT * FROM part_sections SEMI JOIN versions USING (article_id) ORDER BY article_id, ordinal;

INSERT INTO edits BY NAME
SELECT * FROM part_edits SEMI JOIN versions USING (article_id) ORDER BY article_id, ordinal;

INSERT INTO repair_notes BY NAME
SELECT * FROM part_repair_notes SEMI JOIN versions USING (article_id)
ORDER BY article_id, field, char_start, kind;

INSERT INTO lines_removed BY NAME
SELECT * FROM part_lines_removed SEMI JOIN versions USING (article_id) ORDER BY article_id, ordinal;

INSERT INTO name_hints BY NAME
SELECT * FROM part_name_hints SEMI JOIN versions USING (article_id)
ORDER BY article_id, hits DESC, surface;

INSERT INTO mentions BY NAME
SELECT * FROM part_mentions SEMI JOIN versions USING (article_id)
ORDER BY article_id, field DESC, char_start, platform_id;

INSERT INTO practices BY NAME
-- an allegation against nobody known is nobody's own
SELECT p.*, coalesce(o.own, false) AND (p.assertion <> 'alleged' OR p.platform_id IS NOT NULL) AS own
FROM part_practices p
SEMI JOIN versions USING (article_id)
LEFT JOIN practice_own o USING (article_id, practice_id, field, char_start, char_end)
ORDER BY p.article_id, p.field DESC, p.char_start, p.practice_id;

INSERT INTO laws BY NAME
SELECT * FROM part_laws SEMI JOIN versions USING (article_id)
ORDER BY article_id, field DESC, char_start, law_id;

INSERT INTO tip_candidates BY NAME
SELECT * FROM part_tip_candidates SEMI JOIN versions USING (article_id)
ORDER BY article_id, field DESC, char_start;
INSERT INTO tip_sources BY NAME
SELECT * FROM part_tip_sources SEMI JOIN versions USING (article_id)
ORDER BY article_id, field DESC, char_start, tip_id;

INSERT INTO fingerprints BY NAME
SELECT DISTINCT * FROM part_fingerprints ORDER BY url, article_id, kind, place, keyed_hash;
