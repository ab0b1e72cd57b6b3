//! How a letter leaves: by SMTP, or into the mailbox of the try-out.

use super::letters::Written;
use super::{Error, Failure, Result};
use crate::config::Mail;
use crate::db::Db;
use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// One letter takes no longer to hand over, whatever the server does.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// The server answers each command within this.
const ANSWER: Duration = Duration::from_secs(20);
/// What is kept of a server's complaint.
const LONGEST_ERROR: usize = 300;

/// Answers of a server that does not let us in (RFC 4954, 6).
const SIGN_IN: [&str; 4] = ["530", "534", "535", "538"];

/// Where letters go.
#[derive(Clone, Debug)]
pub enum Transport {
    /// Into the table shown at `/mailbox`: try-out only.
    Mailbox,
    /// To the mail server.
    Smtp(Mail),
}

/// Asks whether the mail server can be understood, reached and signed in to: for `stagiaire check`.
///
/// # Errors
/// [`Error::Mail`] says what is wrong, without the password.
pub async fn check(mail: &Mail) -> Result<()> {
    let Carrier::Smtp(smtp) = Carrier::open(&Transport::Smtp(mail.clone()))? else { return Ok(()) };
    match tokio::time::timeout(PATIENCE, smtp.server.test_connection()).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) | Err(_) => Err(Error::Mail("the server does not answer".to_owned())),
        Ok(Err(error)) => Err(Error::Mail(error.to_string())),
    }
}

/// A transport that is ready, with its connections.
pub(super) enum Carrier {
    Mailbox,
    Smtp(Box<Smtp>),
}

pub(super) struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// One written letter with its address.
pub(super) struct Parcel<'a> {
    pub id: Uuid,
    pub recipient: &'a str,
    pub written: &'a Written,
    /// Where one click ends letters like this one.
    pub unsubscribe: Option<&'a str>,
    pub now: DateTime<Utc>,
}

impl Carrier {
    pub fn open(transport: &Transport) -> Result<Carrier> {
        let mail = match transport {
            Transport::Mailbox => return Ok(Carrier::Mailbox),
            Transport::Smtp(mail) => mail,
        };
        // the error would quote the address, and the address may hold a password
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mail.smtp_url)
            .map_err(|_| Error::Mail("STAGIAIRE_SMTP_URL cannot be understood".to_owned()))?;
        let from = mail.from.parse();
        let from = from.map_err(|_| Error::Mail("STAGIAIRE_MAIL_FROM is no e-mail address".to_owned()))?;
        Ok(Carrier::Smtp(Box::new(Smtp { server: server.timeout(Some(ANSWER)).build(), from })))
    }

    /// Hands one letter over. The outer error is the database's.
    pub async fn carry(&self, db: &Db, parcel: &Parcel<'_>) -> Result<Result<(), Failure>> {
        match self {
            Carrier::Mailbox => keep(db, parcel).await.map(Ok),
            Carrier::Smtp(smtp) => Ok(smtp.send(parcel).await),
        }
    }
}

impl Smtp {
    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Failure> {
        let message = self.message(parcel)?;
        match tokio::time::timeout(PATIENCE, self.server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error, parcel.recipient)),
            Err(_) => {
                let why = "the server did not answer in time".to_owned();
                Err(Failure { why, is_of_the_server: true, is_for_good: false })
            }
        }
    }

    /// Every header is a value of lettre's types, which encode what does not belong in a header.
    fn message(&self, parcel: &Parcel<'_>) -> Result<Message, Failure> {
        let to: Address = parcel
            .recipient
            .parse()
            .map_err(|_| Failure::of_the_letter("the address cannot be written on a letter"))?;
        let raw =
            |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        let mut message = Message::builder()
            .message_id(Some(format!("<{}@{}>", parcel.id, self.from.email.domain())))
            .date(SystemTime::from(parcel.now))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(parcel.written.subject.as_str())
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(address) = parcel.unsubscribe {
            message = message
                .raw_header(raw("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        message
            .multipart(MultiPart::alternative_plain_html(
                parcel.written.plain.clone(),
                parcel.written.html.clone(),
            ))
            .map_err(|_| Failure::of_the_letter("it could not be put in an envelope"))
    }
}

fn failure(error: &smtp::Error, recipient: &str) -> Failure {
    // an answer with a code is about this letter, unless it is about our own sign-in; anything else is about the way to
    // the server
    let code = error.status().map(|code| code.to_string());
    let is_of_the_server = code.is_none_or(|code| SIGN_IN.contains(&code.as_str()));
    Failure {
        why: without_addresses(&error.to_string(), recipient),
        is_of_the_server,
        is_for_good: !is_of_the_server && error.is_permanent(),
    }
}

/// Servers like to quote the address they refuse: what is kept does not.
fn without_addresses(complaint: &str, recipient: &str) -> String {
    let local = recipient.rsplit_once('@').map_or(recipient, |(local, _)| local).to_lowercase();
    // of one or two letters, other words are made, too
    let is_in = |part: &str, word: &str| match part.len() {
        ..3 => word.trim_matches(|c: char| !c.is_alphanumeric()) == part,
        _ => word.contains(part),
    };
    let names = |word: &str| {
        let word = word.to_lowercase();
        word.contains('@') || local.split_whitespace().any(|part| is_in(part, &word))
    };
    let words: Vec<&str> =
        complaint.split_whitespace().map(|word| if names(word) { "…" } else { word }).collect();
    words.join(" ").chars().take(LONGEST_ERROR).collect()
}

/// A letter brought twice lies there once.
async fn keep(db: &Db, parcel: &Parcel<'_>) -> Result<()> {
    sqlx::query!(
        "insert into mailbox (id, sent_at, recipient, subject, plain, html) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do nothing",
        parcel.id,
        parcel.now,
        parcel.recipient,
        parcel.written.subject,
        parcel.written.plain,
        parcel.written.html
    )
    .execute(&mut *db.conn().await?)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_kept_without_addresses() {
        let said = "permanent error (550): 5.1.1 <ana.b@example.org>: no mailbox 'Ana.B' here";
        assert_eq!(
            without_addresses(said, "ana.b@example.org"),
            "permanent error (550): 5.1.1 … no mailbox … here"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_complaint_is_so_strange_that_it_names_somebody(
            before in "\\PC{0,12}", after in "\\PC{0,12}", is_whole in proptest::bool::ANY, shouts in proptest::bool::ANY,
        ) {
            let address = "ana.beltran@example.org";
            let named = if is_whole { address } else { "ana.beltran" };
            let named = if shouts { named.to_uppercase() } else { named.to_owned() };
            let kept = without_addresses(&format!("550 {before}{named}{after} 5.1.1"), address);
            assert!(!kept.to_lowercase().contains("beltran"), "{kept}");
            assert!(kept.starts_with("550") && kept.chars().count() <= LONGEST_ERROR, "{kept}");
        }
    }

    #[test]
    fn a_wrong_server_address_is_told_without_its_password() {
        let mail = Mail { smtp_url: "smtp://me:hunter2@:x".into(), from: "a@example.org".into() };
        let Err(error) = Carrier::open(&Transport::Smtp(mail)) else { panic!("understood") };
        assert!(!error.to_string().contains("hunter2"));
    }
}
