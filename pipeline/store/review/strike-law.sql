-- question: take one law out
-- $article $finding $field $start $end
DELETE FROM laws
WHERE article_id = $article AND law_id = $finding AND field = $field AND char_start = $start
  AND char_end = $end;
