//! Letters about an internship under way: that something waits to be read, never what it says.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action, why) = match letter {
        Letter::InternshipBegun => {
            (t.begun_subject(reference), vec![t.begun_what(), t.begun_next()], t.own(), t.why_intern())
        }
        Letter::SupervisionBegun => (
            t.supervising_subject(reference),
            vec![t.supervising_what(), t.supervising_next()],
            t.open(),
            t.why_supervisor(),
        ),
        Letter::AbsenceRecorded => (
            t.absence_subject(reference),
            vec![t.absence_what(), t.absence_next()],
            t.absence_action(),
            t.why_intern(),
        ),
        Letter::InternAbsent => (
            t.absent_subject(reference),
            vec![t.absent_what(), t.absent_next()],
            t.absent_action(),
            t.why_supervisor(),
        ),
        Letter::EvaluationWritten => (
            t.evaluation_subject(reference),
            vec![t.evaluation_what(), t.evaluation_next()],
            t.evaluation_action(),
            t.why_intern(),
        ),
        Letter::EvaluationCommented => (
            t.commented_subject(reference),
            vec![t.commented_what(), t.commented_next()],
            t.open(),
            t.why_supervisor(),
        ),
        Letter::ExtensionAsked => (
            t.asked_subject(reference),
            vec![t.asked_what(), t.asked_next()],
            t.asked_action(),
            t.why_intern(),
        ),
        Letter::ExtensionAgreed => (
            t.agreed_subject(reference),
            vec![t.agreed_what(), t.agreed_next()],
            t.agreed_action(),
            t.why_proposer(),
        ),
        Letter::ExtensionAnswered => (
            t.answered_subject(reference),
            vec![t.answered_what(), t.answered_next()],
            t.open(),
            t.why_supervisor(),
        ),
        Letter::ExtensionDecided => {
            (t.decided_subject(reference), vec![t.decided_what(), t.decided_next()], t.own(), t.why_intern())
        }
        Letter::EndedEarly => {
            (t.ended_subject(reference), vec![t.ended_what(), t.ended_next()], t.own(), t.why_intern())
        }
        Letter::SupervisionEnded => (
            t.supervision_subject(reference),
            vec![t.supervision_what(), t.supervision_next()],
            t.open(),
            t.why_supervisor(),
        ),
        _ => (
            t.completed_subject(reference),
            vec![t.completed_what(), t.completed_next()],
            t.completed_action(),
            t.why_intern(),
        ),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_intern: "You receive this because this is your internship.", "Vous recevez ce courriel parce qu’il s’agit de votre stage.",
        "Recibe este mensaje porque se trata de su pasantía.";
    why_supervisor: "You receive this because you supervise this internship.", "Vous recevez ce courriel parce que vous encadrez ce stage.",
        "Recibe este mensaje porque supervisa esta pasantía.";
    why_proposer: "You receive this because you proposed this placement.", "Vous recevez ce courriel parce que vous avez proposé cette affectation.",
        "Recibe este mensaje porque usted propuso esta plaza.";
    open: "Open the internship", "Ouvrir le stage", "Abrir la pasantía";
    own: "Open my internship", "Ouvrir mon stage", "Abrir mi pasantía";

    begun_subject(reference): "{reference}: your internship has begun", "{reference} : votre stage a commencé", "{reference}: su pasantía ha empezado";
    begun_what: "Your first day at work has been recorded. Welcome!", "Votre premier jour de travail est enregistré. Bienvenue !", "Se ha registrado su primer día de trabajo. ¡Le damos la bienvenida!";
    begun_next: "The page of your internship has your dates, the calendar and your supervisor’s evaluations.",
        "La page de votre stage présente vos dates, le calendrier et les évaluations de votre responsable.",
        "La página de su pasantía muestra sus fechas, el calendario y las evaluaciones de su supervisión.";
    supervising_subject(reference): "{reference}: the internship has begun", "{reference} : le stage a commencé", "{reference}: la pasantía ha empezado";
    supervising_what: "The first day of the internship you supervise has been recorded.",
        "Le premier jour du stage que vous encadrez est enregistré.", "Se ha registrado el primer día de la pasantía que usted supervisa.";
    supervising_next: "Its page says when you write the two evaluations, and until when you can ask for a longer stay.",
        "Sa page indique quand rédiger les deux évaluations, et jusqu’à quand demander une prolongation.",
        "Su página indica cuándo escribir las dos evaluaciones y hasta cuándo puede pedir una prórroga.";
    absence_subject(reference): "{reference}: your placement is closed", "{reference} : votre affectation est close", "{reference}: su plaza está cerrada";
    absence_what: "Human Resources has recorded that you did not come on your first day, so this placement is closed.",
        "Les Ressources humaines ont enregistré que vous ne vous êtes pas présenté à votre premier jour : cette affectation est close.",
        "Recursos Humanos ha registrado que no se presentó el primer día, así que esta plaza está cerrada.";
    absence_next: "If this is a mistake, or something happened to you, write to Human Resources.",
        "S’il s’agit d’une erreur, ou s’il vous est arrivé quelque chose, écrivez aux Ressources humaines.",
        "Si se trata de un error, o si le ha ocurrido algo, escriba a Recursos Humanos.";
    absence_action: "See where it stands", "Voir où j’en suis", "Ver el estado";
    absent_subject(reference): "{reference}: the intern did not come", "{reference} : la personne en stage ne s’est pas présentée", "{reference}: la persona en pasantía no se presentó";
    absent_what: "Human Resources has recorded that the intern you expected did not come, so this placement is closed.",
        "Les Ressources humaines ont enregistré que la personne que vous attendiez ne s’est pas présentée : cette affectation est close.",
        "Recursos Humanos ha registrado que la persona que esperaba no se presentó, así que esta plaza está cerrada.";
    absent_next: "If this is a mistake, tell Human Resources.", "S’il s’agit d’une erreur, prévenez les Ressources humaines.", "Si se trata de un error, avise a Recursos Humanos.";
    absent_action: "See your placements", "Voir vos affectations", "Ver sus plazas";

    evaluation_subject(reference): "{reference}: your supervisor has written an evaluation", "{reference} : votre responsable a écrit une évaluation",
        "{reference}: su supervisión ha escrito una evaluación";
    evaluation_what: "Your supervisor has written an evaluation of your internship. It is on the page of your internship.",
        "Votre responsable a écrit une évaluation de votre stage. Elle figure sur la page de votre stage.",
        "Su supervisión ha escrito una evaluación de su pasantía. Figura en la página de su pasantía.";
    evaluation_next: "Read it, and comment on it if you wish.", "Lisez-la, et commentez-la si vous le souhaitez.", "Léala y coméntela si lo desea.";
    evaluation_action: "Read the evaluation", "Lire l’évaluation", "Leer la evaluación";

    commented_subject(reference): "{reference}: the intern has commented on your evaluation", "{reference} : votre évaluation a été commentée",
        "{reference}: se ha comentado su evaluación";
    commented_what: "The intern has commented on your evaluation. From now on it stays as it is.",
        "La personne en stage a commenté votre évaluation. Celle-ci ne change plus désormais.",
        "La persona en pasantía ha comentado su evaluación. A partir de ahora ya no cambia.";
    commented_next: "Read the comment, and talk about it together.", "Lisez le commentaire, et parlez-en ensemble.", "Lea el comentario y conversen sobre él.";

    asked_subject(reference): "{reference}: would you like to stay longer?", "{reference} : souhaitez-vous rester plus longtemps ?",
        "{reference}: ¿desea quedarse más tiempo?";
    asked_what: "Your supervisor would like you to stay longer. You are free to say no.",
        "Votre responsable souhaite que vous restiez plus longtemps. Vous êtes libre de refuser.",
        "Su supervisión desea que se quede más tiempo. Puede decir que no con toda libertad.";
    asked_next: "Read the new last day and the terms, then answer.", "Lisez le nouveau dernier jour et les conditions, puis répondez.",
        "Lea el nuevo último día y las condiciones, y después responda.";
    asked_action: "Read and answer", "Lire et répondre", "Leer y responder";

    agreed_subject(reference): "{reference}: an extension waits for you to confirm it", "{reference} : une prolongation attend votre confirmation",
        "{reference}: una prórroga espera su confirmación";
    agreed_what: "The supervisor has asked for a longer stay, and the intern has agreed to it.",
        "La personne responsable a demandé une prolongation, et la personne en stage l’a acceptée.",
        "La persona supervisora ha pedido una prórroga y la persona en pasantía la ha aceptado.";
    agreed_next: "Check that insurance reaches the new last day, then confirm or decline.",
        "Vérifiez que l’assurance va jusqu’au nouveau dernier jour, puis confirmez ou refusez.",
        "Compruebe que el seguro llega hasta el nuevo último día y después confirme o rechace.";
    agreed_action: "Check and decide", "Vérifier et décider", "Comprobar y decidir";

    answered_subject(reference): "{reference}: the extension you asked for has been decided", "{reference} : la prolongation demandée est tranchée",
        "{reference}: se ha decidido la prórroga que pidió";
    answered_what: "There is an answer to the longer stay you asked for.", "La prolongation que vous aviez demandée a reçu une réponse.",
        "La prórroga que usted pidió tiene respuesta.";
    answered_next: "You can read it on the page of the internship.", "Vous pouvez la lire sur la page du stage.", "Puede leerla en la página de la pasantía.";

    decided_subject(reference): "{reference}: Human Resources has decided on your extension", "{reference} : les Ressources humaines ont statué sur votre prolongation",
        "{reference}: Recursos Humanos ha decidido sobre su prórroga";
    decided_what: "Human Resources has decided whether you can stay longer.", "Les Ressources humaines ont décidé si vous pouvez rester plus longtemps.",
        "Recursos Humanos ha decidido si puede quedarse más tiempo.";
    decided_next: "The page of your internship shows your last day.", "La page de votre stage indique votre dernier jour.",
        "La página de su pasantía muestra su último día.";

    completed_subject(reference): "{reference}: your certificate is ready", "{reference} : votre attestation est prête", "{reference}: su certificado está listo";
    completed_what: "Your supervisor has completed your internship, and your certificate has been issued. Thank you for your work.",
        "Votre responsable a clos votre stage, et votre attestation est délivrée. Merci pour votre travail.",
        "Su supervisión ha cerrado su pasantía y se ha expedido su certificado. Gracias por su trabajo.";
    completed_next: "You find it on the page of your internship, with a code that anybody can verify.",
        "Vous la trouvez sur la page de votre stage, avec un code que tout le monde peut vérifier.",
        "Lo encuentra en la página de su pasantía, con un código que cualquiera puede verificar.";
    ended_subject(reference): "{reference}: your internship ends early", "{reference} : votre stage prend fin avant terme", "{reference}: su pasantía termina antes";
    ended_what: "Human Resources has set a new, earlier last day for your internship.", "Les Ressources humaines ont fixé un nouveau dernier jour, plus proche, pour votre stage.",
        "Recursos Humanos ha fijado un nuevo último día, más cercano, para su pasantía.";
    ended_next: "The page of your internship shows it. Ask your supervisor or Human Resources if anything is unclear.",
        "La page de votre stage l’indique. En cas de question, adressez-vous à votre responsable ou aux Ressources humaines.",
        "La página de su pasantía lo muestra. Si algo no está claro, pregunte a su supervisión o a Recursos Humanos.";

    supervision_subject(reference): "{reference}: the internship you supervise ends early", "{reference} : le stage que vous encadrez prend fin avant terme",
        "{reference}: la pasantía que supervisa termina antes";
    supervision_what: "Human Resources has set a new, earlier last day for the internship you supervise.",
        "Les Ressources humaines ont fixé un nouveau dernier jour, plus proche, pour le stage que vous encadrez.",
        "Recursos Humanos ha fijado un nuevo último día, más cercano, para la pasantía que usted supervisa.";
    supervision_next: "Its page shows the day.", "Sa page indique le jour.", "Su página indica el día.";

    completed_action: "Open my certificate", "Ouvrir mon attestation", "Abrir mi certificado";
});
