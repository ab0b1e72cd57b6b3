//! Either side records an absence, or corrects an entry by another one.

use super::{Entry, Kind, Record, entries};
use crate::cases::hold_placement;
use crate::db::{Note, Tx};
use crate::domain::placement::State;
use crate::domain::terms::Stay;
use crate::text::texts;
use crate::underway::{Internship, Side, internship};
use crate::web::actor::Actor;
use crate::web::{Choice, Filled, Path, Posted, Problem, Query, Result, TypedDate, amount, see_other};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use uuid::Uuid;

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// The entry that this one takes the place of; empty if none.
    pub corrects: String,
    pub kind: String,
    pub first_day: String,
    pub first_month: String,
    pub first_year: String,
    pub last_day: String,
    pub last_month: String,
    pub last_year: String,
    pub days: String,
}

/// Which entry somebody wants to correct.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    corrects: Option<Uuid>,
}

/// A form that stands.
#[derive(Clone, PartialEq, Eq)]
struct Absence {
    corrects: Option<Uuid>,
    kind: &'static str,
    first_day: NaiveDate,
    last_day: NaiveDate,
    days: Decimal,
}

/// A page of either side's.
pub struct Shown {
    pub form: Filled<Form>,
    pub kinds: Vec<Choice>,
    pub record: Record,
    pub home: String,
    pub here: String,
    /// Where entries are corrected; empty: nowhere any more.
    pub to_correct: String,
    /// Absences are recorded while the internship is under way.
    pub is_open: bool,
}

pub async fn ask<R: Side>(me: &Actor<R>, id: Uuid, Query(wanted): Query<Wanted>) -> Result<Shown> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let known = entries(&mut tx, id).await?;
    let corrected = known.iter().find(|entry| Some(entry.id) == wanted.corrects && !entry.is_replaced);
    let form = corrected.map_or(Form::default(), as_typed);
    Ok(shown(me, &now, &known, Filled::fresh(form)))
}

/// The page again if the form does not stand, otherwise where it leads.
pub async fn record<R: Side>(
    me: &Actor<R>,
    Path(id): Path<Uuid>,
    form: Posted<Form>,
) -> Result<Result<Response, Shown>> {
    let mut tx = me.begin().await?;
    hold_placement(&mut tx, id).await?;
    let now = internship(&mut tx, id).await?;
    let known = entries(&mut tx, id).await?;
    let (form, absence) = match form.judge(|f| f.read(now.stay()).map(|absence| (f.clone(), absence))) {
        Ok(judged) => judged,
        Err(form) => return Ok(Err(shown(me, &now, &known, form))),
    };
    let here = format!("{}/absences", R::home(id));
    let in_force = || known.iter().filter(|entry| !entry.is_replaced);
    if in_force().any(|entry| absence.is(entry)) {
        return Ok(Ok(see_other(&here)?)); // pressed twice
    }
    let is_known = |id| in_force().any(|entry| entry.id == id);
    if now.state() != State::Started || absence.corrects.is_some_and(|id| !is_known(id)) {
        let form = Filled::overtaken(form, |l| Text(l).overtaken());
        return Ok(Err(shown(me, &now, &known, form)));
    }
    if in_force().any(|entry| Some(entry.id) != absence.corrects && absence.overlaps(entry)) {
        let problem = Problem::at("first", |l| Text(l).there_already());
        return Ok(Err(shown(me, &now, &known, Filled::with(form, vec![problem]))));
    }
    write(&mut tx, id, &absence).await?;
    let done = tx.note(Note::AbsenceRecorded, id, &[]).await?;
    tx.commit(done).await?;
    Ok(Ok(see_other(&here)?))
}

impl Absence {
    fn is(&self, entry: &Entry) -> bool {
        (self.kind, self.first_day, self.last_day, self.days)
            == (entry.kind.code(), entry.first_day, entry.last_day, entry.days)
    }

    fn overlaps(&self, entry: &Entry) -> bool {
        let is_none = self.days.is_zero() || entry.days.is_zero();
        !is_none && self.first_day <= entry.last_day && entry.first_day <= self.last_day
    }
}

impl Form {
    fn read(&self, stay: Stay) -> Result<Absence, Vec<Problem>> {
        let mut problems = Vec::new();
        let kind = Kind::from_code(&self.kind);
        if kind.is_none() {
            problems.push(Problem::missing("kind", |l| Text(l).choose_kind()));
        }
        let first = TypedDate { day: &self.first_day, month: &self.first_month, year: &self.first_year };
        let first = first.wanted("first", |l| Text(l).first(), |l| Text(l).enter_first(), &mut problems);
        let last = TypedDate { day: &self.last_day, month: &self.last_month, year: &self.last_year };
        // one day is said once
        let last = match last.is_empty() {
            true => first,
            false => last.wanted("last", |l| Text(l).last(), |l| Text(l).last(), &mut problems),
        };
        let outside = |day: NaiveDate| day < stay.start || day > stay.end;
        if first.is_some_and(outside) {
            problems.push(Problem::at("first", |l| Text(l).outside()));
        } else if last.is_some_and(outside) {
            problems.push(Problem::at("last", |l| Text(l).outside()));
        } else if first.zip(last).is_some_and(|(first, last)| last < first) {
            problems.push(Problem::at("last", |l| Text(l).backwards()));
        }
        let days = amount(&self.days).filter(|days| (*days * Decimal::TWO).fract().is_zero());
        let corrects: Option<Uuid> = self.corrects.parse().ok();
        let least = if corrects.is_none() { Decimal::new(5, 1) } else { Decimal::ZERO };
        match (days, first.zip(last)) {
            (None, _) => problems.push(Problem::at("days", |l| Text(l).real_days())),
            (Some(days), _) if days < least => problems.push(Problem::at("days", |l| Text(l).real_days())),
            (Some(days), Some((first, last)))
                if last >= first && days > Decimal::from((last - first).num_days() + 1) =>
            {
                problems.push(Problem::at("days", |l| Text(l).too_many()));
            }
            _ => {}
        }
        match (kind, first, last, days) {
            (Some(kind), Some(first_day), Some(last_day), Some(days)) if problems.is_empty() => {
                Ok(Absence { corrects, kind: kind.code(), first_day, last_day, days })
            }
            _ => Err(problems),
        }
    }
}

