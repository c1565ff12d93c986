-- question: when was what fetched, and where in the archive does it stand?
SELECT * FROM fetches SEMI JOIN kept_pages USING (url) ORDER BY url, fetched_at, fetch_id;
