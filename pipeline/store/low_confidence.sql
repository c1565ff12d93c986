-- question: which current articles may not be what their page says, by the disagreement of two readings?
-- $below: confidence under which an article is for review; $lowest: so many are named, of each site
-- columns: site_id, articles (below), lowest (list of url, confidence, extractor, article_id; lowest first)
SELECT site_id, count(*) AS articles,
       list({'url': url, 'confidence': round(confidence, 3), 'extractor': extractor, 'article_id': article_id}
            ORDER BY confidence, url)[:$lowest::BIGINT] AS lowest
FROM articles
WHERE is_current AND confidence < $below::DOUBLE
GROUP BY site_id ORDER BY site_id;
