-- question: which platforms are named, at five levels, and what is alleged of them?
-- $practice $assertion: of the practices that are counted; NULL counts all
-- columns: those of platform_counts; counts.sql says how they are counted
FROM counts_over('chosen', $practice, $assertion) ORDER BY platform_id;