fn as_typed(entry: &Entry) -> Form {
    let parts = |day: NaiveDate| (day.day().to_string(), day.month().to_string(), day.year().to_string());
    let (first, last) = (parts(entry.first_day), parts(entry.last_day));
    Form {
        corrects: entry.id.to_string(),
        kind: entry.kind.code().to_owned(),
        first_day: first.0,
        first_month: first.1,
        first_year: first.2,
        last_day: last.0,
        last_month: last.1,
        last_year: last.2,
        days: entry.days.normalize().to_string(),
    }
}

/// The entry that is corrected stays to be read, and counts no longer.
async fn write<R: Side>(tx: &mut Tx<Actor<R>>, placement: Uuid, absence: &Absence) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    sqlx::query!(
        "update absence set replaced_at = $3 where id = $1 and placement_id = $2",
        absence.corrects,
        placement,
        now
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into absence (id, placement_id, kind, first_day, last_day, days, recorded_by, recorded_at, corrects)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        Uuid::now_v7(),
        placement,
        absence.kind,
        absence.first_day,
        absence.last_day,
        absence.days,
        me.0,
        now,
        absence.corrects
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn shown<R: Side>(me: &Actor<R>, now: &Internship, known: &[Entry], form: Filled<Form>) -> Shown {
    let kind = |kind: Kind| Choice::new(kind.code(), kind.name(me.lang), kind.code() == form.values.kind);
    let (here, is_open) = (format!("{}/absences", R::home(now.id())), now.state() == State::Started);
    Shown {
        kinds: Kind::ALL.map(kind).into(),
        record: Record::of(now, known, me.lang),
        home: R::home(now.id()),
        to_correct: if is_open { here.clone() } else { String::new() },
        here,
        is_open,
        form,
    }
}

texts!(pub Text {
    back: "The internship", "Le stage", "La pasantía";
    lead: "Record days on which the intern is not at work. Say nothing about anybody’s health: the kind is enough. An entry stays; another one corrects it.",
        "Enregistrez les jours où la personne en stage n’est pas au travail. Ne dites rien de la santé de quiconque : la nature suffit. Une saisie reste ; une autre la corrige.",
        "Registre los días en que la persona en pasantía no trabaja. No diga nada sobre la salud de nadie: basta el tipo. Un registro se conserva; otro lo corrige.";
    record: "Record an absence", "Enregistrer une absence", "Registrar una ausencia";
    correct: "Correct an entry", "Corriger une saisie", "Corregir un registro";
    correct_lead: "Write what is right. If there was no absence, write 0 days.", "Écrivez ce qui est exact. S’il n’y a pas eu d’absence, écrivez 0 jour.",
        "Escriba lo correcto. Si no hubo ausencia, escriba 0 días.";
    kind: "Kind", "Nature", "Tipo";
    choose_kind: "Choose the kind", "Choisissez la nature", "Elija el tipo";
    first: "First day away", "Premier jour d’absence", "Primer día de ausencia";
    enter_first: "Enter the first day away", "Indiquez le premier jour d’absence", "Indique el primer día de ausencia";
    last: "Last day away", "Dernier jour d’absence", "Último día de ausencia";
    last_hint: "Leave it empty for a single day.", "Laissez vide pour un seul jour.", "Déjelo vacío si es un solo día.";
    outside: "The day must lie within the internship", "Le jour doit être compris dans le stage", "El día debe estar dentro de la pasantía";
    backwards: "Last day away must not be before the first", "Le dernier jour d’absence ne peut pas précéder le premier", "El último día de ausencia no puede ser anterior al primero";
    days: "Working days, half days included", "Jours ouvrés, demi-journées comprises", "Días laborables, medios días incluidos";
    days_hint: "For example, 2 or 0.5.", "Par exemple, 2 ou 0,5.", "Por ejemplo, 2 o 0,5.";
    real_days: "Enter the number of working days, such as 2 or 0.5", "Indiquez le nombre de jours ouvrés, par exemple 2 ou 0,5", "Indique el número de días laborables, por ejemplo 2 o 0,5";
    too_many: "There are fewer days between these dates", "Il y a moins de jours entre ces dates", "Hay menos días entre estas fechas";
    there_already: "An absence is recorded for one of these days already: correct that entry", "Une absence est déjà enregistrée pour l’un de ces jours : corrigez cette saisie",
        "Ya hay una ausencia registrada en uno de estos días: corrija ese registro";
    overtaken: "The record was changed meanwhile, or the internship is over. Read what is new. What you typed is still here.",
        "L’enregistrement a été modifié entre-temps, ou le stage est terminé. Lisez ce qui est nouveau. Ce que vous avez saisi est toujours là.",
        "El registro ha cambiado entretanto o la pasantía ha terminado. Lea las novedades. Lo que escribió sigue aquí.";
    send: "Record", "Enregistrer", "Registrar";
});
