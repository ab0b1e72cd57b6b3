//! My application on one page: where it stands, what Human Resources wrote, and everything that happened.

use super::standing::{Standing, Viewed, standing};
use super::timeline::{Event, Stop, events, timeline};
use super::{Mine, mine};
use crate::db::Tx;
use crate::domain::application::{DeclineReason, State};
use crate::domain::profile::Section;
use crate::explain;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Page, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};

/// Until a claim was ever measured.
const USUAL_DAYS: u64 = 7;

pub fn routes() -> Router<App> {
    Router::new().route("/application", get(show))
}

#[derive(askama::Template)]
#[template(path = "application/show.html")]
struct View {
    page: Page<Text>,
    /// Why what was just pressed did not happen.
    news: Option<String>,
    /// `None`: nothing was ever released.
    shown: Option<Shown>,
    /// Messages of Human Resources that I have not read.
    unread: i64,
}

struct Shown {
    reference: String,
    released: NaiveDate,
    latest: i32,
    now: Standing,
    /// What Human Resources wrote, where it did.
    message: Option<Message>,
    timeline: Vec<Stop>,
}

struct Message {
    from: String,
    at: DateTime<Utc>,
    text: String,
    /// Sections to change, with their addresses.
    sections: Vec<(String, String)>,
}

async fn show(me: Candidate) -> Result<Response> {
    page(&me, StatusCode::OK, None).await
}

/// The page as it is now, with news on top if a step came too late.
pub async fn page(me: &Candidate, status: StatusCode, news: Option<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
<<<<<<< HEAD
    let unread = unread(&mut tx).await?;
    let shown = match mine(&mut tx).await? {
        Some(mine) => Some(shown(me, &mut tx, &mine).await?),
=======
    let mut unread = 0;
    let standing = match mine(&mut tx).await? {
        Some(mine) => {
            let events = events(&mut tx, &mine, me.lang).await?;
            let usual_days = usual_days(&mut tx).await?;
            unread = unread_messages(&mut tx, &mine).await?;
            Some(standing(&mine, &events, usual_days, me.lang, tx.today()))
        }
>>>>>>> d0f4c21 (messages: files that came while the scanner was away are looked through later)
        None => None,
    };
    html(status, &View { page: me.page(Text), news, shown, unread })
}

async fn shown(me: &Candidate, tx: &mut Tx<Candidate>, mine: &Mine) -> Result<Shown> {
    let events = events(tx, mine, me.lang).await?;
    let usual_days = usual_days(tx).await?;
    let viewed = Viewed { lang: me.lang, now: tx.now(), today: tx.today(), zone: me.zone(), usual_days };
    Ok(Shown {
        reference: mine.reference.clone(),
        released: tx.day_of(mine.waiting_since),
        latest: mine.latest,
        now: standing(mine, &events, &viewed),
        message: message(mine.state(), &events, me.lang),
        timeline: timeline(mine.state(), &events, me.lang),
    })
}

/// What Human Resources wrote with its last decision, if the state is still the one it led to.
fn message(state: State, events: &[Event], lang: Lang) -> Option<Message> {
    let action = match state {
        State::ChangesRequested => "request_changes",
        State::NotSelected => "decline",
        _ => return None,
    };
    let event = events.iter().rev().find(|e| e.action == action && !e.of_placement)?;
    let reason = event.facts["reason"].as_str().and_then(DeclineReason::from_code);
    let sections = event.facts["sections"].as_array().into_iter().flatten();
    let sections = sections.filter_map(|code| Section::from_code(code.as_str()?)).map(|section| {
        (format!("/profile/{}", section.code()), explain::profile::section_name(section, lang))
    });
    let written = event.reason.clone().unwrap_or_default();
    Some(Message {
        from: event.actor.clone(),
        at: event.at,
        text: match reason {
            Some(reason) => format!("{}\n{written}", explain::application::decline_reason(reason, lang)),
            None => written,
        },
        sections: sections.collect(),
    })
}

<<<<<<< HEAD
/// Of all my applications, though only one of them is open.
async fn unread(tx: &mut Tx<Candidate>) -> Result<i64> {
    let me = tx.actor();
=======
fn timeline(state: State, events: &[Event], lang: Lang) -> Vec<Stop> {
    let t = Text(lang);
    let done = |title: String, at, detail: String| Stop {
        tone: "ok",
        icon: "ok",
        title,
        at: Some(at),
        detail,
        is_done: true,
        is_here: false,
    };
    let mut stops: Vec<Stop> = events
        .iter()
        .filter_map(|e| {
            let number = e.facts["number"].as_i64().unwrap_or(1);
            let dates = match (e.starts_on, e.ends_on) {
                (Some(from), Some(to)) => t.from_to(lang.date(from), lang.date(to)),
                _ => String::new(),
            };
            let (title, detail) = match (e.of_placement, e.action.as_str()) {
                (false, "release") => (t.step_released(), String::new()),
                (false, "re_release") => (t.step_re_released(number), String::new()),
                (false, "claim") => (t.step_claimed(), t.with_person(&e.actor)),
                (false, "unclaim") => (t.step_unclaimed(), String::new()),
                (false, "request_changes") => (t.step_asked(), t.with_person(&e.actor)),
                (false, "pool" | "return_to_pool") => (t.step_pooled(), String::new()),
                (false, "decline") => (t.step_declined(), String::new()),
                (false, "reopen") => (t.step_reopened(), t.with_person(&e.actor)),
                (false, "renew") => (t.step_renewed(), String::new()),
                (false, "expire") => (t.step_expired(), String::new()),
                (false, "withdraw") => (t.step_withdrawn(), String::new()),
                (false, "place") => (t.step_placed(), String::new()),
                (true, "propose") => (t.step_proposed(&e.office), dates),
                (true, "approve") => (t.step_approved(&e.office), dates),
                (true, "decline") => (t.step_place_declined(&e.office), String::new()),
                (true, "cancel") => (t.step_place_cancelled(&e.office), String::new()),
                _ => return None,
            };
            Some(done(title, e.at, detail))
        })
        .collect();
    let next: &[fn(&Text) -> String] = match state {
        State::Released => &[Text::next_review, Text::next_matching, Text::next_offer],
        State::InReview => &[Text::next_decision, Text::next_matching, Text::next_offer],
        State::ChangesRequested => &[Text::next_answer, Text::next_matching, Text::next_offer],
        State::Pooled => &[Text::next_matching, Text::next_offer],
        State::NotSelected | State::Withdrawn | State::Expired | State::Placed => &[],
    };
    for (i, words) in next.iter().enumerate() {
        let (tone, icon) = match (i, state) {
            (0, State::ChangesRequested) => ("you", "here"),
            (0, _) => ("them", "here"),
            _ => ("off", "todo"),
        };
        let is_here = i == 0;
        stops.push(Stop {
            tone,
            icon,
            title: words(&t),
            at: None,
            detail: String::new(),
            is_done: false,
            is_here,
        });
    }
    stops
}

/// Everything recorded about my application and its placements, oldest first.
async fn events(tx: &mut Tx<Candidate>, mine: &Mine, lang: Lang) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"select e.at, e.subject, e.action, e.reason, e.facts,
                  coalesce(trim(p.given_names || ' ' || p.family_names), '') as "actor!",
                  pl.office_id as "office_id?", pl.starts_on as "starts_on?", pl.ends_on as "ends_on?"
           from audit_event e
           left join person p on p.id = e.actor_id
           left join placement pl on e.subject = 'placement' and pl.id = e.subject_id
           where (e.subject = 'application' and e.subject_id = $1)
              or (e.subject = 'placement' and e.subject_id in (select id from placement where application_id = $1))
           order by e.id"#,
        mine.id()
    )
    .fetch_all(&mut **tx)
    .await?;
    let names = offices::names(tx, lang).await?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            of_placement: row.subject == "placement",
            action: row.action,
            actor: row.actor,
            reason: row.reason,
            facts: row.facts,
            office: row.office_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        })
        .collect())
}

