//! The server is killed while people write, and its database with it: whatever was answered with success is there, and
//! nothing is there by halves.

use crate::commands::{folder, run, serve};
use crate::support::PDF;
use stagiaire::tryout::PASSWORD;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use uuid::Uuid;

/// Each of them has written so often when the server is killed, and writes on.
const WRITTEN: usize = 6;
/// Nobody writes more messages in an hour.
const MESSAGES: usize = 20;

/// Somebody with a browser.
#[derive(Clone)]
struct Person {
    at: String,
    cookie: String,
}

/// As it came, as far as it came.
struct Answer(Vec<u8>);

impl Answer {
    /// `None`: there is no server that would have said so.
    fn status(&self) -> Option<u16> {
        let line = self.0.split(|byte| *byte == b'\r').next()?;
        String::from_utf8_lossy(line).split(' ').nth(1)?.parse().ok()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The identifiers that stand in addresses after this text.
    fn ids_after(&self, text: &str) -> Vec<Uuid> {
        self.text().split(text).skip(1).filter_map(|rest| rest.get(..36)?.parse().ok()).collect()
    }
}

impl Person {
    fn sign_in(at: &str, email: &str) -> Person {
        let nobody = Person { at: at.to_owned(), cookie: String::new() };
        let reply = nobody.send("/sign-in", &format!("email={email}&password={PASSWORD}"), "text/html");
        let text = reply.text();
        let cookie = text.lines().find_map(|line| line.strip_prefix("set-cookie: session="));
        let token = cookie.unwrap_or_else(|| panic!("{email} does not get in: {text}"));
        let cookie = format!("session={}", token.split(';').next().unwrap());
        Person { cookie, ..nobody }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "accept: text/html", b"")
    }

    fn send(&self, path: &str, form: &str, accept: &str) -> Answer {
        let heads = format!("content-type: application/x-www-form-urlencoded\r\naccept: {accept}");
        self.ask("POST", path, &heads, form.as_bytes())
    }

    /// A message with a file.
    fn write(&self, path: &str, body: &str, file: &str, content: &[u8]) -> Answer {
        let mut parts = Vec::new();
        for (name, value) in [("form", &*Uuid::now_v7().to_string()), ("body", body)] {
            let head = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            parts.extend(head.bytes());
        }
        let head =
            format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n");
        parts.extend([head.as_bytes(), content, b"\r\n--x--\r\n"].concat());
        self.ask("POST", path, "content-type: multipart/form-data; boundary=x", &parts)
    }

    fn ask(&self, method: &str, path: &str, heads: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nconnection: close\r\n{heads}\r\n\
             content-length: {}\r\n\r\n",
            self.at,
            self.cookie,
            body.len()
        );
        let mut came = Vec::new();
        if let Ok(mut line) = TcpStream::connect(&self.at)
            && line.write_all(&[head.as_bytes(), body].concat()).is_ok()
        {
            // what came before the line was cut came
            let _ = line.read_to_end(&mut came);
        }
        Answer(came)
    }
}

/// Writes again and again, each time with another number, until there is no server; the numbers that were answered with
/// success.
fn keep_writing(
    told: Sender<()>,
    most: usize,
    write: impl Fn(usize) -> Answer + Send + 'static,
) -> JoinHandle<Vec<usize>> {
    spawn(move || {
        let mut written = Vec::new();
        for number in 0..most {
            match write(number).status() {
                Some(200 | 303) => written.push(number),
                Some(status) => panic!("number {number} was answered with {status}"),
                None => break,
            }
            let _ = told.send(());
        }
        written
    })
}

fn content(number: usize) -> Vec<u8> {
    [PDF, format!("% paper {number}\n%%EOF\n").as_bytes()].concat()
}

#[test]
fn what_was_answered_with_success_is_there_after_everything_is_killed() {
    let data = folder();
    let (mut server, _, at) = serve(&data);
    let candidate = Person::sign_in(&at, "candidate@example.org");
    let (one, two) = (Person::sign_in(&at, "hr@example.org"), Person::sign_in(&at, "hr2@example.org"));
    let case = one.get("/review").ids_after("href=\"/review/")[0];
    let (notes, messages) = (format!("/review/{case}/notes"), format!("/review/{case}/messages"));

    let (tellers, heard): (Vec<Sender<()>>, Vec<Receiver<()>>) = (0..3).map(|_| channel()).unzip();
    let [of_notes, of_messages, of_letters] = tellers.try_into().unwrap();
    let path = notes.clone();
    let noting = keep_writing(of_notes, usize::MAX, move |number| {
        let form = format!("form={}&note=Note+number+{number}.", Uuid::now_v7());
        one.send(&path, &form, "text/html")
    });
    let path = messages.clone();
    let writing = keep_writing(of_messages, MESSAGES, move |number| {
        two.write(&path, &format!("Message number {number}."), &format!("{number}.pdf"), &content(number))
    });
    let typing = keep_writing(of_letters, usize::MAX, move |number| {
        let form = format!("seen={number}&letter=Draft+number+{number}.");
        candidate.send("/profile/letter", &form, "application/json")
    });
    for one in heard {
        assert_eq!(one.iter().take(WRITTEN).count(), WRITTEN, "somebody stopped writing");
    }
    let postmaster = std::fs::read_to_string(format!("{data}/postgres/data/postmaster.pid")).unwrap();
    let both = [server.child.id().to_string(), postmaster.lines().next().unwrap().to_owned()];
    assert!(Command::new("kill").arg("-9").args(both).status().unwrap().success());
    server.child.wait().unwrap();
    let [noted, written, typed] = [noting, writing, typing].map(|writer| writer.join().unwrap());

    let (server, _, at) = serve(&data);
    let (candidate, reviewer) =
        (Person::sign_in(&at, "candidate@example.org"), Person::sign_in(&at, "hr@example.org"));
    // a page holds thirty notes, and one may be there that nobody was told of
    let page = reviewer.get(&notes).text();
    for number in noted.iter().rev().take(29) {
        assert!(
            page.contains(&format!("Note number {number}.")),
            "note {number} of {noted:?} is lost: {page}"
        );
    }
    let page = reviewer.get(&messages);
    let files = page.ids_after(&format!("href=\"{messages}/files/"));
    for number in &written {
        assert!(page.text().contains(&format!("Message number {number}.")), "message {number} is lost");
        let whole =
            |id: &Uuid| reviewer.get(&format!("{messages}/files/{id}")).0.ends_with(&content(*number));
        assert!(files.iter().any(whole), "the file of message {number} is lost");
    }
    let page = candidate.get("/profile/letter").text();
    let last = *typed.last().unwrap();
    let is_there = |number| page.contains(&format!("Draft number {number}."));
    assert!(is_there(last) || is_there(last + 1), "draft {last} is lost: {page}");
    drop(server);
    for verb in ["check", "verify"] {
        let said = run(&["audit", verb], &[("STAGIAIRE_DATA", &data)]);
        assert_eq!(said.code, Some(0), "{verb}: {}{}", said.out, said.err);
    }
    std::fs::remove_dir_all(data).unwrap();
}
