use crate::support::{Reply, world_on};

const RESUME: &str = include_str!("cvs/resume.json");

const PASSPORT: &str = include_str!("cvs/passport.xml");

const CANDIDATE: &str = include_str!("cvs/candidate.xml");

/// What the page would send: everything it holds, with these sections ticked.
fn sent(page: &Reply, sections: &[&str]) -> String {
    let found = page.hidden("found").replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">");
    let mut fields = vec![("found".to_owned(), found.replace("&#38;", "&"))];
    for section in ["about", "education", "languages", "experience"] {
        let seen = format!("seen_{section}");
        if page.has(&format!("name=\"{seen}\"")) {
            fields.push((seen.clone(), page.hidden(&seen)));
        }
    }
    fields.extend(sections.iter().map(|section| ("sections".to_owned(), (*section).to_owned())));
    serde_html_form::to_string(fields).unwrap()
}

#[sqlx::test]
async fn a_json_resume_is_shown_first_and_taken_over_then(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    assert!(ines.get("/profile").await.has("href=\"/profile/import\""));

    let page = ines.upload("/profile/import", &[], "cv.json", RESUME.as_bytes()).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.has("<dd>Universidad Nacional</dd>") && page.has("<dd>Master’s degree</dd>"),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches(" checked").count(), 4);
    assert_eq!(world.count("select count(*) from profile_section").await, 0, "nothing is saved yet");

    let form = sent(&page, &["about", "education", "experience"]);
    let none = ines.post("/profile/import/take-over", &sent(&page, &[])).await;
    let first = ines.post("/profile/import/take-over", &form).await;
    let twice = ines.post("/profile/import/take-over", &form).await;
    assert_eq!((none.status, first.status, twice.status), (422, 303, 303), "{}", first.body);
    assert!(none.has("Tick at least one section") && none.has("id=\"sections\""));
    assert!(world.story().await.iter().all(|line| line == "save, by candidate"));

    let education = ines.get("/profile/education").await;
    assert!(education.has("value=\"Universidad Nacional\"") && education.has("value=\"2027\""));
    assert!(
        education.has("<option value=\"master\" selected>")
            && education.has("<option value=\"enrolled\" selected>")
    );
    assert!(ines.get("/profile/experience").await.has("Sorted files"));
    assert!(ines.get("/profile/about").await.has("<option value=\"CO\" selected>"));
    assert_eq!(world.count("select count(*) from profile_section where section = 'languages'").await, 0);
}

#[sqlx::test]
async fn a_section_with_answers_is_replaced_only_if_ticked_and_not_behind_ones_back(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    ines.post(
        "/profile/about",
        "seen=0&given_names=Agn%C3%A8s&family_names=Roy&phone=%2B41+22+000+000&later=true",
    )
    .await;

    let page = ines.upload("/profile/import", &[], "cv.xml", PASSPORT.as_bytes()).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.body.matches(" checked").count(), 3, "what is there already is not ticked");
    assert!(page.has("You have answers here already"));

    ines.post("/profile/about", "seen=1&given_names=A.&family_names=Roy&phone=%2B41+22+000+000&later=true")
        .await;
    let late = ines.post("/profile/import/take-over", &sent(&page, &["about", "education"])).await;
    assert_eq!(late.status, 409);
    assert!(late.has("id=\"seen\"") && late.body.matches(" checked").count() == 2, "{}", late.body);
    assert_eq!(world.count("select count(*) from profile_section").await, 1, "all or nothing");

    let again = ines
        .post("/profile/import/take-over", &sent(&late, &["about", "education", "languages", "experience"]))
        .await;
    assert_eq!(again.status, 303, "{}", again.body);
    let about = ines.get("/profile/about").await;
    assert!(about.has("value=\"Carvajal Ruiz\"") && about.has("value=\"2002\""));
    assert!(about.has("value=\"+41 22 000 000\""), "what the file does not say stays");
    let education = ines.get("/profile/education").await;
    assert!(
        education.has("<option value=\"bachelor\" selected>")
            && education.has("<option value=\"GR\" selected>")
    );
    assert!(education.has("<option value=\"awarded\" selected>"));
    let languages = ines.get("/profile/languages").await;
    assert!(
        languages.has("<option value=\"el\" selected>") && languages.has("<option value=\"B1\" selected>")
    );
    let experience = ines.get("/profile/experience").await;
    assert!(experience.has("Counted &#38; wrote"), "{}", experience.body);
}

#[sqlx::test]
async fn the_newer_europass_is_read_too(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("fr").await;
    let page = ines.upload("/profile/import", &[], "cv", CANDIDATE.as_bytes()).await;
    for words in [
        "<dd>Inés</dd>",
        "<dd>14 3 2002</dd>",
        "<dd>Colombie</dd>",
        "<dd>Espagnol</dd>",
        "<dd>Anglais</dd>",
        "<dd>B2</dd>",
        "<dd>Institute</dd>",
        "<dd>15 1 2026</dd>",
    ] {
        assert!(page.has(words), "{words} is missing: {}", page.body);
    }
}

#[sqlx::test]
async fn a_file_that_says_nothing_is_refused_for_its_reason(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.candidate("en").await;
    let large = vec![b' '; 1024 * 1024 + 1];
    let larger = vec![b' '; 9 * 1024 * 1024];
    let bomb = b"<!DOCTYPE a [<!ENTITY b \"c\">]><Candidate>&b;</Candidate>";
    for (file, reason) in [
        (&b"%PDF-1.7"[..], "neither Europass XML nor JSON Resume"),
        (b"<html/>", "neither Europass XML nor JSON Resume"),
        (b"{\"basics\": ", "damaged or incomplete"),
        (bomb, "damaged or incomplete"),
        (b"{\"basics\": {}}", "says nothing that our sections ask for"),
        (&large, "smaller than 1 MB"),
        (&larger, "smaller than 1 MB"),
    ] {
        let page = ines.upload("/profile/import", &[], "cv", file).await;
        assert_eq!(page.status, 422, "{reason}");
        assert!(page.has(reason) && page.has("href=\"#file\"") && page.has("id=\"file\""), "{}", page.body);
    }
    let empty = ines.upload("/profile/import", &[], "", b"").await;
    assert!(empty.status == 422 && empty.has("Choose a file first"), "{}", empty.body);
}
