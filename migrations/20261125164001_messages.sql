-- What a candidate and Human Resources write to each other about an application.
create table message (
    id              uuid primary key,
    application_id  uuid not null references application,
    author_id       uuid not null references person,
    from_staff      boolean not null,
    written_at      timestamptz not null,
    body            text not null check (length(body) between 1 and 5000),
    form_id         uuid not null,                       -- of the form it was written in: sent twice, it is written once
    told            uuid references person,              -- who was owed a letter about it; null: nobody
    read_at         timestamptz                          -- by the other side
);
create index message_of_application on message (application_id, written_at, id);
create index message_of_author on message (author_id, written_at);
create index message_unread on message (application_id, from_staff) where read_at is null;
-- the same form with other words is another message
create unique index message_written_once on message (application_id, author_id, form_id, md5(body));

-- A file that came with a message. The bytes lie in the file store under the id.
create table message_document (
    id             uuid primary key,
    message_id     uuid not null references message on delete cascade,
    file_name      text not null check (length(file_name) between 1 and 200),
    media_type     text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
    bytes          bigint not null check (bytes > 0 and bytes <= 10485760),
    sha256         bytea not null check (length(sha256) = 32),
    scan           text not null check (scan in ('not_scanned', 'clean', 'infected')),
    scan_tried_at  timestamptz                           -- of the last try in the background
);
create index message_document_of_message on message_document (message_id, id);
create index message_document_to_scan on message_document (scan_tried_at nulls first, id) where scan = 'not_scanned';
