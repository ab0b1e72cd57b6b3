-- Whether a placement is ready is worked out by whoever settles its last paper. The medical officer meets medical papers
-- only, so what counts of the others is told by a function: kinds, states and days, no file and no word.
create function papers_that_count(of_placement uuid)
returns table (kind text, state text, valid_from date, valid_until date, covers text[])
language sql stable security definer set search_path = public, pg_temp as $$
    select kind, state, valid_from, valid_until, covers
    from onboarding_document where placement_id = of_placement and state <> 'replaced' order by submitted_at, id
$$;
revoke all on function papers_that_count(uuid) from public;
grant execute on function papers_that_count(uuid)
    to stagiaire_server, stagiaire_staff, stagiaire_candidate, stagiaire_medical;

-- What follows by itself from what a medical officer does: whoever writes an event reads it, too.
create policy followed on audit_event for select to stagiaire_medical using (
    actor_id is null and actor_role = 'system' and exists (select from placement p where p.id = subject_id));
