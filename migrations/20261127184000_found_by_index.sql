-- What somebody agreed to or uploaded, and whose application is like another, is met in an index.

create index consent_of_person on consent (person_id, purpose, id);
create index document_of_person on document (person_id, id);
-- What the wall around the medical officer asks of every placement: otherwise it would gather all medical papers first.
create index medical_of_placement on onboarding_document (placement_id) where medical;

-- How the words of a name key sound: their consonants, those that are written for each other as one, however they came
-- into Latin letters. `mohammed cherif` and `scherif muhamad` are one.
create function name_sound(name_key text) returns text language sql immutable parallel safe as $$
    select coalesce(string_agg(sound, ' ' order by sound collate "C"), '')
    from regexp_split_to_table(name_key, ' ') word,
        lateral (select regexp_replace(regexp_replace(replace(word, 'x', 'ks'), 't?s?ch|sh|zh', 's', 'g'),
            '([bdgkpt])h', '\1', 'g')) plain (letters),
        -- a vowel tells only that a word begins with one
        lateral (select translate(
            regexp_replace(translate(regexp_replace(letters, '^[aeiouyj]+', '0'), 'cqgzdwfb', 'kkkstvvp'), '(.)\1+', '\1', 'g'),
            'haeiouyj', '')) spoken (sound)
$$;

drop index likeness_by_similar_name, likeness_by_birth;
create index likeness_by_sound on likeness (name_sound(name_key), application_id);
-- On some days very many were born: wherever nobody knows the day, it is the first of January.
create index likeness_by_birth on likeness (born_on, application_id);

-- Applications of other accounts that may be the same person's, the likeliest first. Each way of being alike is one
-- look into an index that ends after a number of rows, however common a name is.
create or replace function likely_duplicates(of_application uuid, most int)
returns table (application_id uuid, same_name boolean, same_birth boolean, same_address boolean, same_phone boolean)
language sql stable rows 10 set pg_trgm.similarity_threshold = 0.6 as $$
    with it as (select l.*, name_sound(l.name_key) as sound from likeness l where l.application_id = of_application),
    found as (
        (select l.* from it join likeness l on l.address_key = it.address_key limit 100)
        -- not empty: said of both, for the index
        union (select l.* from it join likeness l on l.phone_key = it.phone_key and l.phone_key <> ''
               where it.phone_key <> '' limit 100)
        union (select l.* from it join likeness l on l.name_key = it.name_key limit 100)
        union (select l.* from it, lateral (
                   select * from likeness s where name_sound(s.name_key) = it.sound
                   order by s.application_id desc limit 100) l)
        union (select l.* from it, lateral (
                   select * from likeness b where b.born_on = it.born_on
                   order by b.application_id desc limit 500) l
               where l.name_key % it.name_key)),
    compared as (
        select l.*, it.name_key as theirs,
            l.name_key % it.name_key or name_sound(l.name_key) = it.sound as same_name, l.born_on = it.born_on as same_birth,
            l.address_key = it.address_key as same_address,
            it.phone_key <> '' and l.phone_key = it.phone_key as same_phone
        from it join found l on l.candidate_id <> it.candidate_id)
    select c.application_id, c.same_name, c.same_birth, c.same_address, c.same_phone
    from compared c
    order by c.same_address::int * 2 + c.same_phone::int * 2 + c.same_birth::int + similarity(c.name_key, c.theirs) desc,
        c.application_id
    limit most
$$;
