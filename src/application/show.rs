//! My application on one page: where it stands, what Human Resources wrote, and everything that happened.

use super::placed::placed;
use super::standing::{Standing, Usual, Viewed, standing};
use super::timeline::{Event, Stop, events, timeline};
use super::{Mine, mine};
use crate::db::Tx;
use crate::domain::application::State;
use crate::domain::profile::Section;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Page, Result, html};
use crate::{explain, reasons};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};

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
    /// An office would like to talk to me: the address.
    interview: Option<String>,
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
    let (mut unread, mut interview) = (0, None);
    let shown = match mine(&mut tx).await? {
        Some(mine) => {
            unread = unread_messages(&mut tx, &mine).await?;
            interview = interview_to_come(&mut tx, &mine).await?;
            Some(shown(me, &mut tx, &mine).await?)
        }
        None => None,
    };
    html(status, &View { page: me.page(Text), news, shown, unread, interview })
}

async fn shown(me: &Candidate, tx: &mut Tx<Candidate>, mine: &Mine) -> Result<Shown> {
    let events = events(tx, mine, me.lang).await?;
    let usual = usual_waits(tx).await?;
    let viewed = Viewed { lang: me.lang, now: tx.now(), today: tx.today(), zone: me.zone(), usual };
    let message = message(tx, mine.state(), &events, me.lang).await?;
    let placed = match mine.state() {
        State::Placed => placed(tx, mine, me.lang).await?,
        _ => None,
    };
    Ok(Shown {
        reference: mine.reference.clone(),
        released: tx.day_of(mine.waiting_since),
        latest: mine.latest,
        now: standing(mine, placed.as_ref(), &events, &viewed),
        message,
        timeline: timeline(mine.state(), placed.as_ref(), &events, (viewed.today, me.lang)),
    })
}

/// What Human Resources wrote with its last decision, if the state is still the one it led to.
async fn message(
    tx: &mut Tx<Candidate>,
    state: State,
    events: &[Event],
    lang: Lang,
) -> Result<Option<Message>> {
    let action = match state {
        State::ChangesRequested => "request_changes",
        State::NotSelected => "decline",
        _ => return Ok(None),
    };
    let Some(event) = events.iter().rev().find(|e| e.action == action && !e.of_placement) else {
        return Ok(None);
    };
    let reason = match event.facts["reason"].as_str() {
        Some(code) => reasons::words(tx, code, lang).await?,
        None => None,
    };
    let sections = event.facts["sections"].as_array().into_iter().flatten();
    let sections = sections.filter_map(|code| Section::from_code(code.as_str()?)).map(|section| {
        (format!("/profile/{}", section.code()), explain::profile::section_name(section, lang))
    });
    let written = event.reason.clone().unwrap_or_default();
    Ok(Some(Message {
        from: event.actor.clone(),
        at: event.at,
        text: match reason {
            Some(reason) => format!("{reason}\n{written}"),
            None => written,
        },
        sections: sections.collect(),
    }))
}

async fn unread_messages(tx: &mut Tx<Candidate>, mine: &Mine) -> Result<i64> {
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from message where application_id = $1 and from_staff and read_at is null"#,
        mine.id()
    );
    Ok(n.fetch_one(&mut **tx).await?)
}

/// The interview to choose a time for, or to come.
async fn interview_to_come(tx: &mut Tx<Candidate>, mine: &Mine) -> Result<Option<String>> {
    let now = tx.now();
    let id = sqlx::query_scalar!(
        "select p.id from placement p join interview i on i.placement_id = p.id
         where p.application_id = $1 and p.state in ('proposed', 'approved') and i.cancelled_at is null
             and (i.starts_at is null or i.starts_at > $2)
         order by i.starts_at nulls first, p.id limit 1",
        mine.id(),
        now
    );
    Ok(id.fetch_optional(&mut **tx).await?.map(|id| format!("/interview/{id}")))
}

/// How long each step usually takes, as last measured (`jobs::measure`).
async fn usual_waits(tx: &mut Tx<Candidate>) -> Result<Usual> {
    let rows = sqlx::query!("select stage, days from usual_wait").fetch_all(&mut **tx).await?;
    let days = |stage: &str| {
        rows.iter().find(|row| row.stage == stage).map(|row| u64::from(row.days.unsigned_abs()))
    };
    Ok(Usual { claim: days("claim"), decide: days("decide"), approve: days("approve"), offer: days("offer") })
}

texts!(Text {
    talk: "An office would like to talk to you.", "Un bureau souhaite s’entretenir avec vous.", "Una oficina desea conversar con usted.";
    to_talk: "See the interview", "Voir l’entretien", "Ver la entrevista";
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
