-- Why a paper of the first day was sent back may tell of somebody's health: shut under the key of its file, as the file
-- is, and gone with it. What was said before lies open until the paper is decided on again.

alter table onboarding_document
    add shut_reason bytea,
    drop constraint returned_with_a_reason,
    add constraint returned_with_a_reason
        check (state <> 'returned' or reason <> '' or shut_reason is not null or scan = 'infected'),
    add constraint one_reason check (reason is null or shut_reason is null);
