-- Whether a file has been looked through for malware. What "not scanned" means for its readers is the organisation's
-- choice (STAGIAIRE_SCAN_REQUIRED), so the row does not say it.
alter table document
    add scan           text not null default 'not_scanned' check (scan in ('not_scanned', 'clean', 'infected')),
    add scan_tried_at  timestamptz,              -- of the last try in the background; several servers take turns by it
    add thumbnail      bytea;                    -- a small JPEG of a photo; a page of many photos stays light
create index document_to_scan on document (scan_tried_at nulls first, id) where scan = 'not_scanned';

-- Malware that was found after the upload: the file is gone, its row tells why.
alter table document add constraint infected_is_out_of_the_profile
    check (scan <> 'infected' or removed_at is not null);

-- What was taken away is shown to its owner until another file is there.
create index document_infected on document (person_id) where scan = 'infected';
