INSERT INTO pax.shadow_:day
SELECT * FROM unnest($1::pax.shadow[])
ON CONFLICT DO NOTHING
