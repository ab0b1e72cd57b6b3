//! The administrator invites a colleague: an account with roles, and a letter with a link to choose a password.

use super::roles::{RoleWords, Roles, offices_to_choose, roles_to_choose};
use crate::db::Note;
use crate::domain::letter::Letter;
use crate::offices;
use crate::staff::{self, Newcomer};
use crate::text::{Lang, texts};
use crate::web::fields::is_address;
use crate::web::{
    Administrator, App, Choice, Filled, Page, Posted, Problem, Recent, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/people/invite", get(ask).post(invite))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Of a new account, chosen with the form: sent twice, it is one.
    id: String,
    email: String,
    #[validate(length(max = 120))]
    given_names: String,
    #[validate(length(max = 120))]
    family_names: String,
    letters: String,
    #[validate(length(max = 6))]
    role: Vec<String>,
    #[validate(length(max = 500))]
    office: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "administration/invite.html")]
struct View {
    page: Page<Text>,
    words: RoleWords,
    form: Filled<Form>,
    roles: Vec<Choice>,
    offices: Vec<Choice>,
    langs: Vec<Choice>,
}

async fn ask(Recent(me): Recent<Administrator>) -> Result<Response> {
    let open = open_offices(&me).await?;
    let form = Form { id: Uuid::now_v7().to_string(), letters: me.lang.code().into(), ..Form::default() };
    show(&me, &open, Filled::fresh(form))
}

async fn invite(Recent(me): Recent<Administrator>, form: Posted<Form>) -> Result<Response> {
    let open = open_offices(&me).await?;
    let mut tx = me.begin().await?;
    let own = sqlx::query_scalar!("select email_key from person where id = $1", me.id.0);
    let own = own.fetch_one(&mut *tx).await?;
    let newcomer = match form.judge(|form| form.read(&open, &own)) {
        Ok(newcomer) => newcomer,
        Err(form) => return show(&me, &open, form),
    };
    let now = tx.now();
    let account = staff::open_account(&mut tx, now, &newcomer).await?;
    if account.is_changed {
        let letters = if account.signs_in { vec![] } else { vec![(account.id, Letter::Invitation)] };
        let done = tx.note(Note::Invited, account.id.0, &letters).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/people/{}", account.id))
}

impl Form {
    fn read(&self, open: &[offices::Office], own: &str) -> Result<Newcomer, Vec<Problem>> {
        let mut problems = Vec::new();
        if !is_address(&self.email) {
            problems.push(Problem::missing("email", |l| Text(l).enter_email()));
        } else if self.email.to_lowercase() == own {
            problems.push(Problem::at("email", |l| Text(l).not_yourself()));
        }
        if self.family_names.is_empty() {
            problems.push(Problem::missing("family_names", |l| Text(l).enter_family_names()));
        }
        let roles = Roles::read(&self.role, &self.office, open);
        let lang = Lang::ALL.into_iter().find(|lang| lang.code() == self.letters).unwrap_or_default();
        match roles {
            Ok(roles) if problems.is_empty() => Ok(Newcomer {
                id: self.id.parse().unwrap_or_else(|_| Uuid::now_v7()),
                email: self.email.clone(),
                given_names: self.given_names.clone(),
                family_names: self.family_names.clone(),
                lang,
                roles: roles.roles,
                offices: roles.offices,
            }),
            Ok(_) => Err(problems),
            Err(more) => Err(problems.into_iter().chain(more).collect()),
        }
    }
}

async fn open_offices(me: &Administrator) -> Result<Vec<offices::Office>> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    Ok(offices::open(&mut tx, me.lang, today).await?)
}

fn show(me: &Administrator, open: &[offices::Office], form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        words: RoleWords(me.lang),
        roles: roles_to_choose(&form.values.role, me.lang),
        offices: offices_to_choose(open, &form.values.office, me.lang),
        langs: Lang::ALL
            .map(|lang| Choice::new(lang.code(), lang.own_name(), lang.code() == form.values.letters))
            .into(),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title: "Invite somebody", "Inviter une personne", "Invitar a alguien";
    back: "People and roles", "Personnes et rôles", "Personas y funciones";
    lead: "They get a letter with a link to choose a password. Somebody who has an account here keeps it and gets the roles.",
        "La personne reçoit un courriel avec un lien pour choisir un mot de passe. Si elle a déjà un compte, elle le garde et reçoit les rôles.",
        "La persona recibe un mensaje con un enlace para elegir una contraseña. Si ya tiene una cuenta, la conserva y recibe las funciones.";
    email: "Email address", "Adresse électronique", "Correo electrónico";
    enter_email: "Enter an email address, such as name@example.org", "Indiquez une adresse électronique, par exemple nom@example.org",
        "Indique una dirección de correo, por ejemplo nombre@example.org";
    not_yourself: "Another administrator changes your roles", "Une autre personne de l’administration modifie vos rôles", "Otra persona de administración cambia sus funciones";
    given_names: "Given names", "Prénoms", "Nombres";
    family_names: "Family names", "Noms de famille", "Apellidos";
    enter_family_names: "Enter the family names", "Indiquez les noms de famille", "Indique los apellidos";
    letters: "Language of letters", "Langue des courriels", "Idioma de los mensajes";
    send: "Invite", "Inviter", "Invitar";
    keep: "Do not invite", "Ne pas inviter", "No invitar";
});
