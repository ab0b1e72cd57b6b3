//! The candidate asks for other dates. The offer stands meanwhile; Human Resources may take it back for another.

use super::{Offer, Shared, offer};
use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::terms::Stay;
use crate::text::texts;
use crate::web::{App, Candidate, Filled, Page, Path, Posted, Problem, Result, TypedDate, html, see_other};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/offer/{id}/dates", get(ask).post(send))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    start_day: String,
    start_month: String,
    start_year: String,
    end_day: String,
    end_month: String,
    end_year: String,
    #[validate(length(max = 2000))]
    words: String,
}

#[derive(askama::Template)]
#[template(path = "offer/dates.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    id: Uuid,
    offered: String,
    answer_by: NaiveDate,
    /// Nothing is to be asked any more: what was typed is there to be read and copied.
    is_closed: bool,
}

impl View {
    /// As they were typed, whether they are days or not.
    fn typed_days(&self) -> String {
        let it = &self.form.values;
        let day = |parts: [&String; 3]| parts.map(String::as_str).join(" ").trim().to_owned();
        let start = day([&it.start_day, &it.start_month, &it.start_year]);
        format!("{start} – {}", day([&it.end_day, &it.end_month, &it.end_year]))
    }
}

async fn ask(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    if !mine.is_open(tx.today()) {
        return see_other(&format!("/offer/{id}"));
    }
    let asked =
        sqlx::query!("select starts_on, ends_on, words from date_request where placement_id = $1", id);
    let (stay, words) = match asked.fetch_optional(&mut *tx).await? {
        Some(row) => (Stay { start: row.starts_on, end: row.ends_on }, row.words),
        None => (mine.stay(), String::new()),
    };
    let form = Form {
        start_day: stay.start.day().to_string(),
        start_month: stay.start.month().to_string(),
        start_year: stay.start.year().to_string(),
        end_day: stay.end.day().to_string(),
        end_month: stay.end.month().to_string(),
        end_year: stay.end.year().to_string(),
        words,
    };
    show(&me, &mine, Filled::fresh(form), false)
}

async fn send(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = offer(&mut tx, id).await?;
    let today = tx.today();
    if !mine.is_open(today) {
        return too_late(&me, &mine, form.judge(|f| Ok::<_, Vec<Problem>>(f.clone())));
    }
    let (form, stay) = match form.judge(|f| f.read(mine.stay(), today).map(|stay| (f.clone(), stay))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mine, form, false),
    };
    if ask_for(&mut tx, id, stay, &form.words).await? {
        let letters = [(mine.case.facts().proposed_by, Letter::DatesAsked)];
        let done = tx.note(Note::DatesAsked, id, &letters).await?;
        tx.commit(done).await?;
        return see_other(&format!("/offer/{id}"));
    }
    let now = offer(&mut tx, id).await?;
    match now.is_open(today) {
        true => see_other(&format!("/offer/{id}")),
        false => too_late(&me, &now, Ok(form)),
    }
}

/// The offer was answered, taken back or ran out meanwhile: whoever wrote something gets it back.
fn too_late(me: &Candidate, mine: &Offer, form: Result<Form, Filled<Form>>) -> Result<Response> {
    let form = form.unwrap_or_else(|filled| filled.values);
    if form.words.is_empty() {
        return see_other(&format!("/offer/{}", mine.id()));
    }
    let is_accepted = mine.is_accepted();
    show(me, mine, Filled::overtaken(form, move |l| Shared(l).closed(is_accepted)), true)
}

