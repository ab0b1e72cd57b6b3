-- How long candidates usually wait for each step that others take: besides the first look at a profile, the decision on
-- it, the supervisor's on a placement, and the offer. Medians of the last 90 days, read from the record itself.
create table usual_wait (
    stage        text        not null primary key check (stage in ('claim', 'decide', 'approve', 'offer')),
    days         smallint    not null check (days between 1 and 365),
    measured_at  timestamptz not null
);
insert into usual_wait select 'claim', least(365, days), measured_at from waiting_time;
drop table waiting_time;
