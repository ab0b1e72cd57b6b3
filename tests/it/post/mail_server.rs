//! A mail server of our own (RFC 5321, as much as a client needs): it takes letters, refuses them, hangs up or
//! falls silent, as the test tells it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use stagiaire::config::Mail;
use stagiaire::post::Transport;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What it does with a letter, once it knows for whom it is.
#[derive(Clone, Copy)]
pub enum Mood {
    Takes,
    /// With this answer; `{}` is the address, which servers like to quote.
    Refuses(&'static str),
    /// In the middle of the conversation.
    HangsUp,
    /// It has the letter, but never says so.
    HangsUpAfterwards,
    FallsSilent,
}

pub struct MailServer {
    address: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    moods: Mutex<HashMap<String, Mood>>,
    taken: Mutex<Vec<Taken>>,
    /// Told when it falls silent, and with every letter taken.
    news: Notify,
}

/// A letter as it arrived.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Of the envelope.
    pub sender: String,
    pub recipients: Vec<String>,
    pub message: String,
}

impl MailServer {
    pub async fn open() -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = MailServer {
            address: listener.local_addr().unwrap().to_string(),
            state: Arc::new(State::default()),
        };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let state = state.clone();
                // a broken line ends a conversation, never the server
                tokio::spawn(async move { converse(line, &state).await.ok() });
            }
        });
        server
    }

    /// Takes letters for everybody until told otherwise.
    pub fn becomes(&self, recipient: &str, mood: Mood) {
        self.state.moods.lock().unwrap().insert(recipient.to_owned(), mood);
    }

    pub fn transport(&self) -> Transport {
        Transport::Smtp(Mail {
            smtp_url: format!("smtp://{}", self.address),
            from: "Stagiaire <internships@example.org>".into(),
        })
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.state.taken.lock().unwrap().clone()
    }

    /// Waits until it has fallen silent, or has taken a letter.
    pub async fn news(&self) {
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, self.state.news.notified()).await.expect("nothing happened")
    }
}

async fn converse(line: TcpStream, state: &State) -> std::io::Result<()> {
    let (heard, mut say) = line.into_split();
    let mut lines = BufReader::new(heard).lines();
    let (mut sender, mut recipients, mut mood) = (String::new(), Vec::new(), Mood::Takes);
    say.write_all(b"220 mail.test ESMTP\r\n").await?;
    while let Some(command) = lines.next_line().await? {
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let address = || command.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let answer = match verb.as_str() {
            "EHLO" => "250-mail.test\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                (sender, recipients, mood) = (address(), Vec::new(), Mood::Takes);
                "250 go on".to_owned()
            }
            "RCPT" => {
                let recipient = address();
                mood = *state.moods.lock().unwrap().get(&recipient).unwrap_or(&Mood::Takes);
                match mood {
                    Mood::Refuses(answer) => answer.replace("{}", &recipient),
                    Mood::HangsUp => return Ok(()),
                    Mood::FallsSilent => {
                        state.news.notify_one();
                        return std::future::pending().await;
                    }
                    Mood::Takes | Mood::HangsUpAfterwards => {
                        recipients.push(recipient);
                        "250 go on".to_owned()
                    }
                }
            }
            "DATA" => {
                say.write_all(b"354 until a dot\r\n").await?;
                let mut message = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push_str("\r\n");
                }
                // long enough for another postman to come by
                tokio::time::sleep(Duration::from_millis(20)).await;
                let letter = Taken { sender: sender.clone(), recipients: recipients.clone(), message };
                state.taken.lock().unwrap().push(letter);
                state.news.notify_one();
                if let Mood::HangsUpAfterwards = mood {
                    return Ok(());
                }
                "250 taken".to_owned()
            }
            "RSET" | "NOOP" => "250 fine".to_owned(),
            "QUIT" => {
                return say.write_all(b"221 goodbye\r\n").await;
            }
            _ => "502 not here".to_owned(),
        };
        say.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

impl Taken {
    /// A header's value, unfolded and decoded.
    pub fn header(&self, name: &str) -> String {
        let head = self.message.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        let mark = format!("{}:", name.to_ascii_lowercase());
        let line = head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with(&mark));
        let line = line.unwrap_or_else(|| panic!("no {name} in {head}"));
        // RFC 2047: white space between two encoded words is none
        let value = line[mark.len()..].trim().replace("?= =?", "?==?");
        let mut decoded = String::new();
        let mut rest = value.as_str();
        while let Some((before, word)) = rest.split_once("=?utf-8?b?") {
            let (word, after) = word.split_once("?=").unwrap();
            decoded.push_str(before);
            decoded.push_str(&String::from_utf8(BASE64_STANDARD.decode(word).unwrap()).unwrap());
            rest = after;
        }
        decoded + rest
    }

    /// The part of this kind, such as `text/plain`, decoded.
    pub fn part(&self, kind: &str) -> String {
        let boundary = self.message.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        for part in self.message.split(&format!("--{boundary}")).skip(1) {
            let Some((head, body)) = part.split_once("\r\n\r\n") else { continue };
            if !head.contains(&format!("Content-Type: {kind}; charset=utf-8")) {
                continue;
            }
            let body = body.strip_suffix("\r\n").unwrap();
            let bytes = match head.split("Content-Transfer-Encoding: ").nth(1).unwrap().trim() {
                "base64" => BASE64_STANDARD.decode(body.replace("\r\n", "")).unwrap(),
                "quoted-printable" => quoted_printable(body),
                _ => body.as_bytes().to_vec(),
            };
            return String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        }
        panic!("no {kind} in {}", self.message)
    }
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.replace("=\r\n", "");
    while let Some(at) = rest.find('=') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 1..at + 3], 16).unwrap());
        rest.drain(..at + 3);
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