async fn unread_messages(tx: &mut Tx<Candidate>, mine: &Mine) -> Result<i64> {
>>>>>>> d0f4c21 (messages: files that came while the scanner was away are looked through later)
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from message where application_id = $1 and from_staff and read_at is null"#,
        mine.id()
    );
    Ok(n.fetch_one(&mut **tx).await?)
}

/// How long a released profile usually waits, as last measured (`jobs::measure`).
async fn usual_days(tx: &mut Tx<Candidate>) -> Result<u64> {
    let days = sqlx::query_scalar!("select days from waiting_time").fetch_optional(&mut **tx).await?;
    Ok(days.map_or(USUAL_DAYS, |days| u64::from(days.unsigned_abs())))
}

texts!(Text {
    title: "Your application", "Votre candidature", "Su candidatura";
    profile_released(reference, day): "Profile {reference}, released on {day}", "Dossier {reference}, transmis le {day}",
        "Perfil {reference}, enviado el {day}";
    where_it_is: "Where your profile is", "Où en est votre dossier", "Dónde está su perfil";
    your_profile: "Your profile", "Votre dossier", "Su perfil";
    read_released(n): "Read or print what you released (version {n})", "Lire ou imprimer ce que vous avez transmis (version {n})",
        "Leer o imprimir lo que envió (versión {n})";
    messages: "Messages with Human Resources", "Messages avec les Ressources humaines", "Mensajes con Recursos Humanos";
    unread(n): "{n} new", "{n} à lire", "{n} por leer";
    sections_to_change: "Change these sections, then release your profile again:",
        "Modifiez ces sections, puis transmettez à nouveau votre dossier :",
        "Cambie estas secciones y envíe de nuevo su perfil:";
    message: "Message from Human Resources", "Message des Ressources humaines", "Mensaje de Recursos Humanos";
    nothing_title: "Nobody can see your profile yet", "Personne ne voit encore votre dossier", "Nadie puede ver aún su perfil";
    nothing_lead: "It is yours alone until you release it. Releasing is not final: you can change it or take it back.",
        "Il n’appartient qu’à vous tant que vous ne l’avez pas transmis. Rien n’est définitif : vous pourrez le modifier ou le reprendre.",
        "Es solo suyo hasta que lo envíe. Enviar no es definitivo: podrá cambiarlo o retirarlo.";
    go_on: "Go on with my profile", "Continuer mon dossier", "Continuar mi perfil";
    release_again: "Check and release again", "Vérifier et transmettre à nouveau", "Revisar y enviar de nuevo";
    facts: "At a glance", "En bref", "En resumen";
});
