//! Everything a candidate does, in a browser that runs no script of any page.

use super::chromium::Browser;
use super::journey::{Words, applies, signs_in};
use crate::support::{Cast, EVALUATION, PDF, Reader, World, world_behind_a_socket};
use std::path::Path;
use uuid::Uuid;

#[sqlx::test]
async fn a_candidate_needs_no_script(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let it = Browser::open(&world.url, "es").await;
    assert!(it.runs_scripts().await, "a browser is one that runs scripts");
    let it = it.without_scripts().await;
    assert!(!it.runs_scripts().await);

    let words = Words {
        lang: "es",
        eligible: "Cumplida",
        mail: "Ahora abra su correo",
        not_a_pdf: "El archivo debe ser PDF, JPG o PNG",
        released: "Enviado",
        in_pool: "En la bolsa",
        approved: "Aprobada",
    };
    applies(&it, &words).await;

    it.follow("/application/messages").await;
    it.write("body", "¿Puedo empezar en marzo?").await;
    it.submit().await;
    it.reads("¿Puedo empezar en marzo?").await;
    assert_eq!(world.count("select count(*) from message").await, 1);

    it.go("/application").await;
    it.follow("/application/withdraw").await;
    it.submit().await;
    it.arrives_at("/application").await;
    it.reads("Retirado").await;
    it.send("/application/withdraw/undo").await;
    it.reads(words.released).await;
    let story = world.story().await;
    assert!(story.iter().any(|step| step == "withdraw: released -> withdrawn, by candidate"), "{story:?}");
    assert_eq!(story.last().unwrap(), "undo_withdraw: withdrawn -> released, by candidate");
    it.close().await;
}

