//! The candidate chooses one of the times, or says that none suits; until the interview, another one can be chosen.

use super::{Both, Case, Interview, Shared, case, on_the_clock};
use crate::cases::hold_placement;
use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::offices;
use crate::reference::zones;
use crate::text::texts;
use crate::web::{
    App, Candidate, Choice, Error, Filled, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/interview/{id}", get(ask).post(choose))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The number of the interview that was read.
    seen: i32,
    /// A moment (RFC 3339), or `none`.
    time: String,
}

#[derive(askama::Template)]
#[template(path = "interviews/choose.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    place: String,
    supervisor: String,
    minutes: i16,
    meeting: String,
    /// The time agreed.
    agreed: Option<Both>,
    is_refused: bool,
    /// No longer to be chosen: called off, or there is an offer, or nothing comes of it.
    is_closed: bool,
    has_calendar: bool,
    times: Vec<Choice>,
    zone_words: String,
    zones: Vec<Choice>,
}

async fn ask(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let time = now.interview.as_ref().and_then(|it| it.starts_at).map_or(String::new(), |at| at.to_rfc3339());
    let form = Form { seen: now.sequence(), time };
    show(&me, &mut tx, &now, Filled::fresh(form)).await
}

async fn choose(me: Candidate, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    hold_placement(&mut tx, id).await?;
    let now = case(&mut tx, id).await?;
    let interview = now.interview.clone().ok_or(Error::NotFound)?;
    let at = tx.now();
    let (form, chosen) = match form.judge(|f| f.read(&interview, at).map(|chosen| (f.clone(), chosen))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, &now, form).await,
    };
    let here = format!("/interview/{id}");
    let says_so = match chosen {
        Some(_) => interview.starts_at == chosen,
        None => interview.is_refused,
    };
    if says_so && !interview.is_cancelled {
        return see_other(&here); // pressed twice
    }
    if !now.is_open() || interview.is_cancelled || form.seen != interview.sequence {
        let again = Form { seen: interview.sequence, ..form };
        return show(&me, &mut tx, &now, Filled::overtaken(again, |l| Shared(l).overtaken())).await;
    }
    write(&mut tx, id, chosen).await?;
    let (note, letter) = match chosen {
        Some(_) => (Note::InterviewChosen, Letter::InterviewChosen),
        None => (Note::InterviewRefused, Letter::InterviewRefused),
    };
    let done = tx.note(note, id, &[(now.supervisor, letter)]).await?;
    tx.commit(done).await?;
    see_other(&here)
}

