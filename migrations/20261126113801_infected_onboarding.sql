-- A document in which malware is found after it was sent comes back by itself: nobody decided that.
alter table onboarding_document
    drop constraint decided_by_somebody,
    add constraint decided_by_somebody check (state in ('submitted', 'replaced') or scan = 'infected'
        or (decided_by is not null and decided_at is not null));