/// Who has an offer goes on to the certificate. The others do their part elsewhere.
#[sqlx::test]
async fn an_intern_needs_no_script(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let cast = world.offered().await;
    world.with_password(world.again(&cast.candidate)).await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let folder = std::env::temp_dir().join(format!("stagiaire-upload-{}", Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let it = Browser::open(&world.url, "en").await.without_scripts().await;
    assert!(!it.runs_scripts().await);

    comes_in(&it, &cast).await;
    accepts(&it).await;
    for kind in ["insurance", "medical_certificate", "vaccination_record", "passport", "agreement"] {
        sends(&it, &folder, kind, ("1 2 2027", "31 7 2027")).await;
    }
    checked(&cast, &officer).await;
    it.go(&cast.at("internship", "")).await;
    it.reads("1\u{a0}February 2027").await;

    let first = world.later_behind_a_socket("2027-02-01").await;
    let start = "first_day=1&first_month=2&first_year=2027";
    cast.on(&first).supervisor.done(&cast.at("supervision", "/start"), start).await;
    let half = world.later_behind_a_socket("2027-05-03").await;
    let supervisor = cast.supervisor.of(&half);
    supervisor.done(&cast.at("supervision", "/evaluate/mid_term"), EVALUATION).await;
    let longer = "end_day=31&end_month=8&end_year=2027&reason=The+survey+goes+on";
    supervisor.done(&cast.at("supervision", "/extend"), longer).await;
    let it = it.visiting(&half.url);
    comes_in(&it, &cast).await;
    stays_longer(&it).await;
    comments(&it, "mid_term", "I would like to draw more maps").await;
    it.follow("/onboarding/").await;
    sends(&it, &folder, "insurance", ("1 8 2027", "31 8 2027")).await;
    checked(&cast.on(&half), &officer.of(&half)).await;
    confirmed(&cast.on(&half)).await;
    it.go(&cast.at("internship", "")).await;
    it.reads("your last day is 31\u{a0}August 2027").await;

    let last = world.later_behind_a_socket("2027-08-30").await;
    let supervisor = cast.supervisor.of(&last);
    supervisor.done(&cast.at("supervision", "/evaluate/final"), EVALUATION).await;
    supervisor.done(&cast.at("supervision", "/complete"), "").await;
    let it = it.visiting(&last.url);
    comes_in(&it, &cast).await;
    it.follow("/internship/").await;
    comments(&it, "final", "Thank you for everything").await;
    verifies(&it, &last).await;
    assert_eq!(world.count("select count(*) from evaluation where comment is not null").await, 2);
    it.close().await;
    std::fs::remove_dir_all(folder).unwrap();
}

/// Signs in, as after every long while, and sees where things stand.
async fn comes_in(it: &Browser, cast: &Cast<'_>) {
    it.forget_who().await;
    it.go("/sign-in").await;
    signs_in(it, &format!("{}@example.org", cast.candidate.id)).await;
    it.go("/application").await;
}

async fn accepts(it: &Browser) {
    it.follow("/offer/").await;
    it.reads("CHF").await;
    it.follow_to("/accept").await;
    it.choose("agreed", "true").await;
    it.submit().await;
    it.reads("Documents").await;
}

/// Sends a paper for the first day, or for a longer stay, from the list of papers.
async fn sends(it: &Browser, folder: &Path, kind: &str, (from, until): (&str, &str)) {
    let file = folder.join(format!("{kind} of {from}.pdf"));
    std::fs::write(&file, [PDF, format!("% {kind} of {from}\n%%EOF\n").as_bytes()].concat()).unwrap();
    it.follow_to(&format!("/{kind}")).await;
    match kind {
        "insurance" => {
            for cover in ["medical", "evacuation", "repatriation"] {
                it.choose("covers", cover).await;
            }
            it.write_date("from", from).await;
            it.write_date("until", until).await;
        }
        "passport" => it.write_date("until", "1 1 2030").await,
        // who reads it is agreed to once
        "medical_certificate" => it.choose("agree", "true").await,
        _ => {}
    }
    it.attach("file", &file).await;
    it.reads(&format!("{kind} of {from}.pdf")).await;
}

/// Every paper that waits is accepted by whom it is for.
async fn checked(cast: &Cast<'_>, officer: &Reader<'_>) {
    for (paper, is_medical) in cast.waiting().await {
        let (who, path) = match is_medical {
            true => (officer, format!("/medical/{paper}")),
            false => (&cast.reviewer, cast.at("placements", &format!("/documents/{paper}"))),
        };
        who.done(&path, "decision=verified&until_day=31&until_month=12&until_year=2027").await;
    }
}

async fn confirmed(cast: &Cast<'_>) {
    let path = cast.at("placements", "/extension");
    let wish = cast.reviewer.get(&path).await.hidden("wish");
    cast.reviewer.done(&path, &format!("wish={wish}&decision=confirm")).await;
}

async fn comments(it: &Browser, which: &str, words: &str) {
    it.follow_to(&format!("/evaluation/{which}")).await;
    it.reads("Cleaned the survey").await;
    it.write("comment", words).await;
    it.submit().await;
    it.reads(words).await;
    it.follow("/internship/").await;
}

async fn stays_longer(it: &Browser) {
    it.follow_to("/extension").await;
    it.reads("The survey goes on").await;
    it.choose("answer", "yes").await;
    it.submit().await;
}

/// Takes the certificate home, and anybody else finds it genuine.
async fn verifies(it: &Browser, world: &World) {
    let paper = it.download("/certificate/en.pdf").await;
    assert!(paper.starts_with(b"%PDF-"), "{:?}", String::from_utf8_lossy(&paper[..paper.len().min(80)]));
    let code: String = sqlx::query_scalar("select code from certificate").fetch_one(&world.db).await.unwrap();
    it.reads(&code[..4]).await;
    it.forget_who().await;
    it.go("/verify").await;
    it.write("code", &code.to_lowercase()).await;
    it.submit().await;
    it.arrives_at(&format!("/verify/{code}")).await;
    it.reads("This certificate is genuine").await;
    it.reads("María José Quispe Ñahui").await;
    it.reads("31\u{a0}August 2027").await;
}
