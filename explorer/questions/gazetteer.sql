-- question: which platforms are looked for, under which names?
-- columns: platform_id, name, name_en, category, confidence, aliases, source
SELECT p.platform_id, p.name, p.name_en, p.category, p.confidence,
       (SELECT coalesce(list(alias ORDER BY alias), []) FROM platform_aliases a WHERE a.platform_id = p.platform_id)
           AS aliases,
       p.source
FROM platforms p ORDER BY p.platform_id;
