-- Every order of the queue in every state, closed ones too; each ends in the id so that a page begins exactly where
-- the last one ended. The search key begins with the name, accents and case folded: it is what names are sorted by.
create index cases_by_wait on application (state, waiting_since, id);
create index cases_by_name on application (state, (left(search_key, 100) collate "C"), id);
create index cases_by_start on application (state, starts_on, id);
create index cases_search on application using gin (search_key gin_trgm_ops);
