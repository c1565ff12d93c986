-- question: what does the store hold in all?
-- columns: pages, articles (current), stories, templates, sites (with a current sourced article), operators
SELECT * EXCLUDE (alleged_own) FROM corpus_counts;
