-- Deaths that may still be part of what befell others: few, where all deaths of an actor are many.
create index deaths_taken_along on deaths (actor_key, died_at)
  where incident_id is null and (cause = 'parent-died' or confidence = 'possible');
create index deaths_unexplained on deaths (host, died_at)
  where incident_id is null and cause = 'unknown';
