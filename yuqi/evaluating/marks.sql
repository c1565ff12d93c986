-- question: what was found where, in one shape for all kinds of findings?
-- parameters: $site (NULL: all)
-- columns: article_id, kind, field, char_start, char_end, what, surface (gold compares words, truth ids)
WITH chosen AS (SELECT article_id FROM articles WHERE is_current AND ($site IS NULL OR site_id = $site)),
found AS (
    SELECT article_id, 'platforms' AS kind, field, char_start, char_end, [platform_id] AS what, surface
    FROM mentions
    UNION ALL
    SELECT article_id, 'subjects', 'title', 0, 0, [platform_id], ''
    FROM mentions WHERE role = 'subject' GROUP BY ALL
    UNION ALL
    SELECT article_id, 'practice-cues', field, char_start, char_end, [practice_id], surface FROM practices
    UNION ALL
    SELECT article_id, 'practices', field, char_start, char_end,
           [practice_id, coalesce(platform_id, ''), assertion], surface
    FROM practices
    UNION ALL
    SELECT article_id, 'own-allegations', field, char_start, char_end,
           [practice_id, coalesce(platform_id, '')], surface
    FROM practices WHERE assertion = 'alleged' AND own
    UNION ALL
    SELECT article_id, 'laws', field, char_start, char_end, [law_id], surface FROM laws
    UNION ALL
    SELECT article_id, 'tips', field, char_start, char_end, [tip_id], surface FROM tip_sources
    UNION ALL
    SELECT article_id, 'tip-headings', 'title', 0, 0, [heading], heading
    FROM tip_sources WHERE rule = 'subsection' AND heading IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT article_id, CASE kind WHEN 'annotation' THEN 'annotations'
                                 WHEN 'misalignment' THEN 'misalignments' ELSE 'restored' END,
           field, char_start, char_end, CASE WHEN kind IN ('annotation', 'misalignment') THEN [] ELSE [replacement] END,
           replacement
    FROM edits
)
SELECT found.* FROM found JOIN chosen USING (article_id)
ORDER BY article_id, kind, field, char_start;
