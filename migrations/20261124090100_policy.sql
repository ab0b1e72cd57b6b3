-- Numbers are policy, and policy has a date from which it is in force.
create table policy (
    id              text not null,
    effective_from  date not null,
    eligibility     jsonb not null,
    terms           jsonb not null,
    primary key (id, effective_from)
);
