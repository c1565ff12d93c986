-- question: which of the chosen articles have a known origin?
-- makes: chosen again, without the others
CREATE OR REPLACE TEMP TABLE released AS FROM chosen WHERE sourced;
CREATE OR REPLACE TEMP VIEW chosen AS FROM released;
