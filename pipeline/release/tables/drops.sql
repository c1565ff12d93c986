-- question: why did a page yield no article?
SELECT * FROM drops SEMI JOIN kept_pages USING (url) ORDER BY url;
