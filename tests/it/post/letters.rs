use super::{application, owe, placement, round};
use crate::support::{Reader, World, world_on};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use stagiaire::domain::letter::Letter;
use stagiaire::post::Transport;
use stagiaire::post::letters::{Facts, Written, write};
use stagiaire::text::Lang;
use std::collections::BTreeSet;
use uuid::Uuid;

const LINK: &str = "https://stages.example.org/x/1";

fn written(letter: Letter, lang: Lang, name: &str) -> Written {
    let facts = Facts {
        name,
        reference: "ST-2026-04817",
        number: "3",
        title: "Assistant",
        link: LINK,
        ..Facts::default()
    };
    write(letter, lang, &facts).unwrap()
}

/// The sentences of a letter as a mail program shows them: paragraphs with their lines joined.
fn paragraphs(plain: &str) -> Vec<String> {
    let (body, foot) = plain.split_once("\n-- \n").unwrap_or_else(|| panic!("no signature in {plain}"));
    // no-break spaces stay
    let joined =
        |block: &str| block.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let body = body.split("\n\n").map(|block| joined(&block.replace(LINK, "")));
    body.chain(foot.split(". ").map(joined)).filter(|words| !words.is_empty()).collect()
}

#[test]
fn every_letter_is_written_in_every_language() {
    for letter in Letter::ALL.iter().copied() {
        let mut seen = BTreeSet::new();
        for lang in Lang::ALL {
            let Written { subject, plain, html } = written(letter, lang, "Inés Carvajal");
            let of = format!("{} in {}:\n{plain}\n{html}", letter.code(), lang.code());
            assert!(!subject.is_empty() && subject.chars().count() <= 78 && !subject.contains('\n'), "{of}");
            assert!(plain.contains("Inés Carvajal") && html.contains("Inés Carvajal"), "{of}");
            assert!(plain.contains("ST-2026-04817") && html.contains("ST-2026-04817"), "{of}");
            assert_eq!(plain.matches(LINK).count(), 1, "one link: {of}");
            assert_eq!(
                html.matches(&format!("href=\"{LINK}\"")).count(),
                2,
                "a button and the address: {of}"
            );
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{of}");
            assert!(html.contains(&format!("<title>{subject}</title>")), "{of}");
            assert!(plain.lines().all(|line| line.chars().count() <= 78), "lines too long: {of}");
            assert!(!plain.contains("\n\n\n") && !plain.contains('{') && !html.contains("{{"), "{of}");
            for sentence in paragraphs(&plain).iter().chain([&subject]) {
                // only the product's name is the same in all three
                assert!(
                    sentence == "Stagiaire" || seen.insert(sentence.clone()),
                    "twice: \"{sentence}\" {of}"
                );
                assert!(
                    html.contains(sentence.trim_end_matches([':', '.', '\u{a0}', ' '])),
                    "{sentence}: {of}"
                );
            }
        }
    }
}

#[test]
fn letters_are_told_apart_and_speak_plainly() {
    for lang in Lang::ALL {
        let subjects: BTreeSet<String> =
            Letter::ALL.iter().copied().map(|letter| written(letter, lang, "Inés").subject).collect();
        assert_eq!(subjects.len(), Letter::ALL.len(), "{}", lang.code());
    }
    for letter in Letter::ALL.iter().copied() {
        let plain = written(letter, Lang::En, "Inés").plain.to_lowercase();
        let harsh = ["please", "invalid", "required", "unfortunately", "submit"];
        assert!(harsh.iter().all(|word| !plain.contains(word)), "{plain}");
        assert_eq!(Letter::from_code(letter.code()), Some(letter));
    }
}

#[test]
fn a_receipt_says_which_version_it_is_for() {
    for lang in Lang::ALL {
        let Written { plain, html, .. } = written(Letter::Released, lang, "Inés");
        assert!(plain.contains(" 3 ") && html.contains(" 3 "), "{plain}");
    }
}

#[test]
fn a_name_is_never_markup_nor_a_message() {
    for name in ["<b>Inés</b>", "Win now at evil.example", "Inés \u{202e}moc", ""] {
        let Written { plain, html, .. } = written(Letter::ConfirmEmail, Lang::En, name);
        assert!(plain.starts_with("Hello,\n"), "{plain}");
        assert!(!html.contains("<b>") && !html.contains("evil"), "{html}");
    }
    let html = written(Letter::ConfirmEmail, Lang::En, "Róisín O'Neill & Ní Dhomhnaill").html;
    assert!(html.contains("O&#39;Neill &#38; N") && !html.contains("O'Neill & N"), "{html}");
}

