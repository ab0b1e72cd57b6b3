-- People are found by any part of their name, as the product folds names: without accents, in small letters.
create function person_search(given_names text, family_names text) returns text
    language sql immutable parallel safe as $$
    select replace(replace(replace(translate(
        regexp_replace(lower(normalize(given_names || ' ' || family_names, nfkd)), '[\u0300-\u036f]', '', 'g'),
        'øłđı', 'oldi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
$$;
create index person_by_name on person using gin (person_search(given_names, family_names) gin_trgm_ops);
