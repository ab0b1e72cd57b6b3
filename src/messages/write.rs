//! A message is written once, whatever a double click or a slow line sends, and told by letter unless an earlier
//! letter still waits to be followed.

use super::{Case, Side, Text};
use crate::db::{Done, Note, Tx};
use crate::domain::letter::Letter;
use crate::files::Files;
use crate::web::actor::{Actor, Role};
use crate::web::parcel::{self, Good, Reason, Refusal};
use crate::web::{Error, Filled, Problem, Result};
use axum::extract::multipart::{Multipart, MultipartRejection};
use chrono::TimeDelta;
use uuid::Uuid;

/// Files with one message.
const MOST_FILES: usize = 3;
/// Messages that somebody writes about one application in an hour.
const MOST_AN_HOUR: i64 = 20;

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    /// Of this very form: sent twice, it writes one message.
    pub form: Uuid,
    #[validate(length(max = 5000))]
    pub body: String,
}

/// The form again, with what was typed and why nothing was written.
pub struct Again {
    pub form: Filled<Form>,
    pub refused: Vec<Refusal>,
}

impl Again {
    pub fn fresh() -> Again {
        Again::with(Filled::fresh(Form { form: Uuid::now_v7(), body: String::new() }))
    }

    fn with(form: Filled<Form>) -> Again {
        Again { form, refused: Vec::new() }
    }
}

/// A message that can be written, with its files in the store.
pub struct Draft {
    form: Form,
    good: Vec<Good>,
}

/// Receives a form and its files. A file that is refused keeps the whole message back: whoever gets it never wonders
/// where the rest is.
///
/// # Errors
/// If it is no such form, or our store fails.
pub async fn receive<R: Role>(
    me: &Actor<R>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Result<Draft, Again>> {
    let most = (MOST_FILES, Reason::TooMany);
    me.may_upload().await?;
    let mut parcel = parcel::receive::<Form>((me.files(), me.scanner()), form, most).await?;
    // a message needs no file
    parcel.refused.retain(|refusal| refusal.reason != Reason::NoFile);
    let refused = parcel.refused;
    if refused.iter().any(|refusal| refusal.reason == Reason::Infected) {
        let mut tx = me.begin().await?;
        let done = tx.note(Note::DocumentInfected, Uuid::now_v7(), &[]).await?;
        tx.commit(done).await?;
    }
    let judged = parcel.form.judge(|form| {
        let mut problems: Vec<Problem> = parcel::problem("file", &refused).into_iter().collect();
        if form.body.is_empty() {
            problems.insert(0, Problem::missing("body", |l| Text(l).write_something()));
        }
        if problems.is_empty() { Ok(form.clone()) } else { Err(problems) }
    });
    match judged {
        Ok(form) if form.form.is_nil() => Err(Error::Unreadable),
        Ok(form) => Ok(Ok(Draft { form, good: parcel.good })),
        Err(form) => Ok(Err(Again { form, refused })),
    }
}

/// Writes a message about a case that is held (see [`Case::hold`]). `None`: it was written before.
///
/// # Errors
/// If the database fails. The form comes back if the case is closed, or too much was written within the hour.
pub async fn write<R: Role>(
    me: &Actor<R>,
    tx: &mut Tx<Actor<R>>,
    case: &Case,
    side: Side,
    draft: Draft,
) -> Result<Result<Option<Done>, Again>> {
    let Draft { form, good } = draft;
    let recipient = match side {
        Side::Candidate => case.reviewer,
        Side::Staff => Some(case.candidate),
    };
    let letter = match side {
        Side::Candidate => Letter::MessageFromCandidate,
        Side::Staff => Letter::MessageFromStaff,
    };
    let (id, author, now) = (Uuid::now_v7(), tx.actor(), tx.now());
    let told = sqlx::query_scalar!(
        r#"insert into message (id, application_id, author_id, from_staff, written_at, body, form_id, told)
           values ($1, $2, $3, $4, $5, $6, $7, case when not exists (
               select from message where application_id = $2 and from_staff = $4 and read_at is null and told = $8)
               then $8::uuid end)
           on conflict do nothing returning told is not null as "told!""#,
        id,
        case.id,
        author.0,
        side.is_staff(),
        now,
        form.body,
        form.form,
        recipient.map(|person| person.0)
    )
    .fetch_optional(&mut **tx)
    .await?;
    // a repeat of what was written in time is no news, even if the case is closed by now
    let Some(told) = told else { return Ok(Ok(None)) };
    if !case.is_open() {
        return Ok(Err(Again::with(Filled::overtaken(form, |l| Text(l).closed_meanwhile()))));
    }
    let hour = TimeDelta::hours(1);
    let one_too_many = sqlx::query_scalar!(
        "select written_at from message where application_id = $1 and author_id = $2 and written_at > $3
         order by written_at desc offset $4 limit 1",
        case.id,
        author.0,
        now - hour,
        MOST_AN_HOUR
    );
    if let Some(oldest) = one_too_many.fetch_optional(&mut **tx).await? {
        let zone = me.zone();
        let why = Problem::at("body", move |l| Text(l).too_many(l.moment(oldest + hour, zone)));
        return Ok(Err(Again::with(Filled::with(form, vec![why]))));
    }
    attach(tx, me.files(), id, good).await?;
    let letters = recipient.filter(|_| told).map(|recipient| (recipient, letter));
    Ok(Ok(Some(tx.note(Note::MessageWritten, case.id, letters.as_slice()).await?)))
}

async fn attach<R: Role>(
    tx: &mut Tx<Actor<R>>,
    files: &Files,
    message: Uuid,
    mut good: Vec<Good>,
) -> Result<()> {
    let column = |of: fn(&Good) -> String| good.iter().map(of).collect::<Vec<_>>();
    let names = column(|good| if good.name.is_empty() { "document".to_owned() } else { good.name.clone() });
    let media_types = column(|good| good.stored.kind.media_type().to_owned());
    let scans = column(|good| good.scan.code().to_owned());
    let ids: Vec<_> = good.iter().map(|good| good.stored.id).collect();
    let sizes: Vec<_> =
        good.iter().map(|good| i64::try_from(good.stored.bytes).unwrap_or(i64::MAX)).collect();
    let hashes: Vec<_> = good.iter().map(|good| good.stored.sha256.clone()).collect();
    sqlx::query!(
        "insert into message_document (id, message_id, file_name, media_type, bytes, sha256, scan)
         select id, $1, file_name, media_type, bytes, sha256, scan
         from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bytea[], $7::text[])
             as new (id, file_name, media_type, bytes, sha256, scan)",
        message,
        &ids,
        &names,
        &media_types,
        &sizes,
        &hashes,
        &scans
    )
    .execute(&mut **tx)
    .await?;
    let mut stored: Vec<_> = good.iter_mut().map(|good| &mut good.stored).collect();
    Ok(files.keep_all(tx, &mut stored).await?)
}
