//! What a device answers, spoilt on the way: the words for scripts, and the CBOR and JSON within them.

use super::{encoded, remember, rewind};
use crate::device::{ADD, Device, asked};
use crate::spoilt::{one, spoilt};
use crate::support::{PASSWORD, Reader, Reply, World, world_with_passkeys};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use sqlx::PgPool;
use stagiaire::web::form::tidy;

const TIMES: usize = 60;

/// A field of an answer, read.
fn bytes(answer: &Value, field: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(answer["response"][field].as_str()?).ok()
}

/// The answer, spoilt as a whole, and in each of these fields, as texts.
fn spoilt_answers(answer: &Value, fields: &[&str]) -> Vec<String> {
    let mut chance = TestRunner::deterministic();
    let whole = spoilt(&[answer.to_string()]);
    let mut all: Vec<String> =
        (0..TIMES).map(|_| String::from_utf8_lossy(&one(&whole, &mut chance)).into_owned()).collect();
    for field in fields {
        let part = spoilt(&[bytes(answer, field).unwrap()]);
        for _ in 0..TIMES {
            let mut other = answer.clone();
            other["response"][*field] = URL_SAFE_NO_PAD.encode(one(&part, &mut chance)).into();
            all.push(other.to_string());
        }
    }
    all
}

async fn send(world: &World, who: &Reader<'_>, path: &str, answer: &str) -> Reply {
    sqlx::query("delete from throttle").execute(&world.db).await.unwrap();
    let reply = who.post(path, &format!("passkey={}", encoded(answer))).await;
    assert!(matches!(reply.status, 200 | 303 | 422), "{answer}: {} {}", reply.status, reply.body);
    reply
}

#[sqlx::test]
async fn a_spoilt_answer_makes_no_passkey_for_another_question(db: PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let question = asked(&ines.begins_passkey("Phone").await);
    let answer = Device::new().make(&question);
    remember(&world).await;
    let (mut made, mut refused) = (0, 0);
    for other in spoilt_answers(&answer, &["attestationObject", "clientDataJSON"]) {
        send(&world, &ines, ADD, &other).await;
        if world.count("select count(*) from passkey").await == 0 {
            refused += 1;
            continue;
        }
        made += 1;
        let said: Value = serde_json::from_str(&tidy(&other)).unwrap();
        let client: Value = serde_json::from_slice(&bytes(&said, "clientDataJSON").unwrap()).unwrap();
        let right = (&question["challenge"], "webauthn.create", "http://localhost:3000");
        let read =
            (&client["challenge"], client["type"].as_str().unwrap(), client["origin"].as_str().unwrap());
        assert_eq!(read, right, "{other}");
        rewind(&world).await;
    }
    assert!(made > 0 && refused > TIMES, "{made} and {refused}");
}

#[sqlx::test]
async fn a_spoilt_answer_proves_nothing(db: PgPool) {
    let world = world_with_passkeys(db, "2026-11-26", false).await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (mut device, _) = ines.adds_passkey("Phone").await;
    let form = format!("email={}%40example.org&password={}", ines.id, PASSWORD.replace(' ', "+"));
    let half = world.stranger().with_cookies(&world.stranger().post("/sign-in", &form).await);
    let page = "/sign-in/code";
    let answer = device.prove(&asked(&half.get(page).await));
    remember(&world).await;
    let signed = ["authenticatorData", "clientDataJSON", "signature"];
    let (mut opened, mut refused) = (0, 0);
    for other in spoilt_answers(&answer, &signed) {
        let reply = send(&world, &half, page, &other).await;
        if reply.status == 422 {
            refused += 1;
            continue;
        }
        opened += 1;
        let said: Value = serde_json::from_str(&tidy(&other)).unwrap();
        for field in signed {
            assert_eq!(bytes(&said, field), bytes(&answer, field), "{other}");
        }
        rewind(&world).await;
    }
    assert!(refused > TIMES, "{opened} and {refused}");
    assert_eq!(
        send(&world, &half, page, &answer.to_string()).await.location.as_deref(),
        Some("/profile"),
        "the right one"
    );
}
