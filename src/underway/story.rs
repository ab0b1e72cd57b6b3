//! What lies ahead of a supervisor, with its days: from the first day to the certificate.

use super::evaluations::Evaluation;
use crate::domain::placement::{
    COMPLETE_DAYS, EXTENSION_NOTICE_DAYS, FINAL_EVALUATION_DAYS, State, Which, mid_term_on,
};
use crate::domain::terms::Stay;
use crate::explain::profile::Row;
use crate::text::{Lang, texts};
use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;

/// One row per thing to do, in the order of their days.
pub fn rows(
    state: State,
    stay: Stay,
    written: &[Evaluation],
    (today, zone): (NaiveDate, Tz),
    lang: Lang,
) -> Vec<Row> {
    let t = Text(lang);
    let before_the_end = |days| stay.end - Duration::days(days);
    let is_begun = !matches!(state, State::Accepted | State::Ready);
    let evaluation = |which, due: String, by: NaiveDate| match written.iter().find(|one| one.which == which) {
        Some(one) => t.written_on(lang.date(one.written_at.with_timezone(&zone).date_naive())),
        None if state == State::Started && by < today => t.late(due),
        None => due,
    };
    let half = mid_term_on(stay.start, stay.end);
    let (final_from, longer_by) =
        (before_the_end(FINAL_EVALUATION_DAYS), before_the_end(EXTENSION_NOTICE_DAYS));
    let first_day = match is_begun {
        true => t.begun_on(lang.date(stay.start)),
        false if stay.start < today => t.late(lang.date(stay.start)),
        false => lang.date(stay.start),
    };
    let row = |label: String, line: String| Row { label, lines: vec![line] };
    let mut rows = vec![
        row(t.first_day(), first_day),
        row(t.mid_term(), evaluation(Which::MidTerm, t.by(lang.date(half)), half)),
    ];
    if matches!(state, State::Accepted | State::Ready | State::Started) {
        rows.push(row(
            t.longer(),
            if today > longer_by { t.too_late(lang.date(longer_by)) } else { t.by(lang.date(longer_by)) },
        ));
    }
    let final_due = t.between(lang.date(final_from), lang.date(stay.end));
    rows.push(row(t.the_final(), evaluation(Which::Final, final_due, stay.end)));
    rows.push(row(
        t.complete(),
        match state {
            State::Completed => t.done(),
            State::EndedEarly => t.ended_early(lang.date(stay.end)),
            _ => t.between(lang.date(before_the_end(COMPLETE_DAYS)), lang.date(stay.end)),
        },
    ));
    rows
}

texts!(Text {
    first_day: "First day", "Premier jour", "Primer día";
    mid_term: "Mid-term evaluation", "Évaluation à mi-parcours", "Evaluación intermedia";
    longer: "Asking for a longer stay", "Demande de prolongation", "Solicitud de prórroga";
    the_final: "Final evaluation", "Évaluation finale", "Evaluación final";
    complete: "Completion and certificate", "Clôture et attestation", "Cierre y certificado";
    by(day): "By {day}", "D’ici au {day}", "A más tardar el {day}";
    between(from, to): "From {from}, by {to}", "À partir du {from}, d’ici au {to}", "Desde el {from}, a más tardar el {to}";
    late(when): "Late. It was due: {when}", "En retard. Échéance : {when}", "Con retraso. Vencimiento: {when}";
    too_late(day): "It was possible until {day}", "C’était possible jusqu’au {day}", "Fue posible hasta el {day}";
    written_on(day): "Written on {day}", "Écrite le {day}", "Escrita el {day}";
    begun_on(day): "Begun on {day}", "Commencé le {day}", "Empezó el {day}";
    done: "Done, the certificate is issued", "Fait, l’attestation est délivrée", "Hecho, el certificado está expedido";
    ended_early(day): "Ended early, on {day}", "Terminé plus tôt, le {day}", "Terminada antes, el {day}";
});
