//! One colleague: what they may do, where they work, and how they are signed in. Nobody changes their own roles.

use super::people::Standing;
use super::roles::{RoleWords, Roles, offices_to_choose, roles_to_choose};
use crate::db::{Note, Tx};
use crate::domain::role::RoleName;
use crate::offices::{self, Office};
use crate::staff;
use crate::text::texts;
use crate::web::{
    Administrator, App, Choice, Error, Filled, Page, Path, Posted, Problem, Recent, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/people/{id}", get(ask).post(change))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Roles and offices as they stood when the page was opened.
    seen: String,
    #[validate(length(max = 6))]
    role: Vec<String>,
    #[validate(length(max = 500))]
    office: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "administration/person.html")]
struct View {
    page: Page<Text>,
    words: RoleWords,
    form: Filled<Form>,
    roles: Vec<Choice>,
    offices: Vec<Choice>,
    it: Person,
    is_me: bool,
    /// What gives the roles instead: the groups of the identity provider of this name.
    by_groups: Option<String>,
}

/// A colleague, or anybody else with an account.
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub standing: Standing,
    /// Without a candidate's.
    pub roles: Vec<String>,
    offices: Vec<String>,
    pub sessions: i64,
    has_factor: bool,
    /// Signs in at the organisation's identity provider.
    is_linked: bool,
}

impl Person {
    /// Roles and offices in one word, to tell whether they have changed.
    fn stands(&self) -> String {
        format!("{}@{}", self.roles.join("+"), self.offices.join("+"))
    }

    pub fn works_here(&self) -> bool {
        !self.roles.is_empty()
    }
}

async fn ask(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = person(&mut tx, id).await?;
    let form = Form { seen: it.stands(), role: it.roles.clone(), office: it.offices.clone() };
    let known = known(&mut tx, &me, &it).await?;
    show(&me, it, &known, Filled::fresh(form))
}

async fn change(
    Recent(me): Recent<Administrator>,
    Path(id): Path<Uuid>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = person(&mut tx, id).await?;
    let known = known(&mut tx, &me, &it).await?;
    let elsewhere = by_groups(&me, &it).is_some();
    let judged = form.judge(|form| match (id == me.id.0, elsewhere) {
        (true, _) => Err(vec![Problem::at("role", |l| Text(l).not_yourself())]),
        (false, true) => Err(vec![Problem::at("role", |l| Text(l).not_here())]),
        (false, false) => Ok((form.clone(), Roles::read(&form.role, &form.office, &known)?)),
    });
    let (form, wanted) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, it, &known, form),
    };
    if form.seen != it.stands() {
        let mut role: Vec<&str> = wanted.roles.iter().map(|role| role.code()).collect();
        let mut office = wanted.offices.clone();
        role.sort_unstable();
        office.sort_unstable();
        if format!("{}@{}", role.join("+"), office.join("+")) == it.stands() {
            return see_other(&format!("/administration/people/{id}")); // by this click or by a colleague
        }
        let again = Form { seen: it.stands(), ..form };
        return show(&me, it, &known, Filled::overtaken(again, |l| Text(l).overtaken()));
    }
    match staff::set_roles(&mut tx, id, &wanted.roles, &wanted.offices, true).await.map_err(Error::from) {
        Ok(true) => {
            staff::end_sessions(&mut tx, id).await?;
            let done = tx.note(Note::RolesChanged, id, &[]).await?;
            tx.commit(done).await?;
        }
        Ok(false) => {}
        Err(error) if error.constraint() == Some("last_administrator") => {
            let problem = Problem::at("role", |l| Text(l).last_administrator());
            return show(&me, it, &known, Filled::with(form, vec![problem]));
        }
        Err(error) => return Err(error),
    }
    see_other(&format!("/administration/people/{id}"))
}

/// Somebody with an account; held, so that two who change the same person queue. The key stays free: what somebody
/// does is written down beside what is done about them.
///
/// # Errors
/// [`Error::NotFound`] if there is nobody.
pub async fn person(tx: &mut Tx<Administrator>, id: Uuid) -> Result<Person> {
    let now = tx.now();
    sqlx::query!("select id from person where id = $1 for no key update", id).fetch_one(&mut **tx).await?;
    let row = sqlx::query!(
        r#"select email, trim(given_names || ' ' || family_names) as "name!",
               disabled_at is not null as "is_disabled!", signs_in(id, has_password) as "signs_in!",
               array(select role from person_role where person_id = id and role <> 'candidate' order by role)
                   as "roles!",
               array(select office_id from supervisor_office where person_id = id order by office_id)
                   as "offices!",
               has_second_factor(person.id) as "has_factor!",
               exists (select from organisation_identity i where i.person_id = person.id) as "is_linked!",
               (select count(*) from session s where s.person_id = person.id and s.expires_at > $2
                    and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2) as "sessions!"
           from person where id = $1 and erased_at is null"#,
        id,
        now
    );
    let row = row.fetch_one(&mut **tx).await?;
    Ok(Person {
        id,
        name: row.name,
        email: row.email,
        standing: Standing::of(row.is_disabled, row.signs_in),
        roles: row.roles,
        offices: row.offices,
        sessions: row.sessions,
        has_factor: row.has_factor,
        is_linked: row.is_linked,
    })
}

