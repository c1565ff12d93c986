-- question: how many fates has each page? One each, or a page was lost or counted twice.
-- columns: url, fates
SELECT p.url, (SELECT count(*) FROM articles a WHERE a.url = p.url AND a.is_current)
            + (SELECT count(*) FROM drops d WHERE d.url = p.url) AS fates
FROM pages p;
