//! A thread as one side reads it: the newest messages last, earlier ones page by page.

use super::{Case, Side, Text};
use crate::db::{Done, Note, Tx};
use crate::domain::application::State;
use crate::scan::Scan;
use crate::scan::access::Access;
use crate::web::actor::{Actor, Role};
use crate::web::{Query, Result};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Messages on one page.
const PAGE: usize = 30;

/// Which page an address asks for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The message that the page ends before; `None`: the newest.
    pub before: Option<Uuid>,
}

pub struct Thread {
    pub messages: Vec<Message>,
    /// The message before which there are earlier ones.
    pub earlier: Option<Uuid>,
    pub is_newest: bool,
}

pub struct Message {
    pub who: String,
    pub at: DateTime<Utc>,
    pub body: String,
    /// By the reader's side.
    pub is_ours: bool,
    /// The reader's side sees it for the first time.
    pub is_new: bool,
    pub papers: Vec<Paper>,
}

/// A file that came with a message.
pub struct Paper {
    pub id: Uuid,
    pub name: String,
    pub icon: &'static str,
    pub size: String,
    pub access: Access,
    /// What there is to say of that.
    pub scan: Option<String>,
}

pub async fn load<R: Role>(
    me: &Actor<R>,
    tx: &mut Tx<Actor<R>>,
    case: &Case,
    side: Side,
    Query(wanted): &Query<Wanted>,
) -> Result<Thread> {
    let rows = sqlx::query!(
        "select m.id, m.author_id, m.from_staff, m.written_at, m.body, m.read_at,
             trim(p.given_names || ' ' || p.family_names) as name
         from message m join person p on p.id = m.author_id
         where m.application_id = $1 and ($2::uuid is null or (m.written_at, m.id) <
             (select b.written_at, b.id from message b where b.id = $2 and b.application_id = $1))
         order by m.written_at desc, m.id desc limit $3",
        case.id,
        wanted.before,
        PAGE as i64 + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let has_earlier = rows.len() > PAGE;
    let ids: Vec<Uuid> = rows.iter().take(PAGE).map(|row| row.id).collect();
    let mut papers = papers(me, tx, &ids, side).await?;
    let t = Text(me.lang);
    let who = |author: Uuid, is_staff: bool, name: Option<String>| match name.unwrap_or_default() {
        _ if author == me.id.0 => t.you(),
        _ if !is_staff => case.name.clone(),
        name if side == Side::Candidate => t.of_staff(name),
        name => name,
    };
    let mut messages: Vec<Message> = rows
        .into_iter()
        .take(PAGE)
        .map(|row| Message {
            who: who(row.author_id, row.from_staff, row.name),
            at: row.written_at,
            body: row.body,
            is_ours: row.from_staff == side.is_staff(),
            is_new: row.from_staff != side.is_staff() && row.read_at.is_none(),
            papers: papers
                .extract_if(.., |(message, _)| *message == row.id)
                .map(|(_, paper)| paper)
                .collect(),
        })
        .collect();
    messages.reverse();
    let earlier = ids.last().copied().filter(|_| has_earlier);
    Ok(Thread { messages, earlier, is_newest: wanted.before.is_none() })
}

/// The files of these messages, each with its message, in the order they were chosen.
async fn papers<R: Role>(
    me: &Actor<R>,
    tx: &mut Tx<Actor<R>>,
    messages: &[Uuid],
    side: Side,
) -> Result<Vec<(Uuid, Paper)>> {
    let rows = sqlx::query!(
        "select d.id, d.message_id, d.file_name, d.media_type, d.bytes, d.scan, m.from_staff
         from message_document d join message m on m.id = d.message_id
         where d.message_id = any($1) order by d.message_id, d.id",
        messages
    )
    .fetch_all(&mut **tx)
    .await?;
    let paper = |id, name, media_type: &str, bytes, scan, is_ours: bool| {
        let access = match Access::of(scan, me.scanner()) {
            // whoever sent it knows it
            Access::Waits | Access::Unseen if is_ours => Access::Open,
            access => access,
        };
        Paper {
            id,
            name,
            icon: if media_type.starts_with("image/") { "photo" } else { "file" },
            size: me.lang.file_size(bytes),
            access,
            scan: access.words(me.lang),
        }
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let is_ours = row.from_staff == side.is_staff();
            let scan = Scan::from_code(&row.scan);
            (row.message_id, paper(row.id, row.file_name, &row.media_type, row.bytes, scan, is_ours))
        })
        .collect())
}

/// Marks what the other side wrote as read. `None`: there was nothing new, or it is for somebody else to read: while
/// a colleague reviews the application, it stays new for them.
pub async fn mark_read<R: Role>(tx: &mut Tx<Actor<R>>, case: &Case, side: Side) -> Result<Option<Done>> {
    let (me, now) = (tx.actor(), tx.now());
    let is_a_colleagues = case.state == State::InReview && case.reviewer != Some(me);
    if side.is_staff() && is_a_colleagues {
        return Ok(None);
    }
    let read = sqlx::query!(
        "update message set read_at = $3 where application_id = $1 and from_staff = $2 and read_at is null",
        case.id,
        !side.is_staff(),
        now
    );
    Ok(match read.execute(&mut **tx).await?.rows_affected() {
        0 => None,
        _ => Some(tx.note(Note::MessagesRead, case.id, &[]).await?),
    })
}
