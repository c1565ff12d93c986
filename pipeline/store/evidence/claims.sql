-- question: which chosen articles hold one of these findings?
-- reads: chosen, found_claims (claims-found.sql)
-- makes: view claims, as claims-placed.sql does where all findings are wanted
CREATE OR REPLACE TEMP VIEW claims AS
SELECT h.*, c.claim FROM chosen h JOIN found_claims c USING (article) WHERE h.once AND h.story IS NOT NULL;
