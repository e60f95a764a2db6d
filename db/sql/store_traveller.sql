INSERT INTO pax.traveller_:day
SELECT * FROM unnest($1::pax.traveller[])
ON CONFLICT (clock_day, flight_id, traveller_id) DO UPDATE
SET booking_id = excluded.booking_id, type = excluded.type,
	status = excluded.status, seat = excluded.seat,
	bag_count = excluded.bag_count,
	bag_weight_milli = excluded.bag_weight_milli,
	sealed = excluded.sealed, tokens = excluded.tokens,
	pnr_header = excluded.pnr_header, pnr_slice = excluded.pnr_slice,
	pnr_index = excluded.pnr_index, pnr_sent_at = excluded.pnr_sent_at,
	pnr_message = excluded.pnr_message,
	api_header = excluded.api_header, api_slice = excluded.api_slice,
	api_index = excluded.api_index, api_sent_at = excluded.api_sent_at,
	api_message = excluded.api_message,
	mask_on = excluded.mask_on, delete_on = excluded.delete_on,
	quality = excluded.quality, quality_codes = excluded.quality_codes
