use crate::support::{PDF, WHOLE_POLICY, world_on};

#[sqlx::test]
async fn what_is_sent_back_says_why_and_the_intern_hears_of_it(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    cast.show("insurance", &WHOLE_POLICY).await;
    let id = cast.shown("insurance").await;
    let list = cast.reviewer.get(&cast.at("placements", "/documents")).await;
    assert!(list.has("To check") && list.has("Medical care, Evacuation and Repatriation"), "{}", list.body);
    assert!(list.has("Medical care: 1\u{a0}February 2027 to 31\u{a0}July 2027"), "{}", list.body);
    let path = cast.at("placements", &format!("/documents/{id}"));
    assert_eq!(cast.reviewer.get(&format!("{path}/file")).await.body.as_bytes(), PDF);
    assert_eq!(world.story().await.last().unwrap(), "open_document, by hr_reviewer");

    let unsaid = cast.reviewer.fill_in(&path, "decision=returned").await;
    let undecided = cast.reviewer.fill_in(&path, "reason=x").await;
    let form = "seen=submitted&decision=returned&reason=No+repatriation+on+page+2";
    for _ in 0..2 {
        assert_eq!(cast.reviewer.post(&path, form).await.location, Some(cast.at("placements", "/documents")));
    }

    assert!(unsaid.status == 422 && unsaid.has("Say what is missing"));
    assert!(undecided.status == 422 && undecided.has("Choose a decision"));
    assert_eq!(world.story().await.last().unwrap(), "return_document: accepted -> accepted, by hr_reviewer");
    assert_eq!(world.letters().await[6..], ["document_returned"]);
    assert!(cast.candidate.get(&cast.at("onboarding", "")).await.has("No repatriation on page 2"));
    assert_eq!(world.count("select count(*) from audit_event where reason like '%page 2%'").await, 0);
    let shut = "select count(*) from onboarding_document where reason is null and shut_reason is not null
        and encode(shut_reason, 'escape') not like '%page 2%'";
    assert_eq!(world.count(shut).await, 1, "under the key of its file");
    let late = world.reviewer("en").await.post(&path, "seen=submitted&decision=verified").await;
    assert!(late.status == 409 && late.has("has changed meanwhile") && late.hidden("seen") == "returned");
}

#[sqlx::test]
async fn a_medical_file_is_not_for_human_resources(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    let id = cast.shown("medical_certificate").await;
    let path = cast.at("placements", &format!("/documents/{id}"));
    for verb in ["", "/file"] {
        assert_eq!(cast.reviewer.get(&format!("{path}{verb}")).await.status, 404);
        assert_eq!(cast.reviewer.get(&format!("/medical/{id}{verb}")).await.status, 403);
        assert_eq!(cast.supervisor.get(&format!("/medical/{id}{verb}")).await.status, 403);
    }
    assert_eq!(cast.reviewer.post(&path, "seen=submitted&decision=verified").await.status, 404);
    let list = cast.reviewer.get(&cast.at("placements", "/documents")).await;
    assert!(list.has("Medical certificate") && !list.has("medical_certificate.pdf"), "{}", list.body);
}

#[sqlx::test]
async fn what_turns_out_wrong_later_makes_the_placement_wait_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    cast.settle_all_but("", &officer).await;
    assert_eq!(world.count("select count(*) from placement where state = 'ready'").await, 1);
    assert_eq!(cast.show("agreement", &[]).await.location, Some(cast.at("onboarding", "")), "all is settled");

    let path = cast.at("placements", &format!("/documents/{}", cast.shown("agreement").await));
    let reply = cast.reviewer.fill_in(&path, "decision=returned&reason=A+page+is+missing").await;

    assert_eq!(reply.status, 303, "{}", reply.body);
    let story = world.story().await;
    assert_eq!(
        story[story.len() - 2..],
        ["unready: ready -> accepted, by system", "return_document: accepted -> accepted, by hr_reviewer"]
    );
    assert_eq!(world.letters().await[9..], ["intern_not_ready", "document_returned"]);
}
