//! The candidate's own profile: filled in at leisure, kept as typed, released when it is ready.

pub mod about;
mod asked;
mod autosave;
pub mod cv;
pub mod dates;
pub mod documents;
pub mod education;
pub mod entries;
pub mod experience;
pub mod funding;
mod import;
pub mod languages;
pub mod letter;
mod newest;
pub mod openings;
pub mod release;
pub mod show;
mod unreleased;
pub mod whole;
pub mod wishes;
mod written;

use crate::db::{self, Done, Note, Tx};
use crate::domain::profile::{Document, DocumentKind, Section};
use crate::explain::typed;
use crate::offices;
use crate::text::texts;
use crate::web::form::as_sent;
use crate::web::{App, Candidate, Error, Filled, Posted, Problem, Result, see_other};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(about::routes())
        .merge(education::routes())
        .merge(languages::routes())
        .merge(funding::routes())
        .merge(wishes::routes())
        .merge(openings::routes())
        .merge(dates::routes())
        .merge(experience::routes())
        .merge(letter::routes())
        .merge(documents::routes())
        .merge(cv::routes())
        .merge(import::routes())
        .merge(release::routes())
}

/// The answers of one section, exactly as typed; what they mean is read from them.
pub trait Answers: Serialize + DeserializeOwned + Default + Clone + Send {
    const SECTION: Section;
    /// What complete and possible answers say.
    type Typed;

    /// The revision of the section that the form was shown with.
    fn seen(&self) -> i32;
    /// The same answers, to be shown with another revision.
    fn showing(self, seen: i32) -> Self;
    /// Whether the candidate goes back to the list, finished or not.
    fn later(&self) -> bool;
    /// The field to come back to, if a button was pressed that only changes the form, such as one more entry.
    fn place(&self) -> Option<String> {
        None
    }
    /// What is kept of what was sent.
    fn tidied(self) -> Self {
        self
    }

    /// # Errors
    /// Everything that is missing or cannot be, each pinned to its field; `today` is the organisation's day.
    fn read(&self, today: NaiveDate) -> Result<Self::Typed, Vec<Problem>>;
}

/// The three answers that every section's form has beside its own.
macro_rules! common_answers {
    () => {
        fn seen(&self) -> i32 {
            self.seen
        }

        fn showing(self, seen: i32) -> Self {
            Form { seen, ..self }
        }

        fn later(&self) -> bool {
            self.later
        }
    };
}
use common_answers;

/// One section as it is stored.
#[derive(Clone, Debug, Default)]
pub struct Draft<A> {
    pub answers: A,
    /// 0: never saved. Sent along with the form, so that two tabs do not overwrite each other.
    pub revision: i32,
    pub saved_at: Option<DateTime<Utc>>,
}

/// How far a section is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    NotStarted,
    /// Something is missing.
    InProgress,
    /// Something cannot be, or is against a rule.
    NeedsChange,
    Done,
}