/// A letter as it was sent, and where its link leads within the site.
async fn sent(world: &World, reader: &Reader<'_>, letter: Letter, about: Option<Uuid>) -> (String, String) {
    let id = owe(world, reader, letter, about).await;
    assert_eq!(round(world, &Transport::Mailbox).await, 1, "{}", letter.code());
    let plain: String = sqlx::query_scalar("select plain from mailbox where id = $1")
        .bind(id)
        .fetch_one(&world.db)
        .await
        .unwrap();
    let site = &world.app.settings().url;
    let link = plain.split(site.as_str()).nth(1).unwrap_or_else(|| panic!("no link in {plain}"));
    let link = link.split_whitespace().next().unwrap().to_owned();
    (plain, link)
}

#[sqlx::test]
async fn every_link_leads_to_where_its_letter_says(db: PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (ana, sara) = (world.candidate("en").await, world.sign_in("es", &["supervisor"]).await);
    let case = application(&world, &ana, "ST-2026-04817").await;
    let place = placement(&world, case, &sara, "PL-2026-0931").await;
    for (letter, about, link) in [
        (Letter::AlreadyRegistered, None, "/sign-in".to_owned()),
        (Letter::PasswordChanged, None, "/sign-in".to_owned()),
        (Letter::AccountUnused, None, "/sign-in".to_owned()),
        (Letter::SecondFactorAdded, None, "/account/second-factor".to_owned()),
        (Letter::SecondFactorRemoved, None, "/account/second-factor".to_owned()),
        (Letter::PasskeyAdded, None, "/account/second-factor".to_owned()),
        (Letter::PasskeyRemoved, None, "/account/second-factor".to_owned()),
        (Letter::SecondFactorReset, None, "/account/second-factor".to_owned()),
        (Letter::RecoveryCodeUsed, None, "/account/second-factor".to_owned()),
        (Letter::Released, Some(case), "/application".to_owned()),
        (Letter::Withdrawn, Some(case), "/application".to_owned()),
        (Letter::ChangesRequested, Some(case), "/application".to_owned()),
        (Letter::Pooled, Some(case), "/application".to_owned()),
        (Letter::NotSelected, Some(case), "/application".to_owned()),
        (Letter::Reopened, Some(case), "/application".to_owned()),
        (Letter::WithdrawalUndone, Some(case), "/application".to_owned()),
        (Letter::PoolEnding, Some(case), "/application".to_owned()),
        (Letter::AnswerDue, Some(case), "/application".to_owned()),
        (Letter::Expired, Some(case), "/application".to_owned()),
        (Letter::Renewed, Some(case), "/application".to_owned()),
        (Letter::Unreleased, None, "/profile/release".to_owned()),
        (Letter::CaseAssigned, Some(case), format!("/review/{case}")),
        (Letter::BackWithYou, Some(case), format!("/review/{case}")),
        (Letter::MessageFromStaff, Some(case), "/application/messages".to_owned()),
        (Letter::MessageFileInfected, Some(case), "/application/messages".to_owned()),
        (Letter::StaffFileInfected, Some(case), format!("/review/{case}/messages")),
        (Letter::MessageFromCandidate, Some(case), format!("/review/{case}/messages")),
        (Letter::NewerVersion, Some(case), format!("/review/{case}")),
        (Letter::PlacementProposed, Some(place), format!("/supervision/{place}")),
        (Letter::PlacementApproved, Some(place), format!("/placements/{place}")),
        (Letter::PlacementDeclined, Some(place), format!("/placements/{place}")),
        (Letter::PlacementCancelled, Some(place), "/supervision/decided".to_owned()),
        (Letter::OfferMade, Some(place), format!("/offer/{place}")),
        (Letter::OfferReminder, Some(place), format!("/offer/{place}")),
        (Letter::OfferRescinded, Some(place), format!("/offer/{place}")),
        (Letter::PlacementOff, Some(place), format!("/offer/{place}")),
        (Letter::OfferLapsed, Some(place), "/application".to_owned()),
        (Letter::OfferAccepted, Some(place), format!("/placements/{place}")),
        (Letter::OfferRefused, Some(place), format!("/placements/{place}")),
        (Letter::OfferUnanswered, Some(place), format!("/placements/{place}")),
        (Letter::DatesAsked, Some(place), format!("/placements/{place}")),
        (Letter::DeputyNamed, None, "/account/deputy".to_owned()),
        (Letter::DeputyArranged, None, "/account/deputy".to_owned()),
        (Letter::DeputyEnded, None, "/account/deputy".to_owned()),
        (Letter::DeputyOver, None, "/account/deputy".to_owned()),
        (Letter::ApprovalDue, Some(place), format!("/supervision/{place}")),
        (Letter::WaiverDue, Some(place), format!("/direction/{place}")),
        (Letter::PapersDue, Some(place), format!("/onboarding/{place}")),
        (Letter::VerificationDue, Some(place), format!("/placements/{place}/documents")),
        (Letter::ExaminationDue, Some(place), "/medical".to_owned()),
        (Letter::StartDue, Some(place), format!("/placements/{place}")),
        (Letter::ExtensionAnswerDue, Some(place), format!("/internship/{place}/extension")),
        (Letter::ExtensionDecisionDue, Some(place), format!("/placements/{place}/extension")),
        (Letter::CompletionDue, Some(place), format!("/supervision/{place}/complete")),
        (Letter::MidTermDue, Some(place), format!("/supervision/{place}/evaluate/mid_term")),
        (Letter::FinalDue, Some(place), format!("/supervision/{place}/evaluate/final")),
        (Letter::InsuranceEnding, Some(place), format!("/internship/{place}")),
        (Letter::WaiverRequested, Some(place), format!("/direction/{place}")),
        (Letter::WaiverDecided, Some(place), format!("/placements/{place}")),
        (Letter::DocumentReturned, Some(place), format!("/onboarding/{place}")),
        (Letter::ReadyToStart, Some(place), format!("/onboarding/{place}")),
        (Letter::InternReady, Some(place), format!("/supervision/{place}")),
        (Letter::InternNotReady, Some(place), format!("/supervision/{place}")),
        (Letter::InternshipBegun, Some(place), format!("/internship/{place}")),
        (Letter::SupervisionBegun, Some(place), format!("/supervision/{place}")),
        (Letter::AbsenceRecorded, Some(place), "/application".to_owned()),
        (Letter::InternAbsent, Some(place), "/supervision/decided".to_owned()),
        (Letter::PlacementReady, Some(place), format!("/placements/{place}")),
        (Letter::InterviewProposed, Some(place), format!("/interview/{place}")),
        (Letter::InterviewReminder, Some(place), format!("/interview/{place}")),
        (Letter::InterviewCancelled, Some(place), format!("/interview/{place}")),
        (Letter::InterviewChosen, Some(place), format!("/supervision/{place}/interview")),
        (Letter::InterviewRefused, Some(place), format!("/supervision/{place}/interview")),
        (Letter::InterviewToHold, Some(place), format!("/supervision/{place}/interview")),
        (Letter::InterviewOff, Some(place), format!("/supervision/{place}")),
        (Letter::InternExpected, Some(place), format!("/supervision/{place}")),
        (Letter::NamedInNote, Some(case), format!("/review/{case}")),
        (Letter::DuplicateProposed, Some(case), format!("/review/{case}")),
        (Letter::DuplicateDecided, Some(case), format!("/review/{case}")),
    ] {
        let (plain, leads_to) = sent(&world, &sara, letter, about).await;
        assert_eq!(leads_to, link, "{}", letter.code());
        let reference = about.map(|id| if id == case { "ST-2026-04817" } else { "PL-2026-0931" });
        match reference {
            Some(reference) => assert!(plain.contains(&format!("Referencia {reference}.")), "{plain}"),
            None => assert!(!plain.contains("Referencia"), "{plain}"),
        }
    }
}

