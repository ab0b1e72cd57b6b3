-- What a supervisor ever supervised is found by the supervisor, however many placements there are.
create index placement_supervised on placement (supervisor_id);
