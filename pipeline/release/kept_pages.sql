-- question: which pages may be released?
-- $unsourced: true where pages of unknown origin were asked for
-- makes: kept_pages(url)
CREATE OR REPLACE TEMP TABLE kept_pages AS
SELECT url FROM pages WHERE sourced OR $unsourced;
