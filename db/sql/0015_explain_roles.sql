-- A hit is explained with the profile set that it was made with: reviewers, who
-- see the texts of profiles already, may read which were in it.
GRANT SELECT ON ops.profile_set, ops.profile_item TO paxgate_reviewer;
