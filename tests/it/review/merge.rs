//! A duplicate is closed by two reviewers, by steps that exist, and the candidate is told.
use crate::support::world_on;

#[sqlx::test]
async fn one_proposes_another_confirms_and_the_candidate_is_told(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, again) = (world.candidate("es").await, world.candidate("fr").await);
    let (kept, it) = (world.application(&maria).await, world.application(&again).await);
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    me.claim(it).await;
    let (ask, decide) = (format!("/review/{it}/duplicates/{kept}/close"), format!("/review/{it}/duplicate"));
    let page = me.get(&ask).await;
    assert!(page.has("Vous avez deux candidatures chez nous."), "in the candidate's language: {}", page.body);

    let bare = me.post(&ask, &format!("form={}&why=&message=", page.hidden("form"))).await;
    assert!(bare.status == 422 && bare.has("href=\"#why\"") && bare.has("href=\"#message\""));
    let form = format!("form={}&why=Same+passport&message=Une+seule+suffit.", page.hidden("form"));
    for _ in 0..2 {
        assert_eq!(me.post(&ask, &form).await.status, 303);
    }
    assert_eq!(world.count("select count(*) from duplicate_proposal").await, 1, "a double click");
    assert!(colleague.get(&format!("/review/{kept}")).await.has(&decide), "both pages say so");
    assert_eq!(me.post(&decide, "decision=confirm").await.status, 403, "nobody confirms their own");

    let page = colleague.get(&decide).await;
    let form =
        format!("seen={}&about={}&decision=confirm&answer=", page.hidden("seen"), page.hidden("about"));
    assert_eq!(colleague.post(&decide, &form.replace("seen=2", "seen=1")).await.status, 409);
    let (one, two) = tokio::join!(colleague.post(&decide, &form), colleague.post(&decide, &form));
    assert_eq!((one.status, two.status), (303, 303));

    let story = world.story().await.join("; ");
    let steps = "unclaim: in_review -> released, by hr_reviewer; claim: released -> in_review, by hr_reviewer; \
                 decline: in_review -> not_selected, by hr_reviewer; confirm_duplicate, by hr_reviewer";
    assert!(story.ends_with(steps), "{story}");
    assert_eq!(world.letters().await, ["not_selected", "duplicate_decided"]);
    assert!(again.get("/application").await.has("Une seule suffit."));
    assert!(me.get(&format!("/review/{it}")).await.has("Closed as a duplicate of"));
    assert!(me.get(&format!("/review/{kept}")).await.has("Take this profile"), "the other stays as it is");
}

#[sqlx::test]
async fn two_people_stay_two_and_the_next_reader_knows(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (one, two) = (world.candidate("es").await, world.candidate("en").await);
    let (kept, it) = (world.application(&one).await, world.application(&two).await);
    let (me, colleague) = (world.reviewer("en").await, world.reviewer("en").await);
    let form = me.get(&format!("/review/{it}/duplicates/{kept}/close")).await.hidden("form");
    let form = format!("form={form}&why=Same+name&message=One+is+enough.");
    me.post(&format!("/review/{it}/duplicates/{kept}/close"), &form).await;
    let decide = format!("/review/{it}/duplicate");
    let page = colleague.get(&decide).await;
    let seen = format!("seen={}&about={}", page.hidden("seen"), page.hidden("about"));

    let bare = colleague.post(&decide, &format!("{seen}&decision=refuse&answer=")).await;
    let said = colleague.post(&decide, &format!("{seen}&decision=refuse&answer=Twins")).await;

    assert_eq!((bare.status, said.status), (422, 303));
    assert_eq!(world.letters().await, ["duplicate_decided"]);
    assert!(me.get(&format!("/review/{it}")).await.has("found to be another person"));
}

#[sqlx::test]
async fn two_who_close_each_as_a_duplicate_of_the_other_leave_one(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (one, two) = (world.candidate("es").await, world.candidate("en").await);
    let (one, two) = (world.application(&one).await, world.application(&two).await);
    let (me, ana, bea) = (world.reviewer("en").await, world.reviewer("en").await, world.reviewer("en").await);
    let mut forms = Vec::new();
    for (it, kept) in [(one, two), (two, one)] {
        let ask = format!("/review/{it}/duplicates/{kept}/close");
        let form = me.get(&ask).await.hidden("form");
        me.post(&ask, &format!("form={form}&why=Same+name&message=One+is+enough.")).await;
        let page = ana.get(&format!("/review/{it}/duplicate")).await;
        let form = format!("seen={}&about={}", page.hidden("seen"), page.hidden("about"));
        forms.push((format!("/review/{it}/duplicate"), format!("{form}&decision=confirm&answer=")));
    }

    let (first, second) =
        tokio::join!(ana.post(&forms[0].0, &forms[0].1), bea.post(&forms[1].0, &forms[1].1));

    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "{}{}", first.body, second.body);
    assert_eq!(world.count("select count(*) from application where is_open").await, 1);
}
