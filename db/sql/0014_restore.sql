-- A database that came out of a backup holds what was masked, erased or deleted
-- since: the engine does not start on it before `paxgate db restore` has done
-- all that again. The row is in the transaction that brought the data.
CREATE TABLE ops.restored (
	restored_at timestamptz PRIMARY KEY DEFAULT now(),
	backup text NOT NULL,
	actor text NOT NULL DEFAULT session_user,
	settled_at timestamptz
);

REVOKE INSERT, UPDATE, DELETE ON ops.restored FROM paxgate_engine;
