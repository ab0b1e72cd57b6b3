-- Why a profile is not selected: the list that Human Resources chooses from. What candidates were told stays readable,
-- word for word: a reason is withdrawn, never reworded or deleted.
create table decline_reason (
    code          text primary key check (code ~ '^[a-z0-9_]{1,40}$'),
    record_id     uuid not null unique default gen_random_uuid(),   -- what the record calls it
    text_en       text not null check (text_en <> ''),
    text_fr       text not null check (text_fr <> ''),
    text_es       text not null check (text_es <> ''),
    place         int not null generated always as identity,        -- in the list
    withdrawn_at  timestamptz
);
insert into decline_reason (code, text_en, text_fr, text_es) values
    ('rules_not_met', 'A rule of the programme is not met', 'Une règle du programme n’est pas remplie',
        'No se cumple una norma del programa'),
    ('no_matching_place', 'No office works in the chosen areas', 'Aucun bureau ne travaille dans les domaines choisis',
        'Ninguna oficina trabaja en las áreas elegidas'),
    ('experience_does_not_match', 'Studies and experience do not match the work offered',
        'Les études et l’expérience ne correspondent pas au travail proposé',
        'Los estudios y la experiencia no corresponden al trabajo ofrecido'),
    ('dates_do_not_match', 'No place on the proposed dates', 'Aucune place aux dates proposées',
        'No hay plaza en las fechas propuestas'),
    ('documents_not_convincing', 'The documents do not prove what the profile says',
        'Les documents ne prouvent pas ce que dit le dossier', 'Los documentos no prueban lo que dice el perfil'),
    ('duplicate', 'There is another application of the same person',
        'Il existe une autre candidature de la même personne', 'Existe otra candidatura de la misma persona');

create function keeps_its_words() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
        return new;
    end if;
    raise check_violation using message = 'a reason keeps its words';
end $$;
create trigger keeps_its_words before update or delete on decline_reason
    for each row execute function keeps_its_words();
