//! A legal hold: what leads to a person stays, whatever its age and whatever they wish, until a day or until lifted.

use super::person::person;
use crate::db::{Note, Tx};
use crate::text::texts;
use crate::web::{
    Administrator, App, Filled, Page, Path, Posted, Problem, Result, TypedDate, html, see_other,
};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/people/{id}/hold", get(ask).post(place))
        .route("/administration/people/{id}/hold/lift", post(lift))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    until_day: String,
    until_month: String,
    until_year: String,
    #[validate(length(max = 1000))]
    reason: String,
}

struct Hold {
    until: NaiveDate,
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "administration/hold.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    /// Already in force.
    hold: Option<Hold>,
}

async fn ask(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let name = person(&mut tx, id).await?.name;
    let hold = in_force(&mut tx, id).await?;
    show(&me, id, name, hold, Filled::default())
}

async fn place(me: Administrator, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let name = person(&mut tx, id).await?.name;
    let today = tx.today();
    let wanted = match form.judge(|form| form.read(today)) {
        Ok(wanted) => wanted,
        Err(form) => {
            let hold = in_force(&mut tx, id).await?;
            return show(&me, id, name, hold, form);
        }
    };
    let now = tx.now();
    let placed = sqlx::query!(
        "insert into legal_hold as held (id, person_id, until_day, reason, placed_by, placed_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (person_id) where lifted_at is null do update
             set until_day = excluded.until_day, reason = excluded.reason, placed_by = excluded.placed_by,
                 placed_at = excluded.placed_at
             where (held.until_day, held.reason) is distinct from (excluded.until_day, excluded.reason)",
        Uuid::now_v7(),
        id,
        wanted.until,
        wanted.reason,
        me.id.0,
        now
    );
    if placed.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::HoldPlaced, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/people/{id}/hold"))
}

async fn lift(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    person(&mut tx, id).await?;
    let now = tx.now();
    let lifted = sqlx::query!(
        "update legal_hold set lifted_at = $2 where person_id = $1 and lifted_at is null",
        id,
        now
    );
    if lifted.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::HoldLifted, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/people/{id}/hold"))
}

impl Form {
    fn read(&self, today: NaiveDate) -> Result<Hold, Vec<Problem>> {
        let mut problems = Vec::new();
        let until = TypedDate { day: &self.until_day, month: &self.until_month, year: &self.until_year };
        let until = until.wanted("until", |l| Text(l).until(), |l| Text(l).enter_until(), &mut problems);
        if until.is_some_and(|day| day < today) {
            problems.push(Problem::at("until", |l| Text(l).not_in_the_past()));
        }
        if self.reason.is_empty() {
            problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
        }
        match (until, problems.is_empty()) {
            (Some(until), true) => Ok(Hold { until, reason: self.reason.clone() }),
            _ => Err(problems),
        }
    }
}

async fn in_force(tx: &mut Tx<Administrator>, person: Uuid) -> Result<Option<Hold>> {
    let today = tx.today();
    let hold = sqlx::query_as!(
        Hold,
        "select until_day as until, reason from legal_hold
         where person_id = $1 and lifted_at is null and until_day >= $2",
        person,
        today
    );
    Ok(hold.fetch_optional(&mut **tx).await?)
}

fn show(
    me: &Administrator,
    id: Uuid,
    name: String,
    hold: Option<Hold>,
    form: Filled<Form>,
) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), form, id, name, hold })
}

texts!(Text {
    title(name): "Legal hold on {name}", "Mesure de conservation : {name}", "Orden de conservación sobre {name}";
    lead: "While it lasts, nothing that leads to this person is removed, even if they ask for it. Their account says until when.",
        "Tant qu’elle dure, rien de ce qui mène à cette personne n’est supprimé, même à sa demande. Son compte indique jusqu’à quand.",
        "Mientras dure, no se elimina nada que conduzca a esta persona, aunque lo pida. Su cuenta indica hasta cuándo.";
    in_force(day): "In force until {day}.", "En vigueur jusqu’au {day}.", "En vigor hasta el {day}.";
    lift: "Lift the hold", "Lever la mesure", "Levantar la orden";
    until: "Last day", "Dernier jour", "Último día";
    enter_until: "Enter the last day", "Indiquez le dernier jour", "Indique el último día";
    not_in_the_past: "Choose today or a later day", "Choisissez aujourd’hui ou un jour ultérieur", "Elija hoy o un día posterior";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "For administrators only, such as the number of a proceeding.", "Pour l’administration seulement, par exemple le numéro d’une procédure.", "Solo para administración, por ejemplo el número de un procedimiento.";
    write_reason: "Write the reason", "Écrivez le motif", "Escriba el motivo";
    place: "Place the hold", "Décider la mesure", "Imponer la orden";
    change: "Change the hold", "Modifier la mesure", "Cambiar la orden";
    keep: "Leave it as it is", "Ne rien changer", "Dejarlo como está";
});