/// Open offices, and those where the person works already.
async fn known(tx: &mut Tx<Administrator>, me: &Administrator, it: &Person) -> Result<Vec<Office>> {
    let today = tx.today();
    let mut known = offices::all(tx, None).await?;
    let open = offices::open(tx, me.lang, today).await?;
    known.retain(|office| it.offices.contains(&office.id) && open.iter().all(|one| one.id != office.id));
    Ok(open.into_iter().chain(known).collect())
}

/// The name of the identity provider whose groups give this person their roles at each sign-in.
fn by_groups(me: &Administrator, it: &Person) -> Option<String> {
    let settings = me.provider()?.settings();
    (it.is_linked && !settings.groups.is_empty()).then(|| settings.name.clone())
}

fn show(me: &Administrator, it: Person, known: &[Office], form: Filled<Form>) -> Result<Response> {
    let view = View {
        page: me.page(Text),
        words: RoleWords(me.lang),
        roles: roles_to_choose(&form.values.role, me.lang),
        offices: offices_to_choose(known, &form.values.office, me.lang),
        is_me: it.id == me.id.0,
        by_groups: by_groups(me, &it),
        it,
        form,
    };
    html(view.form.status(), &view)
}

impl View {
    fn role_names(&self) -> String {
        let names: Vec<String> = self
            .it
            .roles
            .iter()
            .filter_map(|code| RoleName::from_code(code))
            .map(|role| crate::explain::role::name(role, self.page.lang))
            .collect();
        names.join(", ")
    }
}

texts!(Text {
    back: "People and roles", "Personnes et rôles", "Personas y funciones";
    save: "Save roles and offices", "Enregistrer les rôles et les bureaux", "Guardar funciones y oficinas";
    saving: "Whoever gets other roles is signed out everywhere and signs in anew.",
        "Une personne dont les rôles changent est déconnectée partout et doit se reconnecter.",
        "Quien recibe otras funciones queda desconectado en todas partes y vuelve a iniciar sesión.";
    yours: "This is you. Another administrator changes your roles and closes your account.",
        "C’est vous. Une autre personne de l’administration modifie vos rôles et ferme votre compte.",
        "Esta es su cuenta. Otra persona de administración cambia sus funciones y cierra su cuenta.";
    not_yourself: "Another administrator changes your roles", "Une autre personne de l’administration modifie vos rôles", "Otra persona de administración cambia sus funciones";
    last_administrator: "This is the last administrator: make somebody else one first",
        "C’est la dernière personne de l’administration : nommez-en d’abord une autre",
        "Es la última persona de administración: nombre antes a otra";
    overtaken: "Somebody changed these roles since you opened the page. Look at what is chosen, then save again.",
        "Quelqu’un a modifié ces rôles depuis que vous avez ouvert la page. Vérifiez les choix, puis enregistrez à nouveau.",
        "Alguien cambió estas funciones desde que abrió la página. Revise lo elegido y guarde de nuevo.";
    by_groups(name): "Roles and offices come from this person’s groups in {name}, anew at each sign-in. Change the groups there.",
        "Les rôles et les bureaux viennent des groupes de cette personne dans {name}, à chaque connexion. Modifiez ces groupes là-bas.",
        "Las funciones y oficinas vienen de los grupos de esta persona en {name}, en cada inicio de sesión. Cambie esos grupos allí.";
    not_here: "Groups of the organisation give these roles", "Ces rôles viennent des groupes de l’organisation", "Estas funciones vienen de los grupos de la organización";
    roles: "Roles", "Rôles", "Funciones";
    account: "Account", "Compte", "Cuenta";
    signed_in(n): "Browsers signed in: {n}", "Navigateurs connectés : {n}", "Navegadores con sesión: {n}";
    end_sessions: "Sign out everywhere", "Déconnecter partout", "Cerrar todas las sesiones";
    reset_factor: "Reset the second factor", "Réinitialiser le deuxième facteur", "Restablecer el segundo factor";
    send_again: "Send the invitation again", "Renvoyer l’invitation", "Enviar de nuevo la invitación";
    disable: "Disable the account", "Désactiver le compte", "Desactivar la cuenta";
    enable: "Enable the account", "Réactiver le compte", "Reactivar la cuenta";
    hold: "Legal hold", "Mesure de conservation", "Orden de conservación";
    trail: "What this person did, and what was done about them", "Ce que cette personne a fait, et ce qui la concerne", "Lo que hizo esta persona y lo que la concierne";
});
