-- question: which platforms are named, at five levels, and what is alleged of them?
-- columns: those of platform_counts; counts.sql says how they are counted
FROM counts_over('chosen') ORDER BY platform_id;
