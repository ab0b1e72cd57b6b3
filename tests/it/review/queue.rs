//! The queue: longest wait first, narrowed by the address.
use crate::support::{Reply, World, world_on};
use uuid::Uuid;

/// As many applications as wanted, each an hour later than the one before, called `Candidate 001` and so on.
async fn fill(world: &World, many: i64) {
    let candidate = world.candidate("es").await;
    world.application(&candidate).await;
    for n in 1..many {
        let person = world.candidate("en").await;
        sqlx::query(
            "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
                waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
             select $1, 'ST-2026-' || lpad((500 + $2)::text, 5, '0'), $3, 1, 'release', 'new', 'released',
                state_since, waiting_since + make_interval(hours => $2::int), 1,
                'Candidate ' || lpad($2::text, 3, '0'), ' candidate ' || lpad($2::text, 3, '0') || ' ecole',
                'not_eligible', tracks, '{fr}', '{legal}', '{dakar}', starts_on + $2::int, 3
             from application where reference = 'ST-2026-00001'",
        )
        .bind(Uuid::now_v7())
        .bind(n)
        .bind(person.id)
        .execute(&world.db)
        .await
        .unwrap();
    }
}

fn link(page: &Reply, rel: &str) -> Option<String> {
    let rest = page.body.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
    let address = rest.split('"').next()?;
    Some(address.replace("&amp;", "&").replace("&#38;", "&"))
}

#[sqlx::test]
async fn pages_follow_each_other_both_ways_and_keep_the_filters(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 61).await;
    let me = world.reviewer("en").await;

    for sort in ["", "since", "name", "start", "window"] {
        let first = me.get(&format!("/review?language=fr&sort={sort}")).await;
        assert!(first.has("Candidate 001") && first.has("Candidate 050"), "{}", first.body);
        assert!(!first.has("Candidate 051") && !first.has("Quispe"));
        assert!(link(&first, "prev").is_none());
        let next = link(&first, "next").unwrap();
        assert!(next.contains("language=fr"), "{next}");
        let second = me.get(&next).await;
        assert!(second.has("Candidate 051") && second.has("Candidate 060"), "{}", second.body);
        assert!(!second.has("Candidate 050") && link(&second, "next").is_none());
        let back = me.get(&link(&second, "prev").unwrap()).await;
        assert!(back.has("Candidate 001") && back.has("Candidate 050") && !back.has("Candidate 051"));
    }
}

#[sqlx::test]
async fn filters_and_search_narrow_and_nonsense_is_ignored(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 3).await;
    let me = world.reviewer("en").await;

    for hit in ["q=quispe+MARIA", "q=%C3%91ahui", "area=data", "office=geneva", "language=es"] {
        let page = me.get(&format!("/review?{hit}")).await;
        assert!(page.has("Quispe") && !page.has("Candidate 001"), "{hit}: {}", page.body);
    }
    for miss in ["q=nobody", "q=100%25", "assignee=me", "waiting=30"] {
        let page = me.get(&format!("/review?{miss}")).await;
        assert!(page.has("No profile matches these filters"), "{miss}: {}", page.body);
        assert!(page.has("<a class=\"button quiet\" href=\"/review\">"), "{miss}: {}", page.body);
    }
    for nonsense in [
        "verdict=x&area=&office=zz",
        "sort=x&state=x",
        "waiting=-1&assignee=you",
        "q=%00",
        "after=zz",
        "before=00",
        "after=c3a9",
        "what=ever",
        "language=%00",
        "office=%27",
    ] {
        let page = me.get(&format!("/review?{nonsense}")).await;
        assert!(
            page.status == 200 && page.has("Quispe") && page.has("Candidate 002"),
            "{nonsense}: {}",
            page.body
        );
    }
    for reference in ["ST-2026-00501", "st-2026-00501", "501"] {
        let reply = me.get(&format!("/review?q={reference}")).await;
        assert_eq!(reply.status, 303, "{reference}");
    }
}

#[sqlx::test]
async fn an_empty_queue_says_so_and_is_for_human_resources(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let me = world.reviewer("en").await;
    assert!(me.get("/review").await.has("Nobody is waiting"));
    assert!(me.get("/review?state=pooled").await.has("Nobody is here"));
    let stranger = world.candidate("en").await.get("/review").await;
    assert!([403, 404].contains(&stranger.status));
}

#[sqlx::test]
async fn each_state_is_counted_up_to_a_thousand(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 2).await;
    sqlx::query(
        "with p as (insert into person (id, email, given_names, family_names, lang, email_confirmed_at, created_at)
            select gen_random_uuid(), 'n' || n || '@example.org', 'N', 'N', 'en', $1, $1
            from generate_series(1, 1000) n returning id)
         insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
            waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
         select gen_random_uuid(), p.id::text, p.id, 1, 'release', 'new', 'released', state_since, waiting_since, 1,
            name, search_key, verdict, tracks, languages, areas, offices, starts_on, months
         from p, application a where a.reference = 'ST-2026-00001'",
    )
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();

    let page = world.reviewer("en").await.get("/review").await;

    assert!(
        page.has("<span class=\"n\">1,000+</span>") && page.has("<span class=\"n\">0</span>"),
        "{}",
        page.body
    );
}

