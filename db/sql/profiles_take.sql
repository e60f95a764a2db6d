SELECT ops.profile_take($1, $2, $3, $4)
