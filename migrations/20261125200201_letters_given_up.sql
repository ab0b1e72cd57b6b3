-- A letter that the mail server refuses for good, or for too long, is not tried for ever: last_error says why.
alter table outbox add column given_up_at timestamptz,
    add constraint given_up_unsent check (given_up_at is null or (sent_at is null and last_error is not null));
drop index outbox_due;
create index outbox_due on outbox (next_attempt_at) where sent_at is null and given_up_at is null;
