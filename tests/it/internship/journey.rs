use crate::support::{EVALUATION, world_on};

/// From `ready` to a certificate that a stranger has confirmed, every form pressed twice.
#[sqlx::test]
async fn from_the_first_day_to_a_certificate_that_anybody_can_verify(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ines, reviewer) = (world.candidate("es").await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&ines, &supervisor, &reviewer, "ready").await;
    let (mine, theirs) = (format!("/internship/{id}"), format!("/supervision/{id}"));
    let told = world.letters().await.len();

    let first = world.later("2027-02-01").await;
    let start = format!("{theirs}/start");
    let page = supervisor.of(&first).get(&start).await;
    let form = format!("seen={}&first_day=1&first_month=2&first_year=2027", page.hidden("seen"));
    for _ in 0..2 {
        let reply = supervisor.of(&first).post(&start, &form).await;
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some(theirs.as_str())), "{}", reply.body);
    }
    assert!(ines.of(&first).get(&mine).await.has("Quedan 180 días"));

    let half = world.later("2027-05-03").await;
    let complete = format!("{theirs}/complete");
    let early = supervisor.of(&half).fill_in(&complete, "").await;
    assert_eq!(early.status, 422);
    for why in [
        "#evaluation\">The final evaluation is not",
        "#day\">The internship can be completed from 24\u{a0}July",
    ] {
        assert!(early.has(why), "{why} is missing from {}", early.body);
    }
    for which in ["mid_term", "final"] {
        let page = supervisor.of(&half).get(&format!("{theirs}/evaluate/{which}")).await;
        assert_eq!(page.has("can be written from 3\u{a0}July 2027"), which == "final");
    }
    let path = format!("{theirs}/evaluate/mid_term");
    let form = format!("seen={}&{EVALUATION}", supervisor.of(&half).get(&path).await.hidden("seen"));
    let (one, two) = {
        let supervisor = supervisor.of(&half);
        tokio::join!(supervisor.post(&path, &form), supervisor.post(&path, &form))
    };
    assert_eq!((one.status, two.status), (303, 303));
    let path = format!("{mine}/evaluation/mid_term");
    let form = format!("seen={}&comment=Gracias+por+todo", ines.of(&half).get(&path).await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(ines.of(&half).post(&path, &form).await.status, 303);
    }
    let read = supervisor.of(&half).get(&format!("{theirs}/evaluate/mid_term")).await;
    assert!(read.has("Gracias por todo") && !read.has("<textarea"));

    let last = world.later("2027-07-30").await;
    let page = supervisor.of(&last).get(&complete).await;
    assert!(
        page.has("The final evaluation is not written yet") && !page.has("issue the certificate</button>")
    );
    let too_soon = supervisor.of(&last).post(&complete, &format!("seen={}", page.hidden("seen"))).await;
    assert_eq!((too_soon.status, too_soon.has("href=\"#evaluation\">The final evaluation")), (422, true));
    let written = supervisor.of(&last).fill_in(&format!("{theirs}/evaluate/final"), EVALUATION).await;
    assert_eq!(written.status, 303);
    let form = format!("seen={}", supervisor.of(&last).get(&complete).await.hidden("seen"));
    for _ in 0..2 {
        assert_eq!(supervisor.of(&last).post(&complete, &form).await.status, 303);
    }

    assert_eq!(
        world.letters().await[told..],
        [
            "internship_begun",
            "supervision_begun",
            "evaluation_written",
            "evaluation_commented",
            "evaluation_written",
            "internship_completed"
        ]
    );
    let story = world.story().await;
    assert_eq!(
        story[story.len() - 5..],
        [
            "start: ready -> started, by supervisor",
            "evaluate: started -> started, by supervisor",
            "comment_evaluation, by candidate",
            "evaluate: started -> started, by supervisor",
            "complete: started -> completed, by supervisor",
        ]
    );
    let code: String = sqlx::query_scalar("select code from certificate").fetch_one(&world.db).await.unwrap();
    let page = ines.of(&last).get(&mine).await;
    assert!(page.has(&format!("/verify/{code}")) && page.has("Ha completado su pasantía en Ginebra"));
    for (lang, title) in
        [("en", "Certificate of internship"), ("fr", "Attestation de stage"), ("es", "Certificado de")]
    {
        let path = format!("{mine}/certificate/{lang}.pdf");
        let paper = ines.of(&last).get(&path).await;
        assert_eq!(
            (paper.status, &paper.headers["content-type"]),
            (200, &"application/pdf".parse().unwrap())
        );
        assert!(paper.body.starts_with("%PDF-1.7") && paper.has(&format!("/Lang({lang})")), "{title}");
        assert_eq!(last.candidate("en").await.get(&path).await.status, 404, "somebody else's");
    }
    assert_eq!(ines.of(&last).get(&format!("{mine}/certificate/de.pdf")).await.status, 404);
    let stranger = last.stranger();
    let typed: String = code.to_lowercase().chars().flat_map(|c| [c, '+']).collect();
    let to = stranger.get(&format!("/verify?code={typed}")).await.location.unwrap();
    let page = stranger.get_with(&to, &[("accept-language", "fr")]).await;
    for words in
        ["authentique", "María José Quispe Ñahui", "Genève", "1er\u{a0}février 2027", "31\u{a0}juillet 2027"]
    {
        assert!(page.has(words), "{words} is missing from {}", page.body);
    }
    assert_eq!(page.headers["x-robots-tag"], "noindex");
}
