-- question: which of all articles does a filter let through that asks for no practice and no assertion?
-- $platform $site $state: NULL lets everything through; $since $until: days, both inclusive, or NULL
-- reads: kept_chosen: `chosen` as it is without a filter, for the same kind of date
-- makes: chosen, with the rows that chosen.sql would give
CREATE OR REPLACE TEMP TABLE chosen AS
FROM kept_chosen
WHERE ($platform::VARCHAR IS NULL OR platform_id = $platform)
  AND ($site::VARCHAR IS NULL OR held_site_id = $site)
  AND ($state::VARCHAR IS NULL OR state = $state)
  AND ($since::DATE IS NULL OR day >= $since)
  AND ($until::DATE IS NULL OR day <= $until);
