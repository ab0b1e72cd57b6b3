-- The queue's filters in every state, closed ones too. Whoever is rare is found by an index of their own; whatever is
-- frequent is met soon enough along the order itself.
create index cases_by_verdict on application (state, verdict, waiting_since, id);
create index cases_by_reviewer on application (reviewer_id, state, waiting_since, id);
create index cases_of_nobody on application (state, waiting_since, id) where reviewer_id is null;
