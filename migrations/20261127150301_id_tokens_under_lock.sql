-- What the organisation's identity provider said of somebody waits under the lock of the vault until they sign out.
-- Whoever is signed in while this comes leaves here alone, and not there.

alter table organisation_session drop column id_token, add column locked_token bytea;
