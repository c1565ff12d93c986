-- question: what do all articles say, in their clean text and in the page's own words?
-- reads: taken(url)
-- columns: text, taken; the articles of `taken` first
SELECT text, taken FROM (
    SELECT text, url IN (FROM taken) AS taken FROM articles
    UNION ALL
    SELECT o.text, a.url IN (FROM taken) AS taken FROM originals o JOIN articles a USING (article_id)
    WHERE o.field = 'text'
)
ORDER BY taken DESC;
