-- Numbers of an office's own, from a day on until its next row; a row without any ends them. What is absent is the
-- programme's.
create table office_policy (
    office_id       text not null references office,
    effective_from  date not null,
    numbers         jsonb not null,
    primary key (office_id, effective_from),
    -- all internships of a person with the organisation add up, wherever they are
    constraint sums_are_the_programmes check (not numbers ?| array['total_months', 'days_as_month'])
);
grant select on office_policy to stagiaire_candidate, stagiaire_supervisor;
grant select, insert, update on office_policy to stagiaire_staff;

-- They are proposed, tried and confirmed as the programme's are.
alter table policy_proposal
    add column office_id text references office,
    add column numbers jsonb,
    alter column eligibility drop not null,
    alter column terms drop not null,
    add constraint whole_or_of_an_office check (case when office_id is null
        then numbers is null and eligibility is not null and terms is not null
        else numbers is not null and eligibility is null and terms is null end);
drop index one_proposal_a_day;
create unique index one_proposal_a_day on policy_proposal (effective_from, coalesce(office_id, ''))
    where confirmed_at is null and dropped_at is null;

-- An assessment keeps the numbers that it went by, so that it is said in words by those and by no later ones.
alter table snapshot disable trigger never_changes;
update snapshot s set assessment = s.assessment || jsonb_build_object('policy', p.eligibility)
    from policy p where p.id = 'iom' and p.effective_from = s.policy_version and s.assessment <> '{}';
alter table snapshot enable trigger never_changes;
