-- question: take one tip out
-- $article $finding $field $start $end
DELETE FROM tip_sources
WHERE article_id = $article AND tip_id = $finding AND field = $field AND char_start = $start
  AND char_end = $end;
