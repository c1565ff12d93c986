-- question: under which surfaces is a platform named?
SELECT * FROM platform_aliases ORDER BY platform_id, alias, tier;