#[sqlx::test]
async fn a_name_of_two_letters_is_found_where_a_word_begins(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 2).await;
    sqlx::query("update application set name = 'Wei Li', search_key = ' wei li ecole' where reference <> 'ST-2026-00001'")
        .execute(&world.db)
        .await
        .unwrap();
    let me = world.reviewer("en").await;

    assert!(me.get("/review?q=li").await.has("Wei Li"));
    assert!(!me.get("/review?q=ei").await.has("Wei Li"));
}

#[sqlx::test]
async fn the_box_speaks_a_language_of_which_the_filters_are_a_form(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 3).await;
    let me = world.reviewer("en").await;

    let moved = me.get("/review?q=lang:es+place:headquarters+quispe&sort=name").await;
    assert_eq!(moved.location.as_deref(), Some("/review?place=headquarters&language=es&q=quispe&sort=name"));
    let page = me.get(&moved.location.unwrap()).await;
    assert!(page.has("Quispe") && page.has("<option value=\"es\" selected>"), "{}", page.body);
    for (said, maria) in
        [("-lang:es", false), ("-candidate", true), ("%22maria+jose%22", true), ("%22jose+maria%22", false)]
    {
        let page = me.get(&format!("/review?q={said}")).await;
        assert_eq!(page.has("Quispe"), maria, "{said}: {}", page.body);
        assert_eq!(page.has("Candidate 001"), said == "-lang:es", "{said}");
    }
    for (lang, words) in
        [("en", "there is no such filter"), ("fr", "ce filtre n’existe pas"), ("es", "no existe ese filtro")]
    {
        let page = world.reviewer(lang).await.get("/review?q=quispe+colour:red").await;
        assert!(
            page.has(words) && page.has("value=\"quispe colour:red\"") && page.has("Quispe"),
            "{}",
            page.body
        );
    }
}

#[sqlx::test]
async fn what_was_released_is_found_in_any_script_and_though_mistyped(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.ready_candidate("en").await;
    candidate.release().await;
    let name: String = sqlx::query_scalar("select name from application").fetch_one(&world.db).await.unwrap();
    let me = world.reviewer("en").await;

    let shown = |page: &Reply| page.has(&name);
    for word in ["Carvajal", "CARVAJAL", "carvajál", "%D0%B8%D0%BD%D0%B5%D1%81", "spanish", "espagnol"] {
        let page = me.get(&format!("/review?q={word}")).await;
        assert!(shown(&page), "{word}: {}", page.body);
    }
    let alike = me.get("/review?q=carbajal").await;
    assert!(shown(&alike) && alike.has("spelled alike"), "{}", alike.body);
    assert!(!shown(&me.get("/review?q=zzyzx").await));
}

#[sqlx::test]
async fn whoever_can_work_anywhere_is_found_at_every_office(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 2).await;
    sqlx::query("update application set offices = '{}' where name = 'Candidate 001'")
        .execute(&world.db)
        .await
        .unwrap();
    let me = world.reviewer("en").await;

    for filter in ["office=nairobi", "place=field", "q=office:goma"] {
        let reply = me.get(&format!("/review?{filter}")).await;
        let page = match reply.location {
            Some(to) => me.get(&to).await,
            None => reply,
        };
        assert!(
            page.has("Candidate 001") && page.has("Anywhere") && !page.has("Quispe"),
            "{filter}: {}",
            page.body
        );
    }
}

#[sqlx::test]
async fn a_second_press_turns_the_order_round(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    world.tampered();
    fill(&world, 3).await;
    let me = world.reviewer("en").await;
    let order =
        |page: &Reply| page.body.find("Candidate 001").unwrap() < page.body.find("Candidate 002").unwrap();

    let longest_first = me.get("/review").await;
    assert!(longest_first.has("aria-sort=\"descending\"") && order(&longest_first), "{}", longest_first.body);
    assert!(longest_first.has("<a href=\"/review?sort=-wait\">"), "{}", longest_first.body);
    let newest_first = me.get("/review?sort=-wait").await;
    assert!(newest_first.has("aria-sort=\"ascending\"") && !order(&newest_first), "{}", newest_first.body);
    for sort in ["name", "since", "start", "window"] {
        assert_ne!(
            order(&me.get(&format!("/review?sort={sort}")).await),
            order(&me.get(&format!("/review?sort=-{sort}")).await),
            "{sort}"
        );
    }
}

#[sqlx::test]
async fn whoever_is_looked_for_by_name_is_found_however_far_they_have_come(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let cast = world.accepted().await;
    let page = cast.reviewer.get("/review?q=quispe").await;
    assert!(
        page.has("Found in other states:") && page.has("/review?state=placed&#38;q=quispe"),
        "{}",
        page.body
    );
    let placed = cast.reviewer.get("/review?state=placed&q=quispe").await;
    assert!(placed.has("María José Quispe") && placed.has("aria-current=\"page\">Placed"), "{}", placed.body);
    assert!(!cast.reviewer.get("/review?q=somebody").await.has("Found in other states:"));
}
