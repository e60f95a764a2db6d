INSERT INTO pax.flight_:day
SELECT * FROM unnest($1::pax.flight[])
ON CONFLICT DO NOTHING
