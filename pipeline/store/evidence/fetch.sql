-- question: which fetch brought the payload that an article was made of?
-- $id
-- columns: those of fetches
SELECT f.* FROM articles a JOIN fetches f ON f.fetch_id = a.fetch_id WHERE a.article_id = $id;