/// One section of my own profile.
pub async fn load<A: Answers>(tx: &mut Tx<Candidate>) -> Result<Draft<A>> {
    let row = sqlx::query!(
        "select answers, revision, saved_at from profile_section where person_id = $1 and section = $2",
        tx.actor().0,
        A::SECTION.code()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(match row {
        // answers of an older shape are read as far as they go: every field has a default
        Some(row) => Draft {
            answers: serde_json::from_value(row.answers).unwrap_or_default(),
            revision: row.revision,
            saved_at: Some(row.saved_at),
        },
        None => Draft { answers: A::default(), revision: 0, saved_at: None },
    })
}

/// A section as its page shows it first: what was saved, if anything was.
pub async fn draft<A: Answers>(me: &Candidate) -> Result<Filled<A>> {
    let draft = load::<A>(&mut me.begin().await?).await?;
    Ok(Filled::fresh(draft.answers.showing(draft.revision)))
}

/// A section that is saved again and again within this time is one event in the record.
const SITTING: TimeDelta = TimeDelta::minutes(10);

/// Holds the profile until the commit, and counts the change: whoever releases holds it too, so nothing is
/// released unseen.
async fn touch(tx: &mut Tx<Candidate>) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    sqlx::query!(
        "insert into profile (person_id, updated_at) values ($1, $2)
         on conflict (person_id) do update set revision = profile.revision + 1, updated_at = $2",
        me.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps the answers of a section as typed, if nobody has saved it since revision `seen`; tells the new revision.
///
/// # Errors
/// [`Error::Conflict`](crate::web::Error::Conflict) if another tab or device was faster with other answers.
pub async fn save<A: Answers>(tx: &mut Tx<Candidate>, answers: &A, seen: i32) -> Result<(Done, i32)> {
    let (me, now) = (tx.actor(), tx.now());
    let answers = serde_json::to_value(answers)?;
    touch(tx).await?;
    let saved = sqlx::query_scalar!(
        "insert into profile_section as mine (person_id, section, answers, saved_at) values ($1, $2, $3, $4)
         on conflict (person_id, section) do update
             set answers = $3, revision = mine.revision + 1, saved_at = $4
             where mine.revision = $5 or mine.answers = $3
         returning revision",
        me.0,
        A::SECTION.code(),
        answers,
        now,
        seen
    )
    .fetch_optional(&mut **tx)
    .await?;
    let revision = saved.ok_or(db::Error::Conflict)?;
    unreleased::remember(tx).await?;
    Ok((tx.note_sitting(Note::Saved(A::SECTION.code()), me.0, SITTING).await?, revision))
}

/// What became of a section that was sent.
enum Kept<A> {
    /// Kept, and nothing keeps the candidate here.
    Saved(A),
    /// Kept where it could be; the page comes back with what is to be said.
    Again(Filled<A>),
}

/// Keeps what was typed whatever its judgement, then says what is missing or cannot be.
async fn keep<A: Answers + validator::Validate>(
    me: &Candidate,
    mut tx: Tx<Candidate>,
    form: Posted<A>,
    judge: impl FnOnce(&A) -> Result<(), Vec<Problem>>,
) -> Result<Kept<A>> {
    let (answers, back) = match form.judge(|f| judge(f).map(|()| f.clone())) {
        Ok(answers) => (answers, None),
        Err(form) => (form.values.clone(), Some(form)),
    };
    let answers = answers.tidied();
    let revision = match save(&mut tx, &answers, answers.seen()).await {
        Ok((done, revision)) => {
            tx.commit(done).await?;
            revision
        }
        Err(Error::Conflict) => {
            let saved = load::<A>(&mut tx).await?;
            let offices = offices::names(&mut tx, me.lang).await?;
            let read = |form: &A| Ok::<_, Error>(typed::answers(&as_sent(form)?, &offices, me.lang));
            let meanwhile = typed::differences(&read(&saved.answers)?, &read(&answers)?, me.lang);
            let form = Filled::overtaken(answers.showing(saved.revision), |l| SectionNames(l).overtaken());
            return Ok(Kept::Again(form.beside(meanwhile)));
        }
        Err(error) => return Err(error),
    };
    Ok(match back {
        Some(mut form) if !answers.later() && answers.place().is_none() => {
            form.values = form.values.showing(revision);
            Kept::Again(form)
        }
        _ => Kept::Saved(answers),
    })
}

/// From a saved section to the next one, back to the list, or to the field that a button was about.
fn go_on<A: Answers>(answers: &A) -> Result<Response> {
    let next = Section::ALL.get(A::SECTION.number()).filter(|_| !answers.later());
    see_other(&match (answers.place(), next) {
        (Some(field), _) => format!("/profile/{}#{field}", A::SECTION.code()),
        (None, Some(section)) => format!("/profile/{}", section.code()),
        (None, None) => "/profile".to_owned(),
    })
}

/// Answers a section whose judgement needs nothing but the day.
pub async fn answer<A: Answers + validator::Validate>(
    me: Candidate,
    form: Posted<A>,
    show: fn(&Candidate, Filled<A>) -> Result<Response>,
) -> Result<Response> {
    let tx = me.begin().await?;
    let today = tx.today();
    settle(&me, tx, form, |f| f.read(today).map(drop), |form| show(&me, form)).await
}

/// Keeps what was sent. The page's script is told so; whoever pressed a button is led on, or shown what to change.
pub async fn settle<A: Answers + validator::Validate>(
    me: &Candidate,
    tx: Tx<Candidate>,
    form: Posted<A>,
    judge: impl FnOnce(&A) -> Result<(), Vec<Problem>>,
    show: impl FnOnce(Filled<A>) -> Result<Response>,
) -> Result<Response> {
    match form.autosaved() {
        Ok(answers) => autosave::keep(me, tx, &answers).await,
        Err(form) => match keep(me, tx, form, judge).await? {
            Kept::Saved(answers) => go_on(&answers),
            Kept::Again(form) => show(form),
        },
    }
}

/// The documents in my profile, oldest first.
pub async fn documents(tx: &mut Tx<Candidate>) -> Result<Vec<Document>> {
    let rows = sqlx::query!(
        "select id, kind, file_name, media_type, bytes, uploaded_at from document
         where person_id = $1 and removed_at is null order by kind, uploaded_at, id",
        tx.actor().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Document {
                id: row.id.into(),
                kind: DocumentKind::from_code(&row.kind)?,
                file_name: row.file_name,
                media_type: row.media_type,
                bytes: row.bytes,
                uploaded_at: row.uploaded_at,
            })
        })
        .collect())
}

texts!(pub SectionNames {
    about: "About you", "À propos de vous", "Sobre usted";
    education: "Education", "Études", "Estudios";
    languages: "Languages", "Langues", "Idiomas";
    funding: "Scholarship or sponsor", "Bourse ou parrainage", "Beca o patrocinio";
    wishes: "Where you want to work", "Où vous souhaitez travailler", "Dónde desea trabajar";
    dates: "Dates and length", "Dates et durée", "Fechas y duración";
    experience: "Experience", "Expérience", "Experiencia";
    letter: "Cover letter", "Lettre de motivation", "Carta de presentación";
    documents: "Documents", "Documents", "Documentos";
    your_profile: "Your profile", "Votre dossier", "Su perfil";
    section_of(n, total): "Section {n} of {total}", "Section {n} sur {total}", "Sección {n} de {total}";
    overtaken: "This section was saved elsewhere meanwhile. What you typed is still here: compare it with what is saved, then save again.",
        "Cette section a été enregistrée ailleurs entre-temps. Ce que vous avez saisi est toujours là : comparez avec ce qui est enregistré, puis enregistrez à nouveau.",
        "Esta sección se guardó entretanto en otro lugar. Lo que escribió sigue aquí: compárelo con lo guardado y guarde de nuevo.";
});
