//! Notes for colleagues about an application. Neither the candidate nor a supervisor has a page that shows them; the
//! candidate's copy of their data does, without names. A colleague who is named gets a letter.

use super::{Case, case, read};
use crate::db::{Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::mention::{self, Addressed, Colleague, Unclear};
use crate::text::texts;
use crate::web::{
    App, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Query, Result, html, see_other,
};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/notes", get(list).post(write))
}

/// Notes on one page of all.
const PAGE: usize = 30;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Wanted {
    /// The note that the page ends before; `None`: the newest.
    before: Option<Uuid>,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// Of this very form: sent twice, it writes one note.
    pub form: Uuid,
    #[validate(length(max = 4000))]
    pub note: String,
}

impl Form {
    pub fn fresh() -> Filled<Form> {
        Filled::fresh(Form { form: Uuid::now_v7(), note: String::new() })
    }
}

#[derive(askama::Template)]
#[template(path = "review/notes.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    notes: Notes,
}

/// The newest last, as in a conversation.
pub struct Notes {
    pub lines: Vec<Line>,
    /// The note before which there are earlier ones.
    pub earlier: Option<Uuid>,
}

pub struct Line {
    pub who: String,
    pub at: DateTime<Utc>,
    pub body: String,
    pub is_mine: bool,
}

async fn list(me: HrReviewer, Path(id): Path<Uuid>, Query(wanted): Query<Wanted>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let name = case(&mut tx, id).await?.name;
    let notes = load(&mut tx, id, wanted.before, PAGE).await?;
    html(StatusCode::OK, &View { page: me.page(Text), id, name, notes })
}

async fn write(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let colleagues = colleagues(&mut tx, id, now.candidate).await?;
    let judged = form.judge(|form| match form.note.is_empty() {
        true => Err(vec![Problem::missing("note", |l| Text(l).write_something())]),
        false => mention::address(&form.note, &colleagues)
            .map(|addressed| (form.form, addressed))
            .map_err(|unclear| unclear.into_iter().map(problem).collect()),
    });
    let (form, note) = match judged {
        Ok((form, _)) if form.is_nil() => return Err(Error::Unreadable),
        Ok(judged) => judged,
        Err(form) => {
            drop(tx);
            return read::show_with(&me, id, &Query::default(), form).await;
        }
    };
    keep(tx, &now, form, note).await?;
    see_other(&format!("/review/{id}#notes"))
}

fn problem(unclear: Unclear) -> Problem {
    Problem::at("note", move |l| match &unclear {
        Unclear::Nobody { called } => Text(l).nobody(called),
        Unclear::Several { called, names } => Text(l).several(called, l.list(names)),
    })
}

/// Writes a note once, whatever a double click sends, and tells whom it names.
async fn keep(mut tx: Tx<HrReviewer>, now: &Case, form: Uuid, note: Addressed) -> Result<()> {
    let (me, at) = (tx.actor(), tx.now());
    let people: Vec<Uuid> = note.people.iter().map(|person| person.0).collect();
    let written = sqlx::query_scalar!(
        "with written as (
             insert into review_note (id, application_id, author_id, written_at, body, form_id)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id),
         named as (insert into review_note_mention (note_id, person_id)
             select written.id, person from written cross join unnest($7::uuid[]) as person)
         select id from written",
        Uuid::now_v7(),
        now.id(),
        me.0,
        at,
        note.text,
        form,
        &people
    );
    if written.fetch_optional(&mut *tx).await?.is_some() {
        let others = note.people.into_iter().filter(|person| *person != me);
        let letters: Vec<(PersonId, Letter)> = others.map(|person| (person, Letter::NamedInNote)).collect();
        let done = tx.note(Note::NoteWritten, now.id(), &letters).await?;
        tx.commit(done).await?;
    }
    Ok(())
}

