//! The office proposes up to three times, proposes others, or calls the interview off.

use super::{Both, Case, Interview, Shared, case};
use crate::cases::hold_placement;
use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::reference::zones;
use crate::text::{Lang, texts};
use crate::underway::Side;
use crate::web::actor::Actor;
use crate::web::{Choice, Error, Filled, Page, Path, Posted, Problem, Result, TypedDate, html, see_other};
use axum::response::Response;
use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::ops::RangeInclusive;
use uuid::Uuid;

const MINUTES: RangeInclusive<i16> = 10..=180;
/// As long as anybody plans ahead.
const AHEAD: TimeDelta = TimeDelta::days(60);

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// The number of the interview that was read; 0: there was none.
    seen: i32,
    on1_day: String,
    on1_month: String,
    on1_year: String,
    at1: String,
    on2_day: String,
    on2_month: String,
    on2_year: String,
    at2: String,
    on3_day: String,
    on3_month: String,
    on3_year: String,
    at3: String,
    minutes: String,
    #[validate(length(max = 500))]
    meeting: String,
    zone: String,
}

/// A form that stands.
struct Plan {
    slots: Vec<DateTime<Utc>>,
    minutes: i16,
    meeting: String,
    zone: Tz,
}

#[derive(askama::Template)]
#[template(path = "interviews/propose.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    home: String,
    here: String,
    name: String,
    zones: Vec<Choice>,
    interview: Option<Standing>,
}

/// How the interview stands, in words.
struct Standing {
    tone: &'static str,
    icon: &'static str,
    what: String,
    times: Vec<Both>,
    meeting: String,
    has_calendar: bool,
    /// Its number, while it can be called off.
    open: Option<i32>,
}

pub async fn ask<R: Side>(me: Actor<R>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    if !now.is_open() {
        return see_other(&R::home(id));
    }
    let before = now.interview.as_ref();
    let form = Form {
        seen: now.sequence(),
        minutes: before.map_or(30, |interview| interview.minutes).to_string(),
        meeting: before.map_or(String::new(), |interview| interview.meeting.clone()),
        zone: now.supervisor_zone.name().to_owned(),
        ..Form::default()
    };
    show(&me, &now, Filled::fresh(form))
}

pub async fn propose<R: Side>(me: Actor<R>, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    hold_placement(&mut tx, id).await?;
    let now = case(&mut tx, id).await?;
    let at = tx.now();
    let (form, plan) = match form.judge(|f| f.read(at).map(|plan| (f.clone(), plan))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, form),
    };
    let here = format!("{}/interview", R::home(id));
    if now.is_open() && form.seen == now.sequence() {
        write(&mut tx, &now, &plan).await?;
        let done =
            tx.note(Note::InterviewProposed, id, &[(now.candidate, Letter::InterviewProposed)]).await?;
        tx.commit(done).await?;
        return see_other(&here);
    }
    let is_done = |it: &Interview| {
        !it.is_cancelled && it.slots == plan.slots && it.meeting == plan.meeting && it.minutes == plan.minutes
    };
    match now.interview.as_ref().is_some_and(is_done) {
        true => see_other(&here), // pressed twice
        false => {
            let again = Form { seen: now.sequence(), ..form };
            show(&me, &now, Filled::overtaken(again, |l| Shared(l).overtaken()))
        }
    }
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct CallOff {
    seen: i32,
}

/// Called off as it was seen; otherwise the page says how it stands.
pub async fn call_off<R: Side>(
    me: Actor<R>,
    Path(id): Path<Uuid>,
    form: Posted<CallOff>,
) -> Result<Response> {
    let Ok(form) = form.judge(|f| Ok(f.clone())) else { return Err(Error::Unreadable) };
    let mut tx = me.begin().await?;
    hold_placement(&mut tx, id).await?;
    let now = case(&mut tx, id).await?;
    let at = tx.now();
    let called_off = sqlx::query!(
        "update interview set cancelled_at = $3, sequence = sequence + 1
         where placement_id = $1 and sequence = $2 and cancelled_at is null",
        id,
        form.seen,
        at
    );
    if called_off.execute(&mut *tx).await?.rows_affected() == 1 {
        let mut letters = vec![(now.candidate, Letter::InterviewCancelled)];
        letters.extend((now.supervisor != me.id).then_some((now.supervisor, Letter::InterviewOff)));
        let done = tx.note(Note::InterviewCancelled, id, &letters).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("{}/interview", R::home(id)))
}

