-- The newest incidents of a key, and what was merged into one: found without reading all of history.
create index incident_keys_key_last_at on incident_keys (key, last_at);
create index incidents_merged_into on incidents (merged_into) where merged_into is not null;
