-- What the queue filters by beside what it shows: where the candidate lives, and until when a start is possible.
alter table application
    add residence     text not null default '',            -- ISO 3166-1 alpha-2
    add window_until  date not null default '9999-12-31',  -- the last start day that no rule forbids
    add words_made    boolean not null default false;      -- search_key is made as this version makes it

update application a set
    residence = coalesce(s.profile->'about'->>'residence', ''),
    window_until = coalesce(
        (select case when bool_or(w->>'to' is null) then '9999-12-31' else max((w->>'to')::date) end
         from jsonb_array_elements(s.assessment->'possible_start') w), '9999-12-31')
from snapshot s where s.application_id = a.id and s.number = a.latest and s.assessment ? 'possible_start';

-- Every filter as a word, so that one index answers any mixture of filters and searched words: the rarest of them
-- decides what it costs. Nobody who can work anywhere names an office.
create function case_tags(state text, verdict text, tracks text[], languages text[], areas text[], offices text[],
                          residence text) returns text[] language sql immutable parallel safe as $$
    select array['is:' || state, 'rule:' || verdict, 'country:' || residence]
        || array(select 'track:' || t from unnest(tracks) t) || array(select 'lang:' || l from unnest(languages) l)
        || array(select 'area:' || a from unnest(areas) a)
        || case when offices = '{}' then array['office:any'] else array(select 'office:' || o from unnest(offices) o) end
$$;
alter table application add tags text[] not null
    generated always as (case_tags(state, verdict, tracks, languages, areas, offices, residence)) stored;

create index cases_found on application using gin (tags, search_key gin_trgm_ops);
create index cases_by_since on application (state, state_since, id);
create index cases_by_window on application (state, window_until, id);
create index cases_to_reword on application (id) where not words_made;
-- counted without a look at the rows themselves
create index cases_counted on application (state, waiting_since, id) include (candidate_id);
-- what the new ones replace, and what was there twice
drop index cases_search, queue_search, queue_by_wait, queue_by_name, queue_by_start, queue_by_reviewer, cases_by_wait,
    cases_by_verdict;

-- A view of the queue that somebody keeps under a name: for themselves, or for all of Human Resources.
create table review_view (
    id          uuid primary key,
    owner_id    uuid not null references person on delete cascade,
    name        text not null check (length(name) between 1 and 60),
    query       text not null,                             -- as the search box would say it
    sort        text not null,
    is_shared   boolean not null,
    created_at  timestamptz not null,
    constraint review_view_name unique (owner_id, name)
);
create index review_view_shared on review_view (created_at) where is_shared;
