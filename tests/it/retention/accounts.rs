use super::{due, erased, hold, lift, swept, told};
use crate::support::{Reader, World, world_on};
use sqlx::PgPool;
use stagiaire::domain::letter::Letter;
use stagiaire::post::letters::{Facts, write};
use stagiaire::text::Lang;
use uuid::Uuid;

/// Lets days pass: on each, letters are written and sent, and then their number is as said.
async fn letters_on(world: &World, days: &[(&str, usize)]) {
    for (day, expected) in days {
        let later = world.later(day).await;
        assert_eq!(told(&later).await, *expected, "{day}");
        later.deliver().await;
    }
}

/// A candidate whose application was not selected today, and the reviewer.
async fn declined(world: &World) -> (Reader<'_>, Uuid) {
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let application = world.application(&candidate).await;
    reviewer.claim(application).await;
    let why = "why=no_matching_place&message=Not+this+time";
    assert_eq!(reviewer.fill_in(&format!("/review/{application}/decline"), why).await.status, 303);
    (candidate, application)
}

#[sqlx::test]
async fn an_account_that_released_nothing_goes_after_half_a_year_and_two_letters(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let ines = world.candidate("en").await;
    ines.post("/profile/letter", "seen=0&letter=I+began").await;
    letters_on(&world, &[("2027-03-31", 0), ("2027-04-01", 1), ("2027-04-23", 1), ("2027-04-24", 2)]).await;

    let day_before = world.later("2027-04-30").await;
    assert_eq!(due(&day_before, "drafts").await, (0, 0, 0));
    swept(&day_before).await;
    assert_eq!(erased(&world).await, 0, "a day is left");

    let that_day = world.later("2027-05-01").await;
    for _ in 0..2 {
        assert_eq!(due(&that_day, "drafts").await, (1, 0, 0), "a dry run removes nothing");
    }
    assert_eq!(erased(&world).await, 0);
    swept(&that_day).await;
    assert_eq!((erased(&world).await, due(&that_day, "drafts").await), (1, (0, 0, 0)));
    let gone = world.story().await.into_iter().filter(|line| *line == "erase_unused, by system").count();
    assert_eq!(gone, 1, "two servers, once");
    assert_eq!(world.count("select count(*) from profile_section").await, 0);
    let last = that_day.deliver().await.pop().unwrap().1;
    assert!(last.contains("Your account is deleted") && last.contains("or not used it for long"), "{last}");
    that_day.assert_whole().await;
}

#[sqlx::test]
async fn whoever_signs_in_after_a_letter_keeps_the_account(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let ines = world.candidate("en").await;
    letters_on(&world, &[("2027-04-01", 1), ("2027-04-24", 2)]).await;
    world.later("2027-04-29").await.session_of(ines.id).await;
    let later = world.later("2027-05-20").await;
    assert_eq!(due(&later, "drafts").await, (0, 0, 0));
    swept(&later).await;
    // and the time begins anew, with letters of its own
    letters_on(&world, &[("2027-09-25", 2), ("2027-09-26", 3), ("2027-10-19", 4)]).await;
    swept(&world.later("2027-10-25").await).await;
    assert_eq!(erased(&world).await, 0);
    swept(&world.later("2027-10-26").await).await;
    assert_eq!(erased(&world).await, 1);
}

#[sqlx::test]
async fn reading_a_page_is_using_an_account(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let ines = world.candidate("en").await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    let later = world.later("2026-12-02").await;
    assert_eq!(ines.of(&later).get("/profile").await.status, 200);
    letters_on(&world, &[("2027-04-30", 0), ("2027-05-01", 1)]).await;
}

#[sqlx::test]
async fn nobody_is_erased_before_two_weeks_have_passed_since_a_letter_left(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    world.candidate("en").await;
    let late = world.later("2027-07-01").await;
    assert_eq!(due(&late, "drafts").await, (0, 0, 1), "nobody told them");
    swept(&late).await;
    assert_eq!((erased(&world).await, told(&late).await), (0, 1));
    let unsent = world.later("2027-07-16").await;
    assert_eq!(due(&unsent, "drafts").await, (0, 0, 1), "the mail server is away");
    unsent.deliver().await;
    for (day, gone) in [("2027-07-29", 0), ("2027-07-30", 1)] {
        swept(&world.later(day).await).await;
        assert_eq!(erased(&world).await, gone, "{day}");
    }
}

