use super::{say, say_with};
use crate::support::{PDF, world_on};

const MINE: &str = "/application/messages";

#[sqlx::test]
async fn a_question_is_answered_and_each_side_gets_one_letter_until_it_reads(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    let theirs = format!("/review/{id}/messages");
    reviewer.claim(id).await;

    let empty = maria.get(MINE).await;
    let sent = say(&maria, MINE, "May I begin in March?\n\nI have an exam.").await;
    say(&maria, MINE, "On the second, that is.").await;
    assert!(empty.has("No messages yet") && !empty.has("id=\"latest\""));
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/application/messages#latest")));
    assert_eq!(
        world.letters().await,
        ["message_from_candidate"],
        "the second waits for the first to be read"
    );
    assert!(reviewer.get(&format!("/review/{id}")).await.has("2 new"));

    let read = reviewer.get(&theirs).await;
    assert!(read.has("<b>María José Quispe Ñahui</b>") && read.has("<p>I have an exam.</p>"));
    assert_eq!(read.body.matches(">New</span>").count(), 2);
    assert!(!reviewer.get(&theirs).await.has(">New</span>"));
    say(&reviewer, &theirs, "Yes, on the first of March.").await;
    say(&maria, MINE, "Thank you!").await;

    assert!(maria.get("/application").await.body.matches("1 new").count() == 0, "reading marked it as read");
    let page = maria.get(MINE).await;
    assert!(page.has("<b>Ana Beltrán, Human Resources</b>") && page.has("<b>You</b>"));
    let order = ["May I begin", "On the second", "Yes, on the first", "Thank you!"];
    let places: Vec<usize> = order.iter().map(|words| page.body.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "newest last: {places:?}");
    assert_eq!(
        world.letters().await,
        ["message_from_candidate", "message_from_staff", "message_from_candidate"]
    );
    assert_eq!(
        world.story().await[2..],
        [
            "write_message, by candidate",
            "write_message, by candidate",
            "read_messages, by hr_reviewer",
            "write_message, by hr_reviewer",
            "read_messages, by candidate",
            "write_message, by candidate",
        ]
    );
}

#[sqlx::test]
async fn the_same_form_sent_twice_writes_once_and_with_other_words_twice(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("en").await;
    world.application(&maria).await;
    let form = maria.get(MINE).await.hidden("form");

    let (one, two) = tokio::join!(
        say_with(&maria, MINE, &form, "Twice", &[("a.pdf", PDF)]),
        say_with(&maria, MINE, &form, "Twice", &[("a.pdf", PDF)])
    );
    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(world.count("select count(*) from message").await, 1);
    assert_eq!(world.stored().len(), 2, "the CV and one copy of the file");

    assert_eq!(say_with(&maria, MINE, &form, "Twice, corrected", &[]).await.status, 303);
    assert_eq!(world.count("select count(*) from message").await, 2);
}

#[sqlx::test]
async fn what_was_typed_comes_back_with_what_is_wrong(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("en").await;
    world.application(&maria).await;

    let empty = say(&maria, MINE, "  ").await;
    let long = say(&maria, MINE, &"é".repeat(5001)).await;
    let form = maria.get(MINE).await.hidden("form");
    let files: [(&str, &[u8]); 2] = [("letter.pdf", PDF), ("letter.doc", b"\xD0\xCF\x11\xE0 of Word")];
    let refused = say_with(&maria, MINE, &form, "Here is the letter.", &files).await;
    let pdf = |n: u8| [PDF, &[n]].concat();
    let pages = [pdf(1), pdf(2), pdf(3), pdf(4)];
    let four: Vec<(&str, &[u8])> = pages.iter().map(|page| ("page.pdf", page.as_slice())).collect();
    let many = say_with(&maria, MINE, &form, "Four pages.", &four).await;

    assert_eq!([empty.status, long.status, refused.status, many.status], [422; 4]);
    assert!(empty.has("<a href=\"#body\">Write your message</a>"));
    assert!(long.has("Write 5000 characters or fewer") && long.has(&"é".repeat(5001)));
    assert!(refused.has("Here is the letter.</textarea>") && refused.has("choose them again"));
    assert!(refused.has("<a href=\"#file\">letter.doc: The file must be a PDF, JPG or PNG</a>"));
    assert!(many.has("Three files are enough for one message"));
    assert_eq!(world.count("select count(*) from message").await, 0);
    assert_eq!(world.stored().len(), 1, "beside the CV no file stays without its message");
}

