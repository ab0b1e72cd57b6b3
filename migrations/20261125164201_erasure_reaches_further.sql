-- A certificate stays true when its holder is forgotten: it goes on saying where and when, and no longer who.
drop trigger written_once on certificate;
create trigger written_once before update or delete on certificate
    for each row execute function never_changes('{"name": "—"}');

create or replace function erase_writings(erased uuid) returns void language plpgsql set stagiaire.erasing = 'on' as $$
begin
    if not exists (select from person where id = erased and erased_at is not null) then
        raise check_violation using message = 'only of an erased person';
    end if;
    update snapshot s set profile = '{}', assessment = '{}' from application a
        where a.id = s.application_id and a.candidate_id = erased;
    update certificate c set name = '—' from placement p join application a on a.id = p.application_id
        where p.id = c.placement_id and a.candidate_id = erased;
    update audit_event set reason = null where reason is not null and id in (
        select id from audit_event where actor_id = erased
        union all
        select e.id from application a join audit_event e on e.subject = 'application' and e.subject_id = a.id
            where a.candidate_id = erased
        union all
        select e.id from application a join placement p on p.application_id = a.id
            join audit_event e on e.subject = 'placement' and e.subject_id = p.id
            where a.candidate_id = erased);
end $$;
