-- question: what are the names of the sites that have furniture?
-- parameters: $pages: Parquet files as part_pages.sql gives them; reads: memory_found (site, key)
-- gives: site (its number), site_id
SELECT DISTINCT site, site_id FROM read_parquet($pages) SEMI JOIN memory_found USING (site)