#[sqlx::test]
async fn the_twenty_first_message_within_an_hour_waits(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("en").await;
    world.application(&maria).await;
    for n in 0..20 {
        assert_eq!(say(&maria, MINE, &format!("Question {n}")).await.status, 303);
    }

    let more = say(&maria, MINE, "And another thing").await;

    assert_eq!(more.status, 422);
    assert!(more.has("You have written 20 messages within an hour") && more.has("11:00\u{a0}CET"));
    assert!(more.has("And another thing</textarea>"));
    assert_eq!(world.count("select count(*) from message").await, 20);
}

#[sqlx::test]
async fn a_thread_is_read_page_by_page(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let maria = world.candidate("en").await;
    let id = world.application(&maria).await;
    sqlx::query(
        "insert into message (id, application_id, author_id, from_staff, written_at, body, form_id)
         select gen_random_uuid(), $1, $2, false, $3::timestamptz - n * interval '1 day', 'Number ' || n || '.', gen_random_uuid()
         from generate_series(1, 40) n",
    )
    .bind(id)
    .bind(maria.id)
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();

    let newest = maria.get(MINE).await;
    let link = newest.body.split("<a rel=\"prev\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let earlier = maria.get(link).await;

    assert!(newest.has("Number 1.") && newest.has("Number 30.") && !newest.has("Number 31."));
    assert!(earlier.has("Number 31.") && earlier.has("Number 40.") && !earlier.has("Number 30."));
    assert!(earlier.has("<a rel=\"next\" href=\"/application/messages\">") && !earlier.has("rel=\"prev\""));
}

#[sqlx::test]
async fn a_closed_application_is_read_only_and_says_why(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (maria, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let id = world.application(&maria).await;
    say(&maria, MINE, "Still there?").await;
    let form = maria.get(MINE).await.hidden("form");
    assert_eq!(maria.fill_in("/application/withdraw", "why=").await.status, 303);

    let late = say_with(&maria, MINE, &form, "One more thing", &[("a.pdf", PDF)]).await;
    let page = maria.get(MINE).await;

    assert_eq!(late.status, 409);
    assert!(late.has("was closed meanwhile") && late.has("<p>One more thing</p>") && !late.has("<textarea"));
    assert!(page.has("You took your profile back") && page.has("Still there?") && !page.has("<textarea"));
    assert_eq!(world.count("select count(*) from message").await, 1);
    assert_eq!(world.stored().len(), 1, "only the CV");
    assert_eq!(reviewer.get(&format!("/review/{id}/messages")).await.status, 404);
}

#[sqlx::test]
async fn before_a_release_there_is_nobody_to_write_to(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = world.candidate("en").await;

    let page = ana.get(MINE).await;
    let sent = say_with(&ana, MINE, &uuid::Uuid::now_v7().to_string(), "Hello", &[("a.pdf", PDF)]).await;

    assert_eq!((page.status, page.location.as_deref()), (303, Some("/application")));
    assert_eq!(sent.status, 404);
    assert!(world.stored().is_empty());
}

#[sqlx::test]
async fn threads_of_earlier_applications_are_read_and_every_page_counts_what_is_new(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    let (maria, other) = (world.candidate("en").await, world.candidate("en").await);
    let reviewer = world.reviewer("en").await;
    let old = world.application(&maria).await;
    say(&reviewer, &format!("/review/{old}/messages"), "Until next year!").await;
    sqlx::query(
        "update application set version = 2, action = 'claim', state = 'in_review', reviewer_id = $1",
    )
    .bind(reviewer.id)
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::query("update application set version = 3, action = 'decline', state = 'not_selected'")
        .execute(&world.db)
        .await
        .unwrap();
    let world = world.later("2026-12-25").await;
    let (maria, other, reviewer) = (world.again(&maria), world.again(&other), world.again(&reviewer));
    let (maria, other, reviewer) = (
        world.session_of(maria.id).await,
        world.session_of(other.id).await,
        world.session_of(reviewer.id).await,
    );
    let new = world.application(&maria).await;
    say(&reviewer, &format!("/review/{new}/messages"), "Welcome back!").await;

    let tab = |n: u8| format!("<span class=\"tag bare\" data-tone=\"you\">{n} to read</span></a></li>");
    assert!(maria.get("/profile").await.has(&tab(2)));
    let earlier = format!("/application/messages/{old}");
    let page = maria.get(MINE).await;
    assert!(
        page.has("Welcome back!") && !page.has("Until next year!") && page.has(&earlier),
        "{}",
        page.body
    );
    assert!(page.has("<a href=\"/application/messages\" aria-current=\"page\">Messages"));
    assert!(maria.get("/profile").await.has(&tab(1)));

    let page = maria.get(&earlier).await;
    assert!(page.has("Until next year!") && !page.has("<form class=\"form\""), "{}", page.body);
    assert!(!maria.get("/profile").await.has("to read</span></a></li>"));
    assert_eq!(other.get(&earlier).await.status, 404);
}
