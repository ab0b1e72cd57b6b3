//! An interview before the offer: the office proposes times, the candidate chooses one, both read it in their own time.

mod calendar;
mod choose;
mod hr;
mod propose;
mod supervisor;
mod zone;

use crate::db::Tx;
use crate::domain::PersonId;
use crate::domain::placement::State;
use crate::reference::zones;
use crate::text::{Lang, texts};
use crate::underway::Side;
use crate::web::actor::Actor;
use crate::web::{App, Error, Result};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(supervisor::routes())
        .merge(hr::routes())
        .merge(choose::routes())
        .merge(zone::routes())
        .merge(calendar::routes())
}

/// A placement that is not offered yet, and the interview about it if there is one.
pub struct Case {
    pub id: Uuid,
    pub state: State,
    pub reference: String,
    /// The candidate's, as released.
    pub name: String,
    pub office: String,
    pub candidate: PersonId,
    pub supervisor: PersonId,
    pub supervisor_name: String,
    pub supervisor_email: String,
    pub candidate_zone: Tz,
    pub supervisor_zone: Tz,
    pub interview: Option<Interview>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interview {
    /// One more with every change, from 1.
    pub sequence: i32,
    pub minutes: i16,
    /// A link, a number, a room.
    pub meeting: String,
    /// The times to choose from, the earliest first.
    pub slots: Vec<DateTime<Utc>>,
    pub starts_at: Option<DateTime<Utc>>,
    /// None of the times suits the candidate.
    pub is_refused: bool,
    pub is_cancelled: bool,
}

impl Case {
    /// Interviews are held before the offer.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Proposed | State::Approved)
    }

    /// How often the interview was changed so far; 0: there is none.
    pub fn sequence(&self) -> i32 {
        self.interview.as_ref().map_or(0, |interview| interview.sequence)
    }
}

/// A placement of the reader's: a candidate's once an interview is proposed, a supervisor's, or any but one's own for
/// Human Resources.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn case<R: Side>(tx: &mut Tx<Actor<R>>, id: Uuid) -> Result<Case> {
    let (me, zone) = (tx.actor(), tx.zone());
    let row = sqlx::query!(
        r#"select p.reference, p.state, p.office_id, p.supervisor_id, a.candidate_id, a.name, o.country,
               s.profile #>> '{about,residence}' as residence, c.time_zone as candidate_zone,
               v.time_zone as supervisor_zone, v.email as "email!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               i.sequence as "sequence?", i.minutes as "minutes?", i.meeting as "meeting?", i.starts_at,
               i.refused_at, i.cancelled_at,
               array(select t.starts_at from interview_slot t where t.placement_id = p.id order by 1) as "slots!"
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join office o on o.id = p.office_id
           join person c on c.id = a.candidate_id
           join person v on v.id = p.supervisor_id
           left join interview i on i.placement_id = p.id
           where p.id = $1 and a.state <> 'withdrawn' and c.erased_at is null
               and case $3 when 'intern' then a.candidate_id = $2 and i.placement_id is not null
                           when 'supervisor' then p.supervisor_id = $2
                           else a.candidate_id <> $2 end"#,
        id,
        me.0,
        R::NAME_OF_SIDE
    )
    .fetch_one(&mut **tx)
    .await?;
    let known = |kept: Option<String>, country: &str| {
        kept.and_then(|name| name.parse().ok()).or_else(|| zones::of_country(country)).unwrap_or(zone)
    };
    let interview = row.sequence.zip(row.minutes).zip(row.meeting);
    Ok(Case {
        id,
        state: State::from_code(&row.state).ok_or(Error::Missing("a known state"))?,
        reference: row.reference,
        name: row.name,
        office: row.office_id,
        candidate: row.candidate_id.into(),
        supervisor: row.supervisor_id.into(),
        supervisor_name: row.supervisor,
        supervisor_email: row.email,
        candidate_zone: known(row.candidate_zone, &row.residence.unwrap_or_default()),
        supervisor_zone: known(row.supervisor_zone, &row.country),
        interview: interview.map(|((sequence, minutes), meeting)| Interview {
            sequence,
            minutes,
            meeting,
            slots: row.slots,
            starts_at: row.starts_at,
            is_refused: row.refused_at.is_some(),
            is_cancelled: row.cancelled_at.is_some(),
        }),
    })
}

/// A moment on somebody's clock, with the place whose clock it is.
pub fn on_the_clock(at: DateTime<Utc>, zone: Tz, lang: Lang) -> String {
    format!("{} ({})", lang.moment(at, zone), zones::place(zone))
}

/// One time of an interview on both clocks, the reader's own first.
pub struct Both {
    pub mine: String,
    pub theirs: String,
}

impl Both {
    pub fn of(at: DateTime<Utc>, (mine, theirs): (Tz, Tz), lang: Lang) -> Both {
        Both { mine: on_the_clock(at, mine, lang), theirs: on_the_clock(at, theirs, lang) }
    }
}

texts!(pub Shared {
    overtaken: "The interview was changed meanwhile. Read what is new, then decide again. What you typed is still here.",
        "L’entretien a été modifié entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "La entrevista ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
    zone: "Your time zone", "Votre fuseau horaire", "Su zona horaria";
    choose_zone: "Choose your time zone", "Choisissez votre fuseau horaire", "Elija su zona horaria";
});
