-- The first day that was offered: the placement's own moves if the internship really begins later.
alter table offer add column starts_on date;
