-- Numbers are policy, and policy has a date from which it is in force.
create table policy (
    id              text not null,
    effective_from  date not null,
    eligibility     jsonb not null,
    terms           jsonb not null,
    primary key (id, effective_from)
);

-- The programme's first policy (identifier "iom"), as the specification states it.
insert into policy (id, effective_from, eligibility, terms) values ('iom', '2026-01-01',
    '{"from_age": 19, "below_age": 37, "months_after_award": 12, "working_languages": ["en", "fr", "es"],
      "working_level": "B2"}',
    '{"shortest_months": 2, "initial_months": 6, "total_months": 9, "days_as_month": 30, "preferred_months": 6}');