impl Form {
    fn read(&self, now: DateTime<Utc>) -> Result<Plan, Vec<Problem>> {
        let mut problems = Vec::new();
        let zone: Option<Tz> = self.zone.parse().ok();
        if zone.is_none() {
            problems.push(Problem::missing("zone", |l| Shared(l).choose_zone()));
        }
        let mut slots = Vec::new();
        let typed = [
            (["on1", "at1"], [&self.on1_day, &self.on1_month, &self.on1_year, &self.at1]),
            (["on2", "at2"], [&self.on2_day, &self.on2_month, &self.on2_year, &self.at2]),
            (["on3", "at3"], [&self.on3_day, &self.on3_month, &self.on3_year, &self.at3]),
        ];
        for (fields, parts) in typed {
            match slot(fields, parts, zone.unwrap_or(Tz::UTC), now) {
                Ok(Some(at)) if slots.contains(&at) => {
                    problems.push(Problem::at(fields[1], |l| Text(l).twice()));
                }
                Ok(at) => slots.extend(at),
                Err(problem) => problems.push(problem),
            }
        }
        if slots.is_empty() && problems.is_empty() {
            problems.push(Problem::missing("on1", |l| Text(l).one_time()));
        }
        let minutes = self.minutes.parse().ok().filter(|minutes| MINUTES.contains(minutes));
        if minutes.is_none() {
            problems.push(Problem::at("minutes", |l| Text(l).real_minutes(MINUTES.start(), MINUTES.end())));
        }
        if self.meeting.is_empty() {
            problems.push(Problem::missing("meeting", |l| Text(l).say_where()));
        }
        slots.sort_unstable();
        match (zone, minutes) {
            (Some(zone), Some(minutes)) if problems.is_empty() => {
                Ok(Plan { slots, minutes, meeting: self.meeting.clone(), zone })
            }
            _ => Err(problems),
        }
    }
}

