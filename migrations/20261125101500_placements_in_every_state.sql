-- Human Resources reads placements state by state, closed ones too; the key ends in the id.
create index placements_in_every_state on placement (state, state_since, id);
