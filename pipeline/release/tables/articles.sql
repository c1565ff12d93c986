-- question: which articles, without the page's full text in the open edition?
-- $quote: longest text of one cell
SELECT a.* REPLACE (left(a.title, $quote) AS title, left(a.author, $quote) AS author,
                    left(a.category, $quote) AS category, left(a.channel, $quote) AS channel,
                    k.stands_for_story AS is_representative)
FROM articles a JOIN kept_slice k USING (article_id)
ORDER BY a.article_id;
