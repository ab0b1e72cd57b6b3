//! Letters to candidates: that something happened to the application, never what was written about it.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, number: &str) -> Content {
    let t = Text(lang);
    let (subject, before, action) = match letter {
        Letter::Withdrawn => {
            (t.withdrawn_subject(), vec![t.withdrawn_what(), t.withdrawn_next()], t.see_application())
        }
        Letter::ChangesRequested => {
            (t.changes_subject(), vec![t.changes_what(), t.changes_next()], t.changes_action())
        }
        Letter::Pooled => (t.pooled_subject(), vec![t.pooled_what(), t.pooled_next()], t.see_application()),
        Letter::NotSelected => (
            t.not_selected_subject(),
            vec![t.not_selected_what(), t.not_selected_next()],
            t.not_selected_action(),
        ),
        Letter::Reopened => {
            (t.reopened_subject(), vec![t.reopened_what(), t.reopened_next()], t.see_application())
        }
        _ => (t.released_subject(), vec![t.released_what(number), t.released_next()], t.see_application()),
    };
    Content { subject, before, action, after: None, why: t.why() }
}

texts!(pub(super) Text {
    why: "You receive this because you released a profile for review. Applying is free.",
        "Vous recevez ce courriel parce que vous avez transmis un dossier pour examen. La candidature est gratuite.",
        "Recibe este mensaje porque envió un perfil para su revisión. Presentarse es gratuito.";
    see_application: "See where it stands", "Voir où j’en suis", "Ver el estado";

    released_subject: "We have received your profile", "Nous avons reçu votre dossier", "Hemos recibido su perfil";
    released_what(number): "Version {number} of your profile has been released for review. This letter is your receipt: quote its reference if you write to us.",
        "La version {number} de votre dossier a été transmise pour examen. Ce courriel vous sert de reçu : citez sa référence si vous nous écrivez.",
        "La versión {number} de su perfil se ha enviado para su revisión. Este mensaje es su comprobante: cite su referencia si nos escribe.";
    released_next: "You do not need to do anything until we write to you. You can still change your profile and release a new version, or take it back.",
        "Vous n’avez rien à faire avant notre message. Vous pouvez encore modifier votre dossier et transmettre une nouvelle version, ou le reprendre.",
        "No tiene que hacer nada hasta que le escribamos. Aún puede cambiar su perfil y enviar una nueva versión, o retirarlo.";

    withdrawn_subject: "You have taken your profile back", "Vous avez repris votre dossier", "Ha retirado su perfil";
    withdrawn_what: "You have taken your profile back. Human Resources and offices no longer see it.",
        "Vous avez repris votre dossier. Les Ressources humaines et les bureaux ne le voient plus.",
        "Ha retirado su perfil. Recursos Humanos y las oficinas ya no lo ven.";
    withdrawn_next: "If you did not mean to, you can undo it for 24 hours and be back where you were. Your answers and documents are still there for you, and you can release them again later.",
        "Si c’était une erreur, vous pouvez l’annuler pendant 24 heures et retrouver votre place. Vos réponses et vos documents restent à votre disposition, et vous pourrez les transmettre à nouveau plus tard.",
        "Si no era su intención, puede deshacerlo durante 24 horas y volver a donde estaba. Sus respuestas y documentos siguen a su disposición y podrá enviarlos de nuevo más adelante.";

    changes_subject: "Human Resources needs something from you", "Les Ressources humaines attendent quelque chose de vous",
        "Recursos Humanos necesita algo de usted";
    changes_what: "Human Resources has read your profile and needs you to change something before it can decide. Your profile keeps its place in the list while we wait.",
        "Les Ressources humaines ont lu votre dossier et vous demandent une modification avant de décider. Votre dossier garde sa place dans la liste pendant ce temps.",
        "Recursos Humanos ha leído su perfil y necesita que cambie algo antes de decidir. Su perfil conserva su lugar en la lista mientras esperamos.";
    changes_next: "Read what is asked, change those sections, then release your profile again.",
        "Lisez ce qui est demandé, modifiez ces sections, puis transmettez à nouveau votre dossier.",
        "Lea lo que se pide, cambie esas secciones y envíe de nuevo su perfil.";
    changes_action: "Read what is asked", "Lire ce qui est demandé", "Leer lo que se pide";

    pooled_subject: "You are in the pool", "Vous êtes dans le vivier", "Está en la bolsa";
    pooled_what: "Human Resources has reviewed your profile and added it to the pool of candidates.",
        "Les Ressources humaines ont examiné votre dossier et l’ont ajouté au vivier des candidatures.",
        "Recursos Humanos ha revisado su perfil y lo ha añadido a la bolsa de candidaturas.";
    pooled_next: "It is now looking for an office that needs you. You can see until when, and you do not need to do anything until we write to you.",
        "Elles cherchent maintenant un bureau qui a besoin de vous. Vous pouvez voir jusqu’à quand, et vous n’avez rien à faire avant notre message.",
        "Ahora busca una oficina que le necesite. Puede ver hasta cuándo, y no tiene que hacer nada hasta que le escribamos.";

    not_selected_subject: "A decision about your profile", "Une décision sur votre dossier", "Una decisión sobre su perfil";
    not_selected_what: "Human Resources has read your profile and decided not to select it. A person took this decision and wrote down the reason for you.",
        "Les Ressources humaines ont lu votre dossier et ont décidé de ne pas le retenir. Une personne a pris cette décision et en a noté le motif à votre intention.",
        "Recursos Humanos ha leído su perfil y ha decidido no seleccionarlo. Una persona tomó esta decisión y anotó el motivo para usted.";
    not_selected_next: "You may release a profile again when something has changed. Thank you for your interest and for the work you put into it.",
        "Vous pourrez transmettre à nouveau un dossier lorsque votre situation aura changé. Merci de votre intérêt et du travail que vous y avez consacré.",
        "Podrá enviar de nuevo un perfil cuando algo haya cambiado. Gracias por su interés y por el trabajo que le dedicó.";
    not_selected_action: "Read the reason", "Lire le motif", "Leer el motivo";

    reopened_subject: "Your profile is in review again", "Votre dossier est de nouveau en cours d’examen", "Su perfil está de nuevo en revisión";
    reopened_what: "Human Resources has taken its decision back and is reviewing your profile again.",
        "Les Ressources humaines sont revenues sur leur décision et examinent à nouveau votre dossier.",
        "Recursos Humanos ha revocado su decisión y está revisando de nuevo su perfil.";
    reopened_next: "You do not need to do anything until we write to you.", "Vous n’avez rien à faire avant notre message.",
        "No tiene que hacer nada hasta que le escribamos.";
});