#[sqlx::test]
async fn a_letter_that_nobody_takes_holds_nothing_up_for_ever(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    world.candidate("en").await;
    assert_eq!(told(&world.later("2027-07-01").await).await, 1);
    let refused = "update outbox set given_up_at = '2027-07-02', last_error = 'no such address'";
    sqlx::query(refused).execute(&world.db).await.unwrap();
    assert_eq!(due(&world.later("2027-07-14").await, "drafts").await, (0, 0, 1));
    assert_eq!(due(&world.later("2027-07-15").await, "drafts").await, (1, 0, 0));
    // a letter of long ago is no warning any more
    assert_eq!(due(&world.later("2027-10-01").await, "drafts").await, (0, 0, 1));
    assert_eq!(told(&world.later("2027-10-01").await).await, 2);
}

#[sqlx::test]
async fn a_legal_hold_keeps_an_account_and_its_owner_is_told_after_it(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let ines = world.candidate("en").await;
    letters_on(&world, &[("2027-04-01", 1), ("2027-04-24", 2)]).await;
    let later = world.later("2027-05-02").await;
    hold(&later, &ines).await;
    assert_eq!(due(&later, "drafts").await, (0, 1, 0));
    swept(&later).await;
    assert_eq!(erased(&world).await, 0);

    let much_later = world.later("2028-05-02").await;
    swept(&much_later).await;
    assert_eq!((told(&much_later).await, erased(&world).await), (2, 0));
    lift(&much_later, &ines).await;
    assert_eq!(due(&much_later, "drafts").await, (0, 0, 1), "the letters were forgotten long ago");
    letters_on(&world, &[("2028-05-03", 3)]).await;
    swept(&world.later("2028-05-17").await).await;
    assert_eq!(erased(&world).await, 1);
}

#[sqlx::test]
async fn a_closed_application_keeps_its_account_for_a_year(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (_ines, application) = declined(&world).await;
    letters_on(&world, &[("2027-10-25", 0), ("2027-10-26", 1), ("2027-11-18", 2)]).await;
    let day_before = world.later("2027-11-24").await;
    swept(&day_before).await;
    assert_eq!((due(&day_before, "closed").await, erased(&world).await), ((0, 0, 0), 0));
    let that_day = world.later("2027-11-25").await;
    assert_eq!(due(&that_day, "closed").await, (1, 0, 0));
    swept(&that_day).await;
    assert_eq!(erased(&world).await, 1);
    let kept: (String, String, i64) = sqlx::query_as(
        "select a.state, a.name, (select count(*) from audit_event where subject_id = a.id and reason is not null)
         from application a where id = $1",
    )
    .bind(application)
    .fetch_one(&world.db)
    .await
    .unwrap();
    assert_eq!(kept, ("not_selected".to_owned(), "—".to_owned(), 0), "counts stay true, words go");
    that_day.assert_whole().await;
}

#[sqlx::test]
async fn an_application_taken_back_keeps_its_account_for_a_month(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    let (ines, ana) = (world.candidate("en").await, world.candidate("es").await);
    for candidate in [&ines, &ana] {
        world.application(candidate).await;
        assert_eq!(candidate.fill_in("/application/withdraw", "why=dates_changed").await.status, 303);
    }
    letters_on(&world, &[("2026-11-16", 0), ("2026-11-17", 2)]).await;
    // one of them applies again
    let later = world.later("2026-11-20").await;
    world.application(&ana.of(&later)).await;
    letters_on(&world, &[("2026-11-25", 3)]).await;
    let day_before = world.later("2026-12-01").await;
    swept(&day_before).await;
    assert_eq!((due(&day_before, "withdrawn").await, erased(&world).await), ((0, 0, 0), 0));
    let that_day = world.later("2026-12-02").await;
    assert_eq!(due(&that_day, "withdrawn").await, (1, 0, 0));
    swept(&that_day).await;
    let who = "select count(*) from person where erased_at is not null and lang = 'en'";
    assert_eq!((erased(&world).await, world.count(who).await), (1, 1));
    that_day.assert_whole().await;
}

