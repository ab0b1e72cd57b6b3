//! What supervisors write about an internship, at half-time and at the end.

use crate::domain::placement::Which;
use crate::explain::profile::Row;
use crate::text::{Lang, texts};
use crate::web::{Error, Result};
use chrono::{DateTime, Days, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// The supervisor's words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    pub work: String,
    pub strengths: String,
    pub improve: String,
    pub goals: String,
    /// What to do next; may be empty.
    pub advice: String,
}

#[derive(Clone, Debug)]
pub struct Evaluation {
    pub which: Which,
    pub words: Words,
    /// One more with every change.
    pub revision: i32,
    pub written_at: DateTime<Utc>,
    pub comment: Option<Comment>,
}

/// What the intern answers.
#[derive(Clone, Debug)]
pub struct Comment {
    pub text: String,
    pub at: DateTime<Utc>,
}

/// So many days after it was written, an evaluation is final.
const OPEN_DAYS: u64 = 14;

impl Evaluation {
    /// Its writer may change it until the intern has answered, and for two weeks at most.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.comment.is_none() && now < self.written_at + Days::new(OPEN_DAYS)
    }
}

/// The evaluations of a placement, the mid-term one first.
///
/// # Errors
/// If the database fails.
pub async fn all(connection: &mut PgConnection, placement: Uuid) -> Result<Vec<Evaluation>> {
    let rows = sqlx::query!(
        "select which, work, strengths, improve, goals, advice, revision, written_at, comment, commented_at
         from evaluation where placement_id = $1 order by which desc",
        placement
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Evaluation {
                which: Which::from_code(&row.which).ok_or(Error::Missing("a known evaluation"))?,
                words: Words {
                    work: row.work,
                    strengths: row.strengths,
                    improve: row.improve,
                    goals: row.goals,
                    advice: row.advice,
                },
                revision: row.revision,
                written_at: row.written_at,
                comment: row.comment.zip(row.commented_at).map(|(text, at)| Comment { text, at }),
            })
        })
        .collect()
}

/// One of them, if it is written.
///
/// # Errors
/// If the database fails.
pub async fn one(connection: &mut PgConnection, placement: Uuid, which: Which) -> Result<Option<Evaluation>> {
    Ok(all(connection, placement).await?.into_iter().find(|evaluation| evaluation.which == which))
}

/// What an evaluation says, as rows.
pub fn rows(words: &Words, lang: Lang) -> Vec<Row> {
    let t = Text(lang);
    let row = |label, text: &str| Row { label, lines: text.lines().map(str::to_owned).collect() };
    let rows = [
        row(t.work(), &words.work),
        row(t.strengths(), &words.strengths),
        row(t.improve(), &words.improve),
        row(t.goals(), &words.goals),
        row(t.advice(), &words.advice),
    ];
    rows.into_iter().filter(|row| !row.lines.is_empty()).collect()
}

texts!(pub Text {
    mid_term: "Mid-term evaluation", "Évaluation à mi-parcours", "Evaluación intermedia";
    the_final: "Final evaluation", "Évaluation finale", "Evaluación final";
    work: "What was done", "Travail accompli", "Trabajo realizado";
    strengths: "Strengths", "Points forts", "Puntos fuertes";
    improve: "What to improve", "Points à améliorer", "Qué mejorar";
    goals: "Learning goals reached", "Objectifs d’apprentissage atteints", "Objetivos de aprendizaje alcanzados";
    advice: "What to do next", "Suite conseillée", "Qué hacer después";
    comment: "The intern’s comment", "Commentaire de la personne en stage", "Comentario de la persona en pasantía";
});

impl Text {
    pub fn title(&self, which: Which) -> String {
        match which {
            Which::MidTerm => self.mid_term(),
            Which::Final => self.the_final(),
        }
    }
}