#[sqlx::test]
async fn a_link_that_proves_who_opens_it_is_new_and_lasts_as_long_as_it_says(db: PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ana = world.candidate("en").await;
    for (letter, page, purpose, lasts) in [
        (Letter::ConfirmEmail, "/confirm/", "confirm_email", TimeDelta::hours(48)),
        (Letter::ResetPassword, "/reset-password/", "reset_password", TimeDelta::hours(1)),
        (Letter::Invitation, "/invitation/", "invitation", TimeDelta::days(7)),
    ] {
        let (_, link) = sent(&world, &ana, letter, None).await;
        let token = link.strip_prefix(page).unwrap_or_else(|| panic!("{link}"));
        let kept: (Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>) = sqlx::query_as(
            "select person_id, purpose, expires_at, used_at from link_token where token_hash = $1",
        )
        .bind(Sha256::digest(token).to_vec())
        .fetch_one(&world.db)
        .await
        .unwrap();
        assert_eq!(kept, (ana.id, purpose.to_owned(), world.now + lasts, None));
        let (_, another) = sent(&world, &ana, letter, None).await;
        assert_ne!(link, another, "a letter has a link of its own");
    }
}

#[sqlx::test]
async fn a_receipt_names_the_version_of_its_own_release(db: PgPool) {
    let world = world_on(db, "2026-11-24").await;
    world.tampered();
    let ana = world.candidate("en").await;
    let case = application(&world, &ana, "ST-2026-04817").await;
    let id = owe(&world, &ana, Letter::Released, Some(case)).await;
    sqlx::query(
        "with told as (
            insert into audit_event (at, actor_id, actor_role, subject, subject_id, version, action, from_state,
                                     to_state, facts)
            values ($1, $2, 'candidate', 'application', $3, 2, 're_release', 'released', 'released', '{\"number\": 2}')
            returning id)
         update outbox set event_id = told.id from told where outbox.id = $4",
    )
    .bind(world.now)
    .bind(ana.id)
    .bind(case)
    .bind(id)
    .execute(&world.db)
    .await
    .unwrap();
    assert_eq!(round(&world, &Transport::Mailbox).await, 1);
    assert!(world.stranger().get(&format!("/mailbox/{id}")).await.has("Version 2 of your profile"));
}
