-- What each placement that is agreed and not over waits for next, and by when: for the lists of supervisors and Human
-- Resources, and for their first pages. `today` is the organisation's day.
create function under_way(today date) returns table (placement_id uuid, due text, due_on date) language sql stable as $$
    select p.id, next.due,
        case next.due when 'mid_term' then p.starts_on + (p.ends_on - p.starts_on) / 2
                      when 'documents' then p.starts_on when 'start' then p.starts_on else p.ends_on end
    from placement p,
        lateral (select coalesce(bool_or(e.which = 'mid_term'), false) as mid_term,
                     coalesce(bool_or(e.which = 'final'), false) as final
                 from evaluation e where e.placement_id = p.id) written,
        lateral (select case
                     when p.state = 'accepted' then 'documents'
                     when p.state = 'ready' then 'start'
                     when written.final then 'complete'
                     -- four weeks before the end the final one takes its place
                     when written.mid_term or today >= p.ends_on - 28 then 'final'
                     else 'mid_term' end as due) next
    where p.state in ('accepted', 'ready', 'started')
$$;
create index placement_under_way on placement (supervisor_id, ends_on, id) where state in ('accepted', 'ready', 'started');
create index placement_of_proposer on placement (proposed_by, state, state_since, id) where is_open;
create index extension_open on extension (placement_id, agreed_at) where is_open;
