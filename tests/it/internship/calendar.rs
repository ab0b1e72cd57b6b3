use crate::support::{Reply, World, world_on};

/// The lines of a calendar, unfolded as RFC 5545 has it (3.1).
fn lines(reply: &Reply) -> Vec<String> {
    assert!(reply.body.ends_with("\r\n"), "the last line ends too");
    let mut lines: Vec<String> = Vec::new();
    for line in reply.body.trim_end().split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "75 octets at most: {line}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

async fn intern(world: &World, lang: &str) -> (String, String, uuid::Uuid) {
    let (candidate, reviewer) = (world.candidate(lang).await, world.reviewer("en").await);
    let supervisor = world.supervisor("en", "geneva").await;
    let id = world.internship(&candidate, &supervisor, &reviewer, "ready").await;
    let reply = candidate.get(&format!("/internship/{id}/calendar.ics")).await;
    assert_eq!(reply.headers["content-type"], "text/calendar; charset=utf-8");
    (lines(&reply).join("\n"), supervisor.id.to_string(), id)
}

#[sqlx::test]
async fn the_dates_are_an_icalendar_line_by_line(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (calendar, supervisor, id) = intern(&world, "fr").await;
    let event = |which: &str, from: &str, to: &str, summary: &str| {
        let mut lines = [
            format!(
                "DESCRIPTION:Responsable\u{a0}: Ana Beltrán\\, {supervisor}@example.org\\nRéférence\u{a0}: PL-2026-0001"
            ),
            format!("DTEND;VALUE=DATE:{to}"),
            "DTSTAMP:20261125T090000Z".to_owned(),
            format!("DTSTART;VALUE=DATE:{from}"),
            "LOCATION:Genève".to_owned(),
            "SEQUENCE:5".to_owned(),
            format!("SUMMARY:{summary}\\, Genève"),
            "TRANSP:TRANSPARENT".to_owned(),
            format!("UID:{which}-{id}@stagiaire"),
        ];
        lines.sort();
        format!("BEGIN:VEVENT\n{}\nEND:VEVENT", lines.join("\n"))
    };
    let expected = [
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Stagiaire//Internship//EN\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH".to_owned(),
        event("first-day", "20270201", "20270202", "Premier jour du stage"),
        event("mid-term", "20270502", "20270503", "Évaluation à mi-parcours du stage"),
        event("last-day", "20270731", "20270801", "Dernier jour du stage"),
        "END:VCALENDAR".to_owned(),
    ];
    assert_eq!(calendar, expected.join("\n"));
}
