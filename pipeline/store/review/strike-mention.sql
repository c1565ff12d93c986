-- question: take one mention out
-- $article $finding $field $start $end
DELETE FROM mentions
WHERE article_id = $article AND platform_id = $finding AND field = $field AND char_start = $start
  AND char_end = $end;
