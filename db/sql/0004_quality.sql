-- How complete and consistent the carrier's data of a traveller are: 0 to 100,
-- and the codes of what was missing or differed. They say nothing of the
-- person. Null in rows stored before this step.
ALTER TABLE pax.traveller
	ADD COLUMN quality integer,
	ADD COLUMN quality_codes text[];
