-- Why a hit is suppressed: $1 traveller_key, $2 entry_hash. Reason, who, when,
-- and clock_day and id of the hit that it was decided on.
SELECT reason, actor, made_at, clock_day, hit_id
FROM ops.false_match
WHERE traveller_key = $1 AND entry_hash = $2
