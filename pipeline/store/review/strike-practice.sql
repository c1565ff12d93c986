-- question: take one practice out
-- $article $finding $field $start $end $platform
DELETE FROM practices
WHERE article_id = $article AND practice_id = $finding AND field = $field AND char_start = $start
  AND char_end = $end AND platform_id IS NOT DISTINCT FROM $platform;
