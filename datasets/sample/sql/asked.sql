-- question: what does a reader's filter ask for?
-- $platform $practice $site $state $assertion: NULL lets everything through
-- $basis: published | first-seen; $since $until: days in Asia/Shanghai, both inclusive, or NULL
-- makes: variable asked, which chosen.sql and spoken.sql read
SET VARIABLE asked = {
    'platform': $platform::VARCHAR, 'practice': $practice::VARCHAR, 'site': $site::VARCHAR, 'state': $state::VARCHAR,
    'assertion': $assertion::VARCHAR, 'basis': $basis::VARCHAR, 'since': $since::DATE, 'until': $until::DATE
};