impl Form {
    fn read(&self, offered: Stay, today: NaiveDate) -> Result<Stay, Vec<Problem>> {
        let mut problems = Vec::new();
        let start = TypedDate { day: &self.start_day, month: &self.start_month, year: &self.start_year };
        let end = TypedDate { day: &self.end_day, month: &self.end_month, year: &self.end_year };
        let start = start.wanted("start", |l| Text(l).start(), |l| Text(l).enter_start(), &mut problems);
        let end = end.wanted("end", |l| Text(l).end(), |l| Text(l).enter_end(), &mut problems);
        let (Some(start), Some(end)) = (start, end) else { return Err(problems) };
        let stay = Stay { start, end };
        if start <= today {
            return Err(vec![Problem::at("start", |l| Text(l).start_past())]);
        }
        if end <= start {
            return Err(vec![Problem::at("end", |l| Text(l).end_first())]);
        }
        if stay == offered {
            return Err(vec![Problem::at("start", |l| Text(l).same())]);
        }
        Ok(stay)
    }
}

fn show(me: &Candidate, mine: &Offer, form: Filled<Form>, is_closed: bool) -> Result<Response> {
    let (lang, stay) = (me.lang, mine.stay());
    let view = View {
        page: me.page(Text),
        shared: Shared(lang),
        form,
        id: mine.id(),
        offered: Text(lang).offered(lang.date(stay.start), lang.date(stay.end)),
        answer_by: mine.answer_by,
        is_closed,
    };
    html(view.form.status(), &view)
}

/// Keeps the wish; `false`: it is there already, word for word, or the offer is no longer open.
async fn ask_for(tx: &mut Tx<Candidate>, id: Uuid, stay: Stay, words: &str) -> Result<bool> {
    let now = tx.now();
    let kept = sqlx::query!(
        "insert into date_request as r (placement_id, starts_on, ends_on, words, asked_at)
         select id, $2, $3, $4, $5 from placement where id = $1 and state = 'offered' for share
         on conflict (placement_id) do update set starts_on = $2, ends_on = $3, words = $4, asked_at = $5
         where (r.starts_on, r.ends_on, r.words) is distinct from ($2, $3, $4)",
        id,
        stay.start,
        stay.end,
        words,
        now
    );
    Ok(kept.execute(&mut **tx).await?.rows_affected() == 1)
}

texts!(Text {
    title: "Ask for other dates", "Demander d’autres dates", "Pedir otras fechas";
    lead: "Human Resources sees your wish and asks the office. If it agrees, this offer is taken back and you get a new one.",
        "Les Ressources humaines voient votre souhait et consultent le bureau. En cas d’accord, cette offre est retirée et vous en recevez une nouvelle.",
        "Recursos Humanos ve su petición y consulta a la oficina. Si está de acuerdo, esta oferta se retira y recibe una nueva.";
    offered(from, to): "You are offered {from} to {to}.", "L’offre va du {from} au {to}.", "La oferta va del {from} al {to}.";
    until(day): "Asking does not stop the clock: if you want this offer as it is, accept it by {day}.",
        "La demande n’arrête pas le délai : si vous voulez cette offre telle quelle, acceptez-la d’ici au {day}.",
        "La petición no detiene el plazo: si quiere esta oferta como está, acéptela a más tardar el {day}.";
    start: "First day", "Premier jour", "Primer día";
    end: "Last day", "Dernier jour", "Último día";
    enter_start: "Enter the first day", "Indiquez le premier jour", "Indique el primer día";
    enter_end: "Enter the last day", "Indiquez le dernier jour", "Indique el último día";
    start_past: "First day must lie in the future", "Le premier jour doit être à venir", "El primer día debe ser futuro";
    end_first: "Last day must be after the first day", "Le dernier jour doit suivre le premier", "El último día debe ser posterior al primero";
    same: "These are the dates you are offered: change them, or accept the offer", "Ce sont les dates de l’offre : modifiez-les, ou acceptez l’offre",
        "Son las fechas de la oferta: cámbielas o acepte la oferta";
    words: "Why? (optional)", "Pourquoi ? (facultatif)", "¿Por qué? (opcional)";
    words_hint: "Human Resources and the office read this.", "Les Ressources humaines et le bureau liront ce texte.", "Recursos Humanos y la oficina leerán este texto.";
    send: "Ask for these dates", "Demander ces dates", "Pedir estas fechas";
});
