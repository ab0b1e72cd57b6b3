//! How many open cases one reviewer may be given: by hand, or in turn.

use crate::db::{Note, Tx};
use crate::text::{COUNTED, texts};
use crate::web::{Administrator, App, Filled, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/administration/workload", get(ask).post(set))
}

const MOST: i16 = 1000;

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// As it was when the page was opened.
    seen: i16,
    most: String,
}

#[derive(askama::Template)]
#[template(path = "administration/workload.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    colleagues: Vec<Colleague>,
}

impl View {
    fn limits(&self) -> String {
        self.page.t.between(MOST)
    }
}

pub(super) struct Colleague {
    pub name: String,
    pub open: i64,
}

async fn ask(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = sqlx::query_scalar!("select most_open from review_setting").fetch_one(&mut *tx).await?;
    show(&me, &mut tx, Filled::fresh(Form { seen: now, most: now.to_string() })).await
}

async fn set(me: Administrator, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    // held: whoever gives out cases this very moment goes by the number before
    let now = sqlx::query!("select most_open, record_id from review_setting for update");
    let now = now.fetch_one(&mut *tx).await?;
    let judged = form.judge(|form| match form.most.parse::<i16>() {
        Ok(most) if (1..=MOST).contains(&most) => Ok((form.clone(), most)),
        _ => Err(vec![Problem::at("most", |l| Text(l).between(MOST))]),
    });
    let (form, most) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, form).await,
    };
    if most != now.most_open {
        if form.seen != now.most_open {
            let again = Form { seen: now.most_open, ..form };
            return show(&me, &mut tx, Filled::overtaken(again, |l| Text(l).overtaken())).await;
        }
        sqlx::query!("update review_setting set most_open = $1", most).execute(&mut *tx).await?;
        let done = tx.note(Note::WorkloadChanged, now.record_id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration")
}

async fn show(me: &Administrator, tx: &mut Tx<Administrator>, form: Filled<Form>) -> Result<Response> {
    let colleagues = colleagues(tx).await?;
    html(form.status(), &View { page: me.page(Text), form, colleagues })
}

/// Whoever has most to do first.
pub(super) async fn colleagues(tx: &mut Tx<Administrator>) -> Result<Vec<Colleague>> {
    let colleagues = sqlx::query_as!(
        Colleague,
        r#"select trim(p.given_names || ' ' || p.family_names) as "name!",
               (select count(*) from (select from application a
                   where a.reviewer_id = p.id and a.state = 'in_review' limit $1) capped) as "open!"
           from person_role r join person p on p.id = r.person_id
           where r.role = 'hr_reviewer' and p.disabled_at is null
           order by 2 desc, lower(p.family_names), p.id limit 200"#,
        COUNTED + 1
    );
    Ok(colleagues.fetch_all(&mut **tx).await?)
}

texts!(pub Text {
    title: "Open cases", "Dossiers ouverts", "Casos abiertos";
    back: "Administration", "Administration", "Administración";
    lead: "Nobody is given more cases than this, by hand or in turn. Whoever takes cases themselves is not held back.",
        "Personne ne se voit attribuer plus de dossiers, ni à la main ni à tour de rôle. Chacun peut en prendre davantage de soi-même.",
        "A nadie se le asignan más casos, ni a mano ni por turno. Quien tome casos por su cuenta no tiene límite.";
    most: "Open cases one reviewer may be given", "Dossiers ouverts que l’on peut attribuer à une personne", "Casos abiertos que se pueden asignar a una persona";
    between(most): "Enter a whole number from 1 to {most}", "Indiquez un nombre entier de 1 à {most}", "Indique un número entero de 1 a {most}";
    overtaken: "Somebody changed this number since you opened the page. Decide again.",
        "Quelqu’un a modifié ce nombre depuis que vous avez ouvert la page. Décidez à nouveau.",
        "Alguien cambió este número desde que abrió la página. Decida de nuevo.";
    now: "Open cases now", "Dossiers ouverts actuellement", "Casos abiertos ahora";
    colleague: "Reviewer", "Personne", "Persona";
    open: "Open", "Ouverts", "Abiertos";
    nobody: "Nobody reviews yet. Invite somebody, or give a colleague the role.",
        "Personne n’examine encore de dossiers. Invitez quelqu’un ou donnez ce rôle à un collègue.",
        "Nadie revisa aún. Invite a alguien o dé el papel a un colega.";
    save: "Save", "Enregistrer", "Guardar";
    keep: "Leave it as it is", "Ne rien changer", "Dejarlo como está";
});
