INSERT INTO ops.profile_disparity
	(text_hash, first_day, last_day, figures, passed, note)
VALUES ($1, $2, $3, $4, $5, $6)
