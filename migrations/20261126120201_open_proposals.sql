-- Proposals that wait for a second reviewer are read as a list, the oldest first.
create index duplicate_proposals_open on duplicate_proposal (proposed_at, id) where decided_at is null;
