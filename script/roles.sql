-- For an administrator of a PostgreSQL cluster whose owner of Stagiaire's database may not make roles:
--     psql --variable owner=stagiaire --file script/roles.sql
create role stagiaire_server nologin noinherit;
create role stagiaire_staff nologin;
create role stagiaire_candidate nologin;
create role stagiaire_supervisor nologin;
create role stagiaire_medical nologin;
grant stagiaire_staff, stagiaire_candidate, stagiaire_supervisor, stagiaire_medical to stagiaire_server;
grant stagiaire_server to :"owner";
grant set on parameter "stagiaire.erasing" to :"owner";
