-- question: which fingerprints stand on a substantial share of the pages of several sites?
-- reads: part_articles, versions, part_fingerprints
-- parameters: $least_pages, $furniture_share, $text_share, $most_sites
-- gives: kind, keyed_hash, place (furniture where it is that anywhere), site_id, in the order of all
-- Pages of unknown origin count for nobody. A fingerprint of an article's text needs a larger share: there
-- stand the contacts of advertisers and of people who are quoted; one in an advert counts for nothing. One that stands on very many sites is an
-- advertiser's, a host's or a vendor's.
WITH held AS (
    SELECT DISTINCT a.article_id, a.site_id
    FROM part_articles a JOIN versions v USING (article_id) WHERE a.sourced AND v.is_current
),
pages AS (SELECT site_id, count(*) AS pages FROM held GROUP BY site_id),
standing AS (
    SELECT h.site_id, f.kind, f.keyed_hash,
           count(DISTINCT h.article_id) AS everywhere,
           count(DISTINCT h.article_id) FILTER (f.place = 'furniture') AS outside
    FROM part_fingerprints f JOIN held h ON h.article_id = f.article_id AND h.site_id = f.site_id
    WHERE f.place IN ('furniture', 'text')
    GROUP BY ALL
),
spread AS (SELECT kind, keyed_hash, count(DISTINCT site_id) AS sites FROM standing GROUP BY ALL),
substantial AS (
    SELECT s.kind, s.keyed_hash, s.site_id,
           s.outside >= $furniture_share * p.pages AND s.outside >= least($least_pages, p.pages) AS is_furniture,
           s.everywhere >= $text_share * p.pages AND s.everywhere >= least($least_pages, p.pages) AS is_block
    FROM standing s JOIN pages p USING (site_id) JOIN spread n USING (kind, keyed_hash)
    WHERE n.sites BETWEEN 2 AND $most_sites
)
SELECT kind, keyed_hash, CASE WHEN is_furniture THEN 'furniture' ELSE 'text' END AS place, site_id
FROM substantial WHERE is_furniture OR is_block
ORDER BY ALL
