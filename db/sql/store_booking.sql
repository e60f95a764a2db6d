INSERT INTO pax.booking_:day
SELECT * FROM unnest($1::pax.booking[])
ON CONFLICT (clock_day, flight_id, booking_id) DO UPDATE
SET created_at = excluded.created_at, agency_number = excluded.agency_number,
	payment_forms = excluded.payment_forms, leg_count = excluded.leg_count,
	sealed = excluded.sealed, tokens = excluded.tokens,
	mask_on = excluded.mask_on, delete_on = excluded.delete_on