/// Who can be named: reviewers, but nobody in a note about themselves, or about a case that is closed to them.
async fn colleagues(tx: &mut Tx<HrReviewer>, case: Uuid, candidate: PersonId) -> Result<Vec<Colleague>> {
    let rows = sqlx::query!(
        "select p.id, p.given_names, p.family_names from person_role r join person p on p.id = r.person_id
         where r.role = 'hr_reviewer' and p.disabled_at is null and p.id <> $1
             and not exists (select from conflict_of_interest c
                 where c.person_id = p.id and c.application_id = $2)",
        candidate.0,
        case
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let colleague = |(id, given_names, family_names): (Uuid, String, String)| Colleague {
        id: id.into(),
        given_names,
        family_names,
    };
    Ok(rows.into_iter().map(|row| colleague((row.id, row.given_names, row.family_names))).collect())
}

/// A page of the notes about an application that [`case`] has let through.
pub async fn load(tx: &mut Tx<HrReviewer>, id: Uuid, before: Option<Uuid>, most: usize) -> Result<Notes> {
    let me = tx.actor();
    let rows = sqlx::query!(
        r#"select n.id, n.author_id, n.written_at, n.body,
               trim(p.given_names || ' ' || p.family_names) as "who!",
               array(select m.person_id from review_note_mention m where m.note_id = n.id order by 1) as "named!",
               array(select trim(c.given_names || ' ' || c.family_names) from review_note_mention m
                     join person c on c.id = m.person_id where m.note_id = n.id order by m.person_id) as "names!"
           from review_note n join person p on p.id = n.author_id
           where n.application_id = $1 and ($2::uuid is null or (n.written_at, n.id) <
               (select b.written_at, b.id from review_note b where b.id = $2 and b.application_id = $1))
           order by n.written_at desc, n.id desc limit $3"#,
        id,
        before,
        most as i64 + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let earlier = (rows.len() > most).then(|| rows.get(most.saturating_sub(1)).map(|row| row.id)).flatten();
    let mut lines: Vec<Line> = rows
        .into_iter()
        .take(most)
        .map(|row| {
            let names: HashMap<Uuid, String> = row.named.into_iter().zip(row.names).collect();
            Line {
                who: row.who,
                at: row.written_at,
                body: mention::with_names(&row.body, |id| names.get(&id).cloned()),
                is_mine: row.author_id == me.0,
            }
        })
        .collect();
    lines.reverse();
    Ok(Notes { lines, earlier })
}

texts!(pub Text {
    title: "Notes for colleagues", "Notes pour l’équipe", "Notas para el equipo";
    lead: "Only reviewers read these. The candidate does not see them here, but they are part of the copy of their data that anybody may ask for: write what you would say to them.",
        "Seules les personnes chargées de l’examen les lisent. La personne candidate ne les voit pas ici, mais elles font partie de la copie de ses données qu’elle peut demander : écrivez ce que vous pourriez lui dire.",
        "Solo las leen las personas que revisan. La persona candidata no las ve aquí, pero forman parte de la copia de sus datos que puede pedir: escriba lo que podría decirle.";
    none: "No notes yet.", "Aucune note pour l’instant.", "Todavía no hay notas.";
    earlier: "Earlier notes", "Notes précédentes", "Notas anteriores";
    newest: "Newest notes", "Notes les plus récentes", "Notas más recientes";
    add: "Add a note", "Ajouter une note", "Añadir una nota";
    add_hint: "Name a colleague with @ and they get a letter without what you write, such as @Kavita Raman.",
        "Mentionnez une personne de votre équipe avec @, par exemple @Kavita Raman : elle reçoit un courriel, sans ce que vous écrivez.",
        "Mencione a alguien de su equipo con @, por ejemplo @Kavita Raman: recibirá un correo, sin lo que usted escriba.";
    send: "Add note", "Ajouter la note", "Añadir nota";
    write_something: "Write the note", "Écrivez la note", "Escriba la nota";
    nobody(called): "No reviewer is called “{called}”. Write the name as it is in the list of cases, or leave the @ out",
        "Personne chargée de l’examen ne s’appelle « {called} ». Écrivez le nom tel qu’il figure dans la liste des dossiers, ou retirez le @",
        "Ninguna persona que revisa se llama «{called}». Escriba el nombre como figura en la lista de casos, o quite la @";
    several(called, names): "“{called}” may be {names}. Write the whole name", "« {called} » peut être {names}. Écrivez le nom complet",
        "«{called}» puede ser {names}. Escriba el nombre completo";
});
