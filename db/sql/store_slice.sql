INSERT INTO pax.slice_:day
SELECT * FROM unnest($1::pax.slice[])
ON CONFLICT DO NOTHING
