-- Words and offices, too, are looked for along the order of a page unless the index shall be used.
create or replace function cases_found(reviewer uuid, in_state text, tagged text[], one_of text[], not_tagged text[],
    assignee uuid, of_nobody boolean, waiting_before timestamptz, starts_before date, words text[], without text[],
    alike text[], by_index boolean)
returns setof application language sql stable as $$
    select a.* from cases_open_to(reviewer) a
    -- the state is asked for once, by its column or by its tag: asked for twice, it would seem rarer than it is; "is
    -- true" keeps frequent filters from the index, which would collect everything before it counts to fifty
    where (by_index or (a.state = in_state and (a.tags @> tagged) is true))
        and (not by_index or a.tags @> (array['is:' || in_state] || tagged))
        and (one_of is null or by_index and a.tags && one_of or not by_index and (a.tags && one_of) is true)
        and not a.tags && not_tagged
        and (assignee is null or a.reviewer_id = assignee)
        and (not of_nobody or a.reviewer_id is null)
        and (waiting_before is null or a.waiting_since < waiting_before)
        and (starts_before is null or a.starts_on < starts_before)
        and (not by_index or words[1] is null or a.search_key like words[1])
        and (not by_index or words[2] is null or a.search_key like words[2])
        and (not by_index or words[3] is null or a.search_key like words[3])
        and (not by_index or words[4] is null or a.search_key like words[4])
        and a.search_key like all(words)
        and not a.search_key like any(without)
        and (alike[1] is null or alike[1] <% a.search_key)
        and (alike[2] is null or alike[2] <% a.search_key)
$$;

-- How many a search finds, counted up to `most`. Planned for what this search asks and nothing else: which index is best
-- depends on it, and one plan for every search would read all cases of a state for words that nobody has written.
create function count_found(reviewer uuid, in_state text, tagged text[], one_of text[], not_tagged text[], assignee uuid,
    of_nobody boolean, waiting_before timestamptz, starts_before date, words text[], without text[], alike text[],
    by_index boolean, most bigint)
returns bigint language plpgsql stable set enable_sort = off as $$
declare
    n bigint;
begin
    execute 'select count(*) from (select from cases_found($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) a '
        -- along the order up to the end of counting, not collected and sorted
        || case when by_index then '' else 'order by a.waiting_since, a.id ' end || 'limit $14) capped'
        into n
        using reviewer, in_state, tagged, one_of, not_tagged, assignee, of_nobody, waiting_before, starts_before, words,
            without, alike, by_index, most;
    return n;
end $$;