/// A time of a day on somebody's clock; `None` if nothing was typed. Where clocks are set back an hour comes twice: the
/// first of the two is meant.
fn slot(
    [on, at]: [&'static str; 2],
    [day, month, year, time]: [&String; 4],
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Problem> {
    let typed = TypedDate { day, month, year };
    let day = match typed.read(on, |l| Text(l).day())? {
        None if time.is_empty() => return Ok(None),
        None => return Err(Problem::missing(on, |l| Text(l).enter_day())),
        Some(day) => day,
    };
    let time =
        NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| Problem::at(at, |l| Text(l).enter_time()))?;
    let moment = zone.from_local_datetime(&day.and_time(time)).earliest();
    let moment = moment.ok_or_else(|| Problem::at(at, |l| Text(l).no_such_time()))?.to_utc();
    match moment {
        moment if moment <= now => Err(Problem::at(on, |l| Text(l).past())),
        moment if moment > now + AHEAD => Err(Problem::at(on, |l| Text(l).too_far(AHEAD.num_days()))),
        moment => Ok(Some(moment)),
    }
}

/// Whatever was chosen before is chosen no longer.
async fn write<R: Side>(tx: &mut Tx<Actor<R>>, case: &Case, plan: &Plan) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    sqlx::query!(
        "insert into interview (placement_id, proposed_by, proposed_at, minutes, meeting, sequence)
         values ($1, $2, $3, $4, $5, 1)
         on conflict (placement_id) do update set proposed_by = $2, proposed_at = $3, minutes = $4, meeting = $5,
             sequence = interview.sequence + 1, starts_at = null, chosen_at = null, refused_at = null,
             cancelled_at = null, reminded_at = null",
        case.id,
        me.0,
        now,
        plan.minutes,
        plan.meeting
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("delete from interview_slot where placement_id = $1", case.id).execute(&mut **tx).await?;
    sqlx::query!(
        "insert into interview_slot (placement_id, starts_at) select $1, unnest($2::timestamptz[])",
        case.id,
        &plan.slots
    )
    .execute(&mut **tx)
    .await?;
    if me == case.supervisor {
        sqlx::query!("update person set time_zone = $2 where id = $1", me.0, plan.zone.name())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

fn show<R: Side>(me: &Actor<R>, now: &Case, form: Filled<Form>) -> Result<Response> {
    let choice =
        |zone: Tz| Choice::new(zone.name(), zone.name().replace('_', " "), zone.name() == form.values.zone);
    let view = View {
        page: me.page(Text),
        home: R::home(now.id),
        here: format!("{}/interview", R::home(now.id)),
        name: now.name.clone(),
        zones: zones::all().into_iter().map(choice).collect(),
        interview: now.interview.as_ref().map(|interview| standing(now, interview, me.lang)),
        form,
    };
    html(view.form.status(), &view)
}

fn standing(now: &Case, interview: &Interview, lang: Lang) -> Standing {
    let t = Text(lang);
    let (tone, icon, what) = match interview {
        Interview { is_cancelled: true, .. } => ("off", "dash", t.is_cancelled()),
        Interview { is_refused: true, .. } => ("you", "chat", t.is_refused()),
        Interview { starts_at: Some(_), .. } => ("ok", "ok", t.is_chosen()),
        _ => ("them", "clock", t.is_open()),
    };
    let times = match interview.starts_at {
        Some(at) => vec![at],
        None => interview.slots.clone(),
    };
    let clocks = (now.supervisor_zone, now.candidate_zone);
    Standing {
        tone,
        icon,
        what,
        times: times.into_iter().map(|at| Both::of(at, clocks, lang)).collect(),
        meeting: interview.meeting.clone(),
        has_calendar: interview.starts_at.is_some(),
        open: (!interview.is_cancelled && now.is_open()).then_some(interview.sequence),
    }
}

texts!(Text {
    title(name): "Interview with {name}", "Entretien avec {name}", "Entrevista con {name}";
    back: "The placement", "L’affectation", "La plaza";
    lead: "Propose up to three times. The candidate chooses one and reads every time on their own clock; you both get a calendar file.",
        "Proposez jusqu’à trois créneaux. La personne candidate en choisit un et lit chaque créneau à son heure ; vous recevez chacun un fichier d’agenda.",
        "Proponga hasta tres horarios. La persona candidata elige uno y lee cada horario en su hora; ambas partes reciben un archivo de calendario.";
    stands: "How it stands", "Où en est l’entretien", "Cómo está";
    is_open: "Waiting for the candidate to choose", "En attente du choix de la personne candidate", "A la espera de que la persona candidata elija";
    is_chosen: "Agreed", "Convenu", "Acordada";
    is_refused: "None of these times suits the candidate: propose others", "Aucun de ces créneaux ne convient à la personne candidate : proposez-en d’autres",
        "Ninguno de estos horarios le conviene a la persona candidata: proponga otros";
    is_cancelled: "Called off", "Annulé", "Cancelada";
    supervisor_clock: "Supervisor’s time", "Heure de la personne responsable", "Hora de la persona supervisora";
    candidate_clock: "Candidate’s time", "Heure de la personne candidate", "Hora de la persona candidata";
    meeting_at(meeting): "Where: {meeting}", "Où : {meeting}", "Dónde: {meeting}";
    calendar: "Download for your calendar", "Télécharger pour votre agenda", "Descargar para su calendario";
    call_off: "Call the interview off", "Annuler l’entretien", "Cancelar la entrevista";
    propose: "Propose times", "Proposer des créneaux", "Proponer horarios";
    propose_others: "Propose other times", "Proposer d’autres créneaux", "Proponer otros horarios";
    others_lead: "The candidate gets a letter and chooses again. Calendars that took the first file move the interview.",
        "La personne candidate reçoit un courriel et choisit à nouveau. Les agendas qui ont reçu le premier fichier déplacent l’entretien.",
        "La persona candidata recibe un mensaje y elige de nuevo. Los calendarios que tomaron el primer archivo mueven la entrevista.";
    time_n(n): "Time {n}: day", "Créneau {n} : jour", "Horario {n}: día";
    hour_n(n): "Time {n}: hour and minute", "Créneau {n} : heure et minute", "Horario {n}: hora y minuto";
    hour_hint: "For example, 14:30.", "Par exemple, 14:30.", "Por ejemplo, 14:30.";
    zone: "Time zone", "Fuseau horaire", "Zona horaria";
    zone_hint: "The times above are on this clock.", "Les créneaux ci-dessus sont à cette heure.", "Los horarios de arriba están en esta hora.";
    minutes: "Minutes", "Minutes", "Minutos";
    meeting: "Where", "Où", "Dónde";
    meeting_hint: "A link, a number to call, or a room.", "Un lien, un numéro à appeler ou une salle.", "Un enlace, un número al que llamar o una sala.";
    day: "Day", "Jour", "Día";
    enter_day: "Enter the day", "Indiquez le jour", "Indique el día";
    enter_time: "Enter a time of day, such as 14:30", "Indiquez une heure, par exemple 14:30", "Indique una hora, por ejemplo 14:30";
    no_such_time: "Clocks are set forward on that day, and this time does not exist: choose another",
        "Ce jour-là, on avance les montres et cette heure n’existe pas : choisissez-en une autre",
        "Ese día se adelantan los relojes y esta hora no existe: elija otra";
    past: "The time must be still to come", "Le créneau doit être à venir", "El horario debe estar por venir";
    too_far(days): "The time must be within {days} days", "Le créneau doit être dans les {days} jours", "El horario debe estar dentro de {days} días";
    twice: "This time is there already", "Ce créneau figure déjà", "Este horario ya está";
    one_time: "Propose at least one time", "Proposez au moins un créneau", "Proponga al menos un horario";
    real_minutes(from, to): "Enter a number of minutes, from {from} to {to}", "Indiquez un nombre de minutes, de {from} à {to}", "Indique un número de minutos, de {from} a {to}";
    say_where: "Say where the interview is held", "Indiquez où a lieu l’entretien", "Indique dónde se celebra la entrevista";
    send: "Send to the candidate", "Envoyer à la personne candidate", "Enviar a la persona candidata";
});
