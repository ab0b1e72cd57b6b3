-- Who has proved again who they are, in this session; the sign-in itself is the first time.
alter table session add column proved_at timestamptz;
