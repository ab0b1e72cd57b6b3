-- By what a person with two accounts is recognised, and what reviewers do about it.

-- The words of a name without accents and case, in Latin letters and in the order of the alphabet: `Núñez, José` and
-- `jose nunez` are one.
create function name_key(typed text) returns text language sql immutable parallel safe as $$
    select coalesce(string_agg(word, ' ' order by word), '')
    from regexp_split_to_table(
        translate(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                lower(regexp_replace(normalize(typed, nfkd), '[\u0300-\u036f''’ʼьъ]', '', 'g')),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'),
                'щ', 'shch'), 'ю', 'yu'), 'я', 'ya'),
            'øłđıабвгдезиклмнопрстуфыэіґ', 'oldiabvgdeziklmnoprstufyeig'),
        '[^[:alnum:]]+') as word
    where word <> ''
$$;

-- One mailbox in its many spellings: case, dots and what follows a plus sign make no difference.
create function address_key(email text) returns text language sql immutable parallel safe as $$
    select replace(split_part(split_part(lower(email), '@', 1), '+', 1), '.', '') || '@'
        || replace(split_part(lower(email), '@', 2), 'googlemail.com', 'gmail.com')
$$;

-- The last nine digits of a number, however it was written; empty if it has fewer.
create function phone_key(typed text) returns text language sql immutable parallel safe as $$
    select case when length(digits) >= 9 then right(digits, 9) else '' end
    from regexp_replace(typed, '[^0-9]', '', 'g') as digits
$$;

create table likeness (
    application_id  uuid primary key references application,
    candidate_id    uuid not null references person,
    name_key        text not null,
    born_on         date not null,
    address_key     text not null,
    phone_key       text not null
);
create index likeness_of_candidate on likeness (candidate_id);
create index likeness_by_name on likeness (name_key);
create index likeness_by_similar_name on likeness using gin (name_key gin_trgm_ops);
create index likeness_by_birth on likeness (born_on);
create index likeness_by_address on likeness (address_key);
create index likeness_by_phone on likeness (phone_key) where phone_key <> '';

-- Every version brings it up to date, whoever writes it.
create function keep_likeness() returns trigger language plpgsql as $$
begin
    insert into likeness (application_id, candidate_id, name_key, born_on, address_key, phone_key)
    select a.id, a.candidate_id,
        name_key(concat_ws(' ', new.profile->'about'->>'given_names', new.profile->'about'->>'family_names')),
        (new.profile->'about'->>'date_of_birth')::date, address_key(p.email),
        phone_key(coalesce(new.profile->'about'->>'phone', ''))
    from application a join person p on p.id = a.candidate_id
    where a.id = new.application_id and new.profile->'about'->>'date_of_birth' is not null
    on conflict (application_id) do update set name_key = excluded.name_key, born_on = excluded.born_on,
        address_key = excluded.address_key, phone_key = excluded.phone_key;
    return null;
end $$;
create trigger keep_likeness after insert on snapshot for each row execute function keep_likeness();
insert into likeness (application_id, candidate_id, name_key, born_on, address_key, phone_key)
select a.id, a.candidate_id,
    name_key(concat_ws(' ', s.profile->'about'->>'given_names', s.profile->'about'->>'family_names')),
    (s.profile->'about'->>'date_of_birth')::date, address_key(p.email),
    phone_key(coalesce(s.profile->'about'->>'phone', ''))
from application a join person p on p.id = a.candidate_id and p.erased_at is null
join snapshot s on s.application_id = a.id and s.number = a.latest
where s.profile->'about'->>'date_of_birth' is not null;

-- Applications of other accounts that may be the same person's, the likeliest first. Each way of being alike is one
-- look into an index.
create function likely_duplicates(of_application uuid, most int)
returns table (application_id uuid, same_name boolean, same_birth boolean, same_address boolean, same_phone boolean)
language sql stable set pg_trgm.similarity_threshold = 0.6 as $$
    with it as (select * from likeness l where l.application_id = of_application),
    found as (
        (select l.* from it join likeness l on l.address_key = it.address_key limit 100)
        union (select l.* from it join likeness l on it.phone_key <> '' and l.phone_key = it.phone_key limit 100)
        union (select l.* from it join likeness l on l.name_key = it.name_key limit 100)
        union (select l.* from it join likeness l on l.born_on = it.born_on and l.name_key % it.name_key limit 100)
        union (select l.* from it join likeness l on l.name_key % it.name_key
               order by similarity(l.name_key, it.name_key) desc limit 20))
    select l.application_id, l.name_key % it.name_key, l.born_on = it.born_on, l.address_key = it.address_key,
        it.phone_key <> '' and l.phone_key = it.phone_key
    from it join found l on l.candidate_id <> it.candidate_id
    order by (l.address_key = it.address_key)::int * 2 + (it.phone_key <> '' and l.phone_key = it.phone_key)::int * 2
        + (l.born_on = it.born_on)::int + similarity(l.name_key, it.name_key) desc, l.application_id
    limit most
$$;

-- One reviewer proposes to close one of two applications, another confirms or finds that they are two people.
create table duplicate_proposal (
    id              uuid primary key,
    application_id  uuid not null references application,   -- to be closed …
    kept_id         uuid not null references application,   -- … because this one is the same person's
    proposed_by     uuid not null references person,
    proposed_at     timestamptz not null,
    why             text not null check (length(why) between 1 and 2000),        -- for colleagues
    message         text not null check (length(message) between 1 and 4000),    -- to the candidate, word for word
    decided_by      uuid references person,
    decided_at      timestamptz,
    confirmed       boolean,
    answer          text check (length(answer) between 1 and 2000),              -- why it was not confirmed
    constraint two_applications check (application_id <> kept_id),
    constraint decided_by_another check (decided_by <> proposed_by),
    constraint decided_whole check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (confirmed is null)),
    constraint refused_with_a_reason check (confirmed is distinct from false or answer is not null)
);
create unique index one_open_duplicate_proposal on duplicate_proposal (application_id) where decided_at is null;
create index duplicate_proposal_of_application on duplicate_proposal (application_id, id);
create index duplicate_proposal_of_kept on duplicate_proposal (kept_id, id);
