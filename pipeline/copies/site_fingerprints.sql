-- question: which fingerprints stand on most pages of a site, in its frame or in a block of its texts?
-- reads: copy_articles, part_fingerprints
-- parameters: $least_pages, $frame_share, $text_share, $most_sites
-- gives: kind, number (the same for the same value), place (furniture or text), site_id, n_pages, page_share,
--        article_id and url (the first page that shows it), in the order of all
-- Pages of unknown origin count for nobody. One of an article's text needs a larger share: there stand the
-- contacts of advertisers and of people who are quoted; in an advert, or a vendor's, it counts for nothing.
-- One that stands on very many sites, on however few of their pages, is a third party's.
WITH held AS (
    SELECT article_id, site_id, url, row_number() OVER (ORDER BY url, article_id) AS place
    FROM copy_articles WHERE sourced AND is_current
),
pages AS (SELECT site_id, count(*) AS pages FROM held GROUP BY site_id),
seen AS (
    SELECT h.site_id, f.kind, f.keyed_hash, h.place, bool_or(f.place = 'furniture') AS outside
    FROM part_fingerprints f JOIN held h USING (article_id, site_id)
    WHERE f.place IN ('furniture', 'link', 'text')
    GROUP BY ALL
),
standing AS (
    SELECT site_id, kind, keyed_hash,
           count(*) AS everywhere, count(*) FILTER (outside) AS outside, min(place) AS first
    FROM seen GROUP BY ALL
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
       CASE WHEN is_frame THEN 'furniture' ELSE 'text' END AS place, s.site_id,
       everywhere AS n_pages, round(page_share, 4) AS page_share, h.article_id, h.url
FROM substantial s JOIN held h ON h.place = s.first WHERE is_frame OR is_block
ORDER BY ALL
