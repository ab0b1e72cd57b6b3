//! Everybody who works here: found by name, address, role and standing.

use crate::db::Tx;
use crate::domain::profile::fold;
use crate::domain::role::RoleName;
use crate::explain;
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{Administrator, App, Choice, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

const PER_PAGE: usize = 50;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/people", get(list))
}

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    standing: String,
    /// The id of the person that the page before ended with.
    #[serde(skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Filter {
    fn address(&self) -> String {
        match serde_html_form::to_string(self).unwrap_or_default() {
            query if query.is_empty() => "/administration/people".to_owned(),
            query => format!("/administration/people?{query}"),
        }
    }

    /// What narrows the list, without the place in it.
    fn query(&self) -> String {
        let narrowed = Filter { after: String::new(), ..self.clone() };
        serde_html_form::to_string(narrowed).unwrap_or_default()
    }

    fn first(&self) -> String {
        Filter { after: String::new(), ..self.clone() }.address()
    }
}

/// Whether an account is used, and may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Active,
    /// Has chosen no password so far.
    Invited,
    Disabled,
}

impl Standing {
    const ALL: [Standing; 3] = [Standing::Active, Standing::Invited, Standing::Disabled];

    fn code(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Invited => "invited",
            Standing::Disabled => "disabled",
        }
    }

    pub fn of(is_disabled: bool, signs_in: bool) -> Standing {
        match (is_disabled, signs_in) {
            (true, _) => Standing::Disabled,
            (false, false) => Standing::Invited,
            (false, true) => Standing::Active,
        }
    }

    pub fn name(self, lang: Lang) -> String {
        let t = Text(lang);
        match self {
            Standing::Active => t.active(),
            Standing::Invited => t.invited(),
            Standing::Disabled => t.disabled(),
        }
    }

    /// Tone and icon of its badge.
    pub fn look(self) -> (&'static str, &'static str) {
        match self {
            Standing::Active => ("ok", "ok"),
            Standing::Invited => ("them", "clock"),
            Standing::Disabled => ("off", "dash"),
        }
    }
}

#[derive(askama::Template)]
#[template(path = "administration/people.html")]
struct View {
    page: Page<Text>,
    filter: Filter,
    roles: Vec<Choice>,
    standings: Vec<Choice>,
    lines: Vec<Person>,
    next: Option<String>,
}

pub(super) struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub roles: String,
    pub offices: String,
    pub standing: Standing,
}

async fn list(me: Administrator, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut lines = found(&mut tx, &filter, filter.after.parse().ok(), PER_PAGE + 1, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |last| {
        Filter { after: last.id.to_string(), ..filter.clone() }.address()
    });
    let view = View {
        page: me.page(Text),
        roles: RoleName::ALL
            .into_iter()
            .filter(|role| role.is_staff())
            .map(|role| {
                Choice::new(role.code(), explain::role::name(role, me.lang), role.code() == filter.role)
            })
            .collect(),
        standings: Standing::ALL
            .map(|it| Choice::new(it.code(), it.name(me.lang), it.code() == filter.standing))
            .into(),
        lines,
        next,
        filter,
    };
    html(StatusCode::OK, &view)
}

/// By family name. An account without a role here is found by its whole address only.
pub(super) async fn found(
    tx: &mut Tx<Administrator>,
    filter: &Filter,
    after: Option<Uuid>,
    limit: usize,
    lang: Lang,
) -> Result<Vec<Person>> {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let pattern = given(&filter.q)
        .map(|q| format!("%{}%", fold(&q).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
    let staff: Vec<String> =
        RoleName::ALL.iter().filter(|role| role.is_staff()).map(|role| role.code().to_owned()).collect();
    let rows = sqlx::query!(
        r#"select p.id, p.email, trim(p.given_names || ' ' || p.family_names) as "name!",
               p.disabled_at is not null as "is_disabled!", signs_in(p.id, p.has_password) as "signs_in!",
               array(select r.role from person_role r where r.person_id = p.id order by r.role) as "roles!",
               array(select case $7::text when 'fr' then o.name_fr when 'es' then o.name_es else o.name_en end
                     from supervisor_office s join office o on o.id = s.office_id where s.person_id = p.id
                     order by 1) as "offices!"
           from (select r.person_id from person_role r where r.role = any($8)
                 union select id from person where email_key = lower($1)) here,
               -- one look each, for few of all the people there are work here: `offset` keeps it so
               lateral (select id, email, email_key, given_names, family_names, has_password, disabled_at, erased_at
                   from person where id = here.person_id offset 0) p
           where p.erased_at is null
             and ($2::text is null or p.email_key = lower($1) or p.email_key like $2
                 or person_search(p.given_names, p.family_names) like $2)
             and ($3::text is null or exists (select from person_role r where r.person_id = p.id and r.role = $3))
             and ($4::text is null or $4 = case when p.disabled_at is not null then 'disabled'
                     when not signs_in(p.id, p.has_password) then 'invited' else 'active' end)
             and ($5::uuid is null or (p.family_names, p.id) > (select family_names, id from person where id = $5))
           order by p.family_names, p.id limit $6"#,
        filter.q,
        pattern,
        given(&filter.role),
        given(&filter.standing),
        after,
        i64::try_from(limit).unwrap_or(i64::MAX),
        lang.code(),
        &staff
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let roles = |codes: &[String]| {
        let names: Vec<String> = codes
            .iter()
            .filter_map(|code| RoleName::from_code(code))
            .map(|role| explain::role::name(role, lang))
            .collect();
        names.join(", ")
    };
    Ok(rows
        .into_iter()
        .map(|row| Person {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: roles(&row.roles),
            offices: row.offices.join(", "),
            standing: Standing::of(row.is_disabled, row.signs_in),
        })
        .collect())
}

texts!(pub Text {
    title: "People and roles", "Personnes et rôles", "Personas y funciones";
    invite: "Invite somebody", "Inviter une personne", "Invitar a alguien";
    filter_people: "Filter people", "Filtrer les personnes", "Filtrar personas";
    search: "Name or email", "Nom ou adresse électronique", "Nombre o correo electrónico";
    role: "Role", "Rôle", "Función";
    standing: "Account", "Compte", "Cuenta";
    any: "Any", "Tous", "Cualquiera";
    filter: "Filter", "Filtrer", "Filtrar";
    name: "Name", "Nom", "Nombre";
    email: "Email", "Adresse électronique", "Correo electrónico";
    roles: "Roles", "Rôles", "Funciones";
    offices: "Offices", "Bureaux", "Oficinas";
    active: "Active", "Actif", "Activa";
    invited: "Invited", "Invitation envoyée", "Invitada";
    disabled: "Disabled", "Désactivé", "Desactivada";
    none: "Nobody fits", "Personne ne correspond", "Nadie coincide";
    none_lead: "Clear the filter, or invite somebody.", "Effacez le filtre, ou invitez une personne.", "Borre el filtro o invite a alguien.";
    clear: "Clear the filter", "Effacer le filtre", "Borrar el filtro";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
