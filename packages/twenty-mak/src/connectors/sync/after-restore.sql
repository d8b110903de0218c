-- A backup was put back: every connector compares everything anew, as `beginResync` does for one.
DELETE FROM sync_cursor;
UPDATE sync_connector SET poll_at = now(), poll_from = NULL,
  resync = jsonb_build_object('startedAt', (extract(epoch FROM now()) * 1000)::bigint,
    'entity', entities[1], 'after', NULL, 'marked', 0, 'listed', entities[1] IS NULL, 'found', 0, 'foundAll', false);
