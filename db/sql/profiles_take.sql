-- Not flushed by itself: the batch that first rests on it flushes the log up to
-- its own COMMIT. What a crash takes before that is taken up again, from the
-- same offsets.
SELECT ops.profile_take($1, $2, $3, $4)
FROM set_config('synchronous_commit', 'off', true)
