-- question: how is each platform called?
-- columns: platform_id, name
SELECT platform_id, name FROM platforms ORDER BY platform_id;
