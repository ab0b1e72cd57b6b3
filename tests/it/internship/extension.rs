use crate::support::world_on;

const LONGER: &str = "end_day=31&end_month=8&end_year=2027&reason=The+survey+needs+another+month";

#[sqlx::test]
async fn asked_agreed_and_confirmed_a_stay_is_longer(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let (ask, answer) = (format!("/supervision/{id}/extend"), format!("/internship/{id}/extension"));
    let (decide, told) = (format!("/placements/{id}/extension"), world.letters().await.len());
    let seen = supervisor.get(&ask).await.hidden("seen");
    let form = format!("seen={seen}&{LONGER}");
    let (one, two) = tokio::join!(supervisor.post(&ask, &form), supervisor.post(&ask, &form));
    assert_eq!((one.status, two.status), (303, 303));

    let page = ines.get(&answer).await;
    assert!(ines.get(&format!("/internship/{id}")).await.has("It is for you to decide"));
    for words in
        ["31\u{a0}August 2027", "another month", "7 months, both days counted", "CHF\u{a0}15,610.00 in all"]
    {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    let wish = page.hidden("wish");
    assert_eq!(ines.post(&answer, &format!("wish={wish}")).await.status, 422);
    let early = format!("seen={seen}&wish={wish}&decision=confirm");
    let reply = reviewer.post(&decide, &early).await;
    assert_eq!((reply.status, reply.has("has not agreed yet")), (422, true));
    for _ in 0..2 {
        assert_eq!(ines.post(&answer, &format!("wish={wish}&answer=yes")).await.status, 303);
    }
    assert_eq!(ines.post(&answer, &format!("wish={wish}&answer=no")).await.status, 409, "said yes already");

    assert!(reviewer.get(&format!("/placements/{id}")).await.has(&decide));
    world.insured(id, "2027-02-01", "2027-07-31").await;
    let short = reviewer.post(&decide, &early).await;
    assert_eq!((short.status, short.has("must reach the new last day")), (422, true));
    let gap = "Medical care: 1\u{a0}August 2027 to 31\u{a0}August 2027 not covered";
    assert!(short.has(gap), "{}", short.body);
    world.insured(id, "2027-08-01", "2027-08-31").await;
    assert!(reviewer.get(&decide).await.has("Verified policies cover every day"));
    for _ in 0..2 {
        assert_eq!(reviewer.post(&decide, &early).await.status, 303);
    }

    let page = ines.get(&format!("/internship/{id}")).await;
    assert!(page.has("your last day is 31\u{a0}August 2027") && page.has("CHF\u{a0}15,610.00 in all"));
    assert_eq!(
        world.letters().await[told..],
        ["extension_asked", "extension_agreed", "extension_decided", "extension_answered"]
    );
    assert_eq!(world.story().await.last().unwrap(), "extend: started -> started, by hr_reviewer");
    assert_eq!(world.count("select count(*) from placement where ends_on = '2027-08-31'").await, 1);
}

#[sqlx::test]
async fn too_late_too_long_and_twice_are_refused_with_what_was_typed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let ask = format!("/supervision/{id}/extend");

    let long = supervisor.fill_in(&ask, &LONGER.replace("end_month=8", "end_month=12")).await;
    let same = supervisor.fill_in(&ask, &LONGER.replace("end_month=8", "end_month=7")).await;
    let empty = supervisor.fill_in(&ask, "end_day=31&reason=").await;
    let late = world.later("2027-07-18").await;
    let late = supervisor.of(&late).fill_in(&ask, LONGER).await;

    for (page, words) in [
        (&long, "at most 9 months in all: end by 31\u{a0}October 2027"),
        (&same, "must be after the one agreed so far"),
        (&empty, "Write why the internship should be longer"),
        (&late, "at least 14 days before the last day"),
    ] {
        assert_eq!(page.status, 422, "{words}");
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert!(late.has("another month"));
    let last = world.later("2027-07-17").await;
    assert_eq!(supervisor.of(&last).fill_in(&ask, LONGER).await.status, 303, "just in time");
    let other = format!("seen=6&{}", LONGER.replace("31&end_month=8", "30&end_month=9"));
    let second = supervisor.of(&last).post(&ask, &other).await;
    assert_eq!((second.status, second.has("value=\"30\"")), (409, true), "one at a time");
}

#[sqlx::test]
async fn a_no_ends_it_for_both_sides(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    let (ask, answer) = (format!("/supervision/{id}/extend"), format!("/internship/{id}/extension"));
    let (decide, told) = (format!("/placements/{id}/extension"), world.letters().await.len());

    assert_eq!(supervisor.fill_in(&ask, LONGER).await.status, 303);
    let wish = ines.get(&answer).await.hidden("wish");
    assert_eq!(ines.post(&answer, &format!("wish={wish}&answer=no")).await.status, 303);
    assert!(ines.get(&format!("/internship/{id}")).await.has("Your last day stays as it is"));
    assert_eq!(supervisor.fill_in(&ask, LONGER).await.status, 303, "asked once more");
    let page = reviewer.get(&decide).await;
    let (seen, wish) = (page.hidden("seen"), page.hidden("wish"));
    let form = format!("seen={seen}&wish={wish}&decision=decline&reason=");
    assert_eq!(reviewer.post(&decide, &form).await.status, 422);
    for _ in 0..2 {
        assert_eq!(reviewer.post(&decide, &format!("{form}No+funds+in+August")).await.status, 303);
    }

    assert!(ines.get(&format!("/internship/{id}")).await.has("No funds in August"));
    assert_eq!(
        world.letters().await[told..],
        [
            "extension_asked",
            "extension_answered",
            "extension_asked",
            "extension_decided",
            "extension_answered"
        ]
    );
    assert_eq!(world.count("select count(*) from placement where ends_on = '2027-07-31'").await, 1);
}

#[sqlx::test]
async fn nobody_declines_what_they_asked_for_themselves(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "started").await;
    sqlx::query("insert into person_role values ($1, 'hr_reviewer')")
        .bind(supervisor.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(supervisor.fill_in(&format!("/supervision/{id}/extend"), LONGER).await.status, 303);
    let decide = format!("/placements/{id}/extension");
    let page = supervisor.get(&decide).await;
    let (seen, wish) = (page.hidden("seen"), page.hidden("wish"));
    let form = format!("seen={seen}&wish={wish}&decision=decline&reason=Changed+my+mind");
    let twice = supervisor.post(&decide, &form).await;
    assert!(
        twice.status == 422 && twice.has("Nobody acts twice") && twice.has("Changed my mind"),
        "{}",
        twice.body
    );
    assert_eq!(reviewer.post(&decide, &form).await.status, 303);
}