#[sqlx::test]
async fn staff_and_whoever_agreed_to_an_internship_keep_their_accounts(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.sign_in("en", &["candidate", "hr_reviewer"]).await;
    world.sign_in("en", &["supervisor"]).await;
    let cast = world.accepted().await;
    let cancelled =
        cast.reviewer.fill_in(&cast.at("placements", "/cancel"), "reason=The+office+closes").await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.body);
    let withdrawn = cast.candidate.fill_in("/application/withdraw", "why=dates_changed").await;
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    let later = world.later("2029-01-01").await;
    assert_eq!(told(&later).await, 0);
    for class in ["drafts", "withdrawn", "closed"] {
        assert_eq!(due(&later, class).await, (0, 0, 0), "{class}");
    }
}

#[sqlx::test]
async fn whoever_is_here_again_or_whose_case_moves_this_very_moment_is_not_erased(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    declined(&world).await;
    letters_on(&world, &[("2027-11-01", 1)]).await;
    let later = world.later("2027-11-28").await;
    assert_eq!(due(&later, "closed").await, (1, 0, 0));
    // both are under way when the round begins, and committed when it is over
    let signs_in =
        "insert into session (token_hash, person_id, created_at, last_seen_at, idle_seconds, expires_at)
        select sha256('again'), candidate_id, '2027-11-28 08:59', '2027-11-28 08:59', 86400, '2999-01-01'
        from application";
    later.meanwhile(signs_in, swept(&later)).await;
    swept(&later).await;
    assert_eq!((erased(&world).await, due(&later, "closed").await), (0, (0, 0, 0)));

    sqlx::query("update person set seen_at = '2026-11-25'").execute(&world.db).await.unwrap();
    assert_eq!(due(&later, "closed").await, (1, 0, 0));
    world.tampered();
    let reopened = "update application set version = version + 1, action = 'reopen', state = 'in_review'";
    later.meanwhile(reopened, swept(&later)).await;
    swept(&later).await;
    assert_eq!((erased(&world).await, due(&later, "closed").await), (0, (0, 0, 0)));
    assert_eq!(world.count("select count(*) from application where state = 'in_review'").await, 1);
}

#[sqlx::test]
async fn an_administrator_reads_how_many_go_and_how_many_are_told_first(db: PgPool) {
    let world = world_on(db, "2026-11-02").await;
    world.candidate("en").await;
    let later = world.later("2027-07-01").await;
    let ana = later.sign_in("en", &["administrator"]).await;
    let all = "/administration/retention";
    assert!(ana.get(all).await.has("Nothing has been counted yet"));
    told(&later).await;
    let page = ana.get(all).await;
    for words in [
        "Counted on 1\u{a0}July 2027",
        "Accounts that never released a profile, since they were last used",
        "Medical files, since the end of the internship",
        "data-l=\"To be told first\">1<",
        "The record of who did what is never shortened",
    ] {
        assert!(page.has(words), "{words} {}", page.body);
    }
    let here = "/administration/retention/drafts";
    assert_eq!(ana.post(here, "seen=180&days=59").await.status, 422, "two months at least");
    assert_eq!(ana.post(here, "seen=180&days=1095").await.status, 303);
    assert_eq!(due(&later, "drafts").await, (0, 0, 0), "the period is the administrator's");
    assert!(ana.get(all).await.has("Not counted yet"), "for that period");
    told(&later).await;
    assert!(ana.get(all).await.has("data-l=\"To be told first\">0<"));
    assert!(!ana.get(all).await.has("Not counted yet"));
    let french = later.sign_in("fr", &["administrator"]).await.get(here).await;
    assert!(french.has("Comptes n’ayant jamais transmis de dossier"), "{}", french.body);
}

#[test]
fn the_letter_says_how_the_account_stays() {
    for (lang, words) in [
        (Lang::En, "sign in once"),
        (Lang::Fr, "vous connecter une fois"),
        (Lang::Es, "inicie sesión una vez"),
    ] {
        let facts = Facts { link: "https://stages.example.org/sign-in", ..Facts::default() };
        let letter = write(Letter::AccountUnused, lang, &facts).unwrap();
        assert!(letter.plain.replace('\n', " ").contains(words), "{}", letter.plain);
    }
}
