//! Letters about an interview before an offer: that there is one, never where or what is said.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::InterviewProposed => (
            t.proposed_subject(reference),
            vec![t.proposed_what(), t.proposed_next()],
            t.proposed_action(),
            t.why_candidate(),
        ),
        Letter::InterviewCancelled => (
            t.cancelled_subject(reference),
            vec![t.cancelled_what(), t.cancelled_next()],
            t.open(),
            t.why_candidate(),
        ),
        Letter::InterviewReminder => (
            t.tomorrow_subject(reference),
            vec![t.tomorrow_what(), t.tomorrow_next()],
            t.open(),
            t.why_candidate(),
        ),
        Letter::InterviewChosen => (
            t.chosen_subject(reference),
            vec![t.chosen_what(), t.chosen_next()],
            t.open(),
            t.why_supervisor(),
        ),
        Letter::InterviewRefused => (
            t.refused_subject(reference),
            vec![t.refused_what(), t.refused_next()],
            t.refused_action(),
            t.why_supervisor(),
        ),
        Letter::InterviewToHold => (
            t.to_hold_subject(reference),
            vec![t.to_hold_what(), t.tomorrow_next()],
            t.open(),
            t.why_supervisor(),
        ),
        _ => (t.off_subject(reference), vec![t.off_what(), t.off_next()], t.open(), t.why_supervisor()),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_candidate: "You receive this because an office is looking at your application.", "Vous recevez ce courriel parce qu’un bureau étudie votre candidature.",
        "Recibe este mensaje porque una oficina estudia su candidatura.";
    why_supervisor: "You receive this because you are the supervisor of this placement.", "Vous recevez ce courriel parce que vous êtes responsable de cette affectation.",
        "Recibe este mensaje porque usted supervisa esta plaza.";
    open: "Open the interview", "Ouvrir l’entretien", "Abrir la entrevista";
    proposed_subject(reference): "{reference}: choose a time for an interview", "{reference} : choisissez un créneau d’entretien", "{reference}: elija un horario para una entrevista";
    proposed_what: "An office would like to talk to you, and proposes times for an interview. If you had agreed on a time before, it no longer holds.",
        "Un bureau souhaite s’entretenir avec vous et propose des créneaux. Si vous étiez convenus d’un créneau auparavant, il ne vaut plus.",
        "Una oficina desea conversar con usted y propone horarios para una entrevista. Si ya se había acordado un horario, deja de valer.";
    proposed_next: "You read every time on your own clock. Choose one, or say that none suits you.",
        "Vous lisez chaque créneau à votre heure. Choisissez-en un, ou indiquez qu’aucun ne vous convient.",
        "Lee cada horario en su propia hora. Elija uno o indique que ninguno le conviene.";
    proposed_action: "Choose a time", "Choisir un créneau", "Elegir un horario";
    cancelled_subject(reference): "{reference}: your interview does not take place", "{reference} : votre entretien n’a pas lieu", "{reference}: su entrevista no se celebra";
    cancelled_what: "The interview that was proposed to you has been called off. Your application stays as it is.",
        "L’entretien qui vous était proposé est annulé. Votre candidature reste telle quelle.",
        "La entrevista que se le propuso se ha cancelado. Su candidatura sigue como está.";
    cancelled_next: "You need to do nothing.", "Vous n’avez rien à faire.", "No tiene que hacer nada.";
    tomorrow_subject(reference): "{reference}: your interview is tomorrow", "{reference} : votre entretien a lieu demain", "{reference}: su entrevista es mañana";
    tomorrow_what: "Your interview with the office is tomorrow.", "Votre entretien avec le bureau a lieu demain.", "Su entrevista con la oficina es mañana.";
    tomorrow_next: "Its page says when, on your own clock, and where.", "Sa page indique l’heure, à votre montre, et le lieu.", "Su página indica cuándo, en su propia hora, y dónde.";
    chosen_subject(reference): "{reference}: the candidate has chosen a time", "{reference} : la personne candidate a choisi un créneau", "{reference}: la persona candidata ha elegido un horario";
    chosen_what: "The candidate has chosen a time for the interview.", "La personne candidate a choisi un créneau pour l’entretien.", "La persona candidata ha elegido un horario para la entrevista.";
    chosen_next: "Its page shows it on both clocks, with a file for your calendar.", "Sa page l’indique aux deux heures, avec un fichier pour votre agenda.",
        "Su página lo muestra en ambas horas, con un archivo para su calendario.";
    refused_subject(reference): "{reference}: none of the times suits the candidate", "{reference} : aucun créneau ne convient à la personne candidate", "{reference}: ningún horario le conviene a la persona candidata";
    refused_what: "None of the times you proposed for the interview suits the candidate.", "Aucun des créneaux proposés pour l’entretien ne convient à la personne candidate.",
        "Ninguno de los horarios propuestos para la entrevista le conviene a la persona candidata.";
    refused_next: "Propose others if you still wish to talk.", "Proposez-en d’autres si vous souhaitez toujours cet entretien.", "Proponga otros si aún desea conversar.";
    refused_action: "Propose other times", "Proposer d’autres créneaux", "Proponer otros horarios";
    to_hold_subject(reference): "{reference}: you hold an interview tomorrow", "{reference} : vous menez un entretien demain", "{reference}: mañana tiene usted una entrevista";
    to_hold_what: "Your interview with the candidate is tomorrow.", "Votre entretien avec la personne candidate a lieu demain.", "Su entrevista con la persona candidata es mañana.";
    off_subject(reference): "{reference}: an interview was called off", "{reference} : un entretien est annulé", "{reference}: se ha cancelado una entrevista";
    off_what: "Human Resources has called off the interview with the candidate, who was told.", "Les Ressources humaines ont annulé l’entretien avec la personne candidate, qui en est informée.",
        "Recursos Humanos ha cancelado la entrevista con la persona candidata, a quien se ha avisado.";
    off_next: "The page of the placement shows how it stands.", "La page de l’affectation indique où elle en est.", "La página de la plaza muestra cómo está.";
});
