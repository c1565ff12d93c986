-- question: which pages are known, and in which state?
SELECT * FROM pages SEMI JOIN kept_pages USING (url) ORDER BY url;
