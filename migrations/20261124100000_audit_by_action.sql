-- How long candidates usually wait: the median of recent claims, read from the record itself.
create index audit_by_action on audit_event (action, at);
