-- question: which platforms are looked for, under which names?
-- columns: platform_id, name, name_en, category, category_zh, category_en, confidence, aliases, source
SELECT p.platform_id, p.name, p.name_en, p.category, p.category_zh, p.category_en, p.confidence,
       (SELECT coalesce(list(alias ORDER BY alias), []) FROM platform_aliases a WHERE a.platform_id = p.platform_id)
           AS aliases,
       p.source
FROM platforms p ORDER BY p.platform_id;
