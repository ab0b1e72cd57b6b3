-- What a search of the queue finds: one text for its pages, its counts and its exports. A null asks for nothing.
create function cases_found(
    reviewer        uuid,
    in_state        text,
    tagged          text[],       -- has all of these
    one_of          text[],       -- and one of these
    not_tagged      text[],       -- and none of these
    assignee        uuid,
    of_nobody       boolean,
    waiting_before  timestamptz,
    starts_before   date,
    words           text[],       -- like all of these patterns, the four that tell most apart first
    without         text[],       -- like none of these
    alike           text[],       -- words that the search key has something like, whatever was mistyped: two at most
    by_index        boolean       -- little is expected: met in the index of filters and words, and not along an order
) returns setof application language sql stable as $$
    select a.* from cases_open_to(reviewer) a
    -- the state is asked for once, by its column or by its tag: asked for twice, it would seem rarer than it is; "is
    -- true" keeps frequent filters from the index, which would collect everything before it counts to fifty
    where (by_index or (a.state = in_state and (a.tags @> tagged) is true))
        and (not by_index or a.tags @> (array['is:' || in_state] || tagged))
        and (one_of is null or a.tags && one_of)
        and not a.tags && not_tagged
        and (assignee is null or a.reviewer_id = assignee)
        and (not of_nobody or a.reviewer_id is null)
        and (waiting_before is null or a.waiting_since < waiting_before)
        and (starts_before is null or a.starts_on < starts_before)
        and (words[1] is null or a.search_key like words[1])
        and (words[2] is null or a.search_key like words[2])
        and (words[3] is null or a.search_key like words[3])
        and (words[4] is null or a.search_key like words[4])
        and a.search_key like all(words)
        and not a.search_key like any(without)
        and (alike[1] is null or alike[1] <% a.search_key)
        and (alike[2] is null or alike[2] <% a.search_key)
$$;
