-- question: which fingerprints stand on most pages of a site, in its frame or in a block of its texts?
-- reads: part_articles, versions, part_fingerprints
-- parameters: $least_pages, $frame_share, $text_share, $most_sites
-- gives: kind, number (the same for the same value), place (furniture or text), site_id, n_pages, page_share,
--        article_id and url (the first page that shows it), in the order of all
-- Pages of unknown origin count for nobody. One of an article's text needs a larger share: there stand the
-- contacts of advertisers and of people who are quoted; in an advert, or a vendor's, it counts for nothing.
-- One that stands on very many sites, on however few of their pages, is a third party's.
WITH held AS (
    SELECT DISTINCT a.article_id, a.site_id, a.url
    FROM part_articles a JOIN versions v USING (article_id) WHERE a.sourced AND v.is_current
),
pages AS (SELECT site_id, count(*) AS pages FROM held GROUP BY site_id),
standing AS (
    SELECT h.site_id, f.kind, f.keyed_hash,
           count(DISTINCT h.article_id) AS everywhere,
           count(DISTINCT h.article_id) FILTER (f.place = 'furniture') AS outside,
           min({'url': h.url, 'article_id': h.article_id}) AS first
    FROM part_fingerprints f JOIN held h ON h.article_id = f.article_id AND h.site_id = f.site_id
    WHERE f.place IN ('furniture', 'link', 'text')
    GROUP BY ALL
),
spread AS (SELECT kind, keyed_hash, count(*) AS sites FROM standing GROUP BY ALL),
substantial AS (
    SELECT s.*, s.everywhere / p.pages AS page_share,
           s.outside > $frame_share * p.pages AND s.outside >= least($least_pages, p.pages) AS is_frame,
           s.everywhere >= $text_share * p.pages AND s.everywhere >= least($least_pages, p.pages) AS is_block
    FROM standing s JOIN pages p USING (site_id) JOIN spread n USING (kind, keyed_hash)
    WHERE n.sites <= $most_sites
)
SELECT kind, dense_rank() OVER (ORDER BY kind, keyed_hash) AS number,
       CASE WHEN is_frame THEN 'furniture' ELSE 'text' END AS place, site_id,
       everywhere AS n_pages, round(page_share, 4) AS page_share, first.article_id AS article_id, first.url AS url
FROM substantial WHERE is_frame OR is_block
ORDER BY ALL
