//! What the administrator keeps, and what needs them now.

use crate::db::Tx;
use crate::text::texts;
use crate::web::{Administrator, App, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/administration", get(show))
}

#[derive(askama::Template)]
#[template(path = "administration/home.html")]
struct View {
    page: Page<Text>,
    needs: Needs,
}

/// What waits for the administrator, or for another one.
struct Needs {
    /// Invited, and without a password so far.
    invited: i64,
    /// Open offices that pay no rate today.
    unpaid: i64,
    /// What the last nightly look found broken: how many kinds, and how they are called.
    broken: Vec<String>,
}

impl Needs {
    fn nothing(&self) -> bool {
        self.invited == 0 && self.unpaid == 0 && self.broken.is_empty()
    }
}

async fn show(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let needs = needs(&mut tx).await?;
    html(StatusCode::OK, &View { page: me.page(Text), needs })
}

async fn needs(tx: &mut Tx<Administrator>) -> Result<Needs> {
    let today = tx.today();
    let needs = sqlx::query_as!(
        Needs,
        r#"select (select count(*) from person p where password_hash is null and disabled_at is null
                   and exists (select from person_role r where r.person_id = p.id and r.role <> 'candidate'))
                   as "invited!",
               (select count(*) from office o where (closed_on is null or closed_on > $1)
                   and not exists (select from msa_rate r where r.office_id = o.id and r.from_day <= $1))
                   as "unpaid!",
               array(select jsonb_object_keys(broken) from nightly_check
                   where day = (select max(day) from nightly_check)) as "broken!""#,
        today
    );
    Ok(needs.fetch_one(&mut **tx).await?)
}

texts!(Text {
    title: "Administration", "Administration", "Administración";
    needs: "What needs you now", "Ce qui vous attend", "Lo que le espera";
    nothing: "Nothing waits for you", "Rien ne vous attend", "Nada le espera";
    nothing_lead: "Everybody who was invited has come, and every open office pays a rate.",
        "Toutes les personnes invitées sont venues, et chaque bureau ouvert a un taux.",
        "Todas las personas invitadas han entrado, y cada oficina abierta tiene una tarifa.";
    invited: "Invited, without a password so far", "Invitations sans mot de passe choisi", "Personas invitadas que aún no eligieron contraseña";
    unpaid: "Open offices without a monthly rate", "Bureaux ouverts sans taux mensuel", "Oficinas abiertas sin tarifa mensual";
    broken: "Facts that do not agree", "Faits qui ne concordent pas", "Datos que no concuerdan";
    broken_lead: "Whoever runs the server finds more by the command", "La personne qui gère le serveur en saura plus par la commande", "Quien administra el servidor sabrá más con la orden";
    people: "People and roles", "Personnes et rôles", "Personas y funciones";
    people_lead: "Invite colleagues, change what they may do, close accounts.",
        "Inviter des collègues, changer ce qu’ils peuvent faire, fermer des comptes.",
        "Invitar a colegas, cambiar lo que pueden hacer, cerrar cuentas.";
    offices_lead: "Open, rename and close offices; announce what a month is worth there.",
        "Ouvrir, renommer et fermer des bureaux ; annoncer ce que vaut un mois sur place.",
        "Abrir, renombrar y cerrar oficinas; anunciar lo que vale allí un mes.";
    policies_lead: "Ages, languages and lengths, each from a day on; tried before they count.",
        "Âges, langues et durées, à partir d’une date ; essayés avant de compter.",
        "Edades, idiomas y duraciones, desde una fecha; probados antes de contar.";
    reasons_lead: "The list that reviewers choose from, in three languages.",
        "La liste dans laquelle on choisit, en trois langues.",
        "La lista de la que se elige, en tres idiomas.";
    letters_lead: "What each letter says, in three languages.", "Ce que dit chaque courriel, en trois langues.", "Lo que dice cada mensaje, en tres idiomas.";
    retention_lead: "How long each class of record is kept, and what goes next.",
        "Combien de temps chaque catégorie est conservée, et ce qui sera supprimé.",
        "Cuánto tiempo se conserva cada categoría y qué se elimina a continuación.";
    trail_lead: "Who did what, and when.", "Qui a fait quoi, et quand.", "Quién hizo qué y cuándo.";
});