impl Form {
    /// `None`: none of the times suits.
    fn read(&self, interview: &Interview, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Vec<Problem>> {
        if self.time == "none" {
            return Ok(None);
        }
        let typed = DateTime::parse_from_rfc3339(&self.time).map(|at| at.to_utc());
        match typed {
            Ok(at) if at <= now => Err(vec![Problem::at("time", |l| Text(l).past())]),
            Ok(at) if interview.slots.contains(&at) => Ok(Some(at)),
            _ => Err(vec![Problem::missing("time", |l| Text(l).choose_one())]),
        }
    }
}

async fn write(tx: &mut Tx<Candidate>, id: Uuid, chosen: Option<DateTime<Utc>>) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update interview set sequence = sequence + 1, starts_at = $2, reminded_at = null,
             chosen_at = case when $2::timestamptz is not null then $3::timestamptz end,
             refused_at = case when $2::timestamptz is null then $3::timestamptz end
         where placement_id = $1",
        id,
        chosen,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn show(me: &Candidate, tx: &mut Tx<Candidate>, now: &Case, form: Filled<Form>) -> Result<Response> {
    let interview = now.interview.as_ref().ok_or(Error::NotFound)?;
    let (t, at, lang) = (Text(me.lang), tx.now(), me.lang);
    let clocks = (now.candidate_zone, now.supervisor_zone);
    let time = |slot: &DateTime<Utc>| {
        let (value, both) = (slot.to_rfc3339(), Both::of(*slot, clocks, lang));
        let is_chosen = value == form.values.time;
        Choice::new(value, both.mine, is_chosen).hint(t.for_the_office(both.theirs))
    };
    let mut times: Vec<Choice> = interview.slots.iter().filter(|slot| **slot > at).map(time).collect();
    times.push(Choice::new("none", t.none_suits(), form.values.time == "none").hint(t.none_hint()));
    let zone = |zone: Tz| Choice::new(zone.name(), zone.name().replace('_', " "), zone == now.candidate_zone);
    let place = offices::names(tx, lang).await?.remove(&now.office).unwrap_or_else(|| now.office.clone());
    let is_closed = interview.is_cancelled || !now.is_open();
    let view = View {
        page: me.page(Text),
        id: now.id,
        place,
        supervisor: now.supervisor_name.clone(),
        minutes: interview.minutes,
        meeting: interview.meeting.clone(),
        agreed: interview.starts_at.filter(|_| !is_closed).map(|at| Both::of(at, clocks, lang)),
        is_refused: interview.is_refused,
        is_closed,
        has_calendar: interview.starts_at.is_some(),
        times,
        zone_words: t.now_there(on_the_clock(at, now.candidate_zone, lang)),
        zones: zones::all().into_iter().map(zone).collect(),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    title(place): "Interview with the office in {place}", "Entretien avec le bureau de {place}", "Entrevista con la oficina de {place}";
    back: "Where it stands", "Où j’en suis", "Estado";
    lead(supervisor, minutes): "{supervisor} would like to talk to you for {minutes} minutes. It is no offer yet, and no promise.",
        "{supervisor} souhaite s’entretenir avec vous pendant {minutes} minutes. Ce n’est pas encore une offre, ni une promesse.",
        "{supervisor} desea conversar con usted durante {minutes} minutos. Aún no es una oferta ni una promesa.";
    meeting(meeting): "Where: {meeting}", "Où : {meeting}", "Dónde: {meeting}";
    agreed(time): "Agreed: {time}", "Convenu : {time}", "Acordado: {time}";
    for_the_office(time): "For the supervisor: {time}", "Pour la personne responsable : {time}", "Para la persona supervisora: {time}";
    calendar: "Download for your calendar", "Télécharger pour votre agenda", "Descargar para su calendario";
    is_refused: "You said that none of these times suits you. The office proposes others, or you can still choose one.",
        "Vous avez indiqué qu’aucun créneau ne vous convient. Le bureau en propose d’autres ; vous pouvez encore en choisir un.",
        "Ha indicado que ningún horario le conviene. La oficina propone otros; aún puede elegir uno.";
    is_closed: "This interview does not take place, or lies behind you.", "Cet entretien n’a pas lieu, ou est passé.", "Esta entrevista no se celebra o ya pasó.";
    your_time: "Which time suits you?", "Quel créneau vous convient ?", "¿Qué horario le conviene?";
    none_suits: "None of these times", "Aucun de ces créneaux", "Ninguno de estos horarios";
    none_hint: "The office gets a letter and can propose others.", "Le bureau reçoit un courriel et peut en proposer d’autres.", "La oficina recibe un mensaje y puede proponer otros.";
    choose_one: "Choose a time, or say that none suits you", "Choisissez un créneau, ou indiquez qu’aucun ne vous convient",
        "Elija un horario o indique que ninguno le conviene";
    past: "This time has passed: choose another", "Ce créneau est passé : choisissez-en un autre", "Este horario ya pasó: elija otro";
    send: "Send my answer", "Envoyer ma réponse", "Enviar mi respuesta";
    zone: "Your time zone", "Votre fuseau horaire", "Su zona horaria";
    now_there(time): "It is now {time}. If that is wrong, choose your zone: we keep it.", "Il est maintenant {time}. Si c’est inexact, choisissez votre fuseau : nous le gardons.",
        "Ahora son {time}. Si no es correcto, elija su zona: la guardamos.";
    keep_zone: "Use this time zone", "Utiliser ce fuseau", "Usar esta zona";
});
