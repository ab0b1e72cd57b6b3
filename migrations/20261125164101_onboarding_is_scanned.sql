-- What is shown before the first day is scanned for malware like everything else that people give us.
alter table onboarding_document
    add column scan text not null default 'not_scanned' check (scan in ('not_scanned', 'clean', 'infected')),
    add column scan_tried_at timestamptz;                  -- of the last try in the background
alter table onboarding_document alter column scan drop default;
create index onboarding_document_to_scan on onboarding_document (scan_tried_at nulls first, id)
    where scan = 'not_scanned';
