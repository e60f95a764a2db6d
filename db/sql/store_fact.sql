-- In an order of their own: two flights of one booking may be stored at once.
INSERT INTO pax.fact
SELECT DISTINCT * FROM unnest($1::pax.fact[])
ORDER BY token, kind, trip, clock_day
ON CONFLICT DO NOTHING
