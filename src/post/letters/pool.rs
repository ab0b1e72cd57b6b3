//! Letters about the pool: that the days on which somebody may start come to an end.

use super::{Content, candidate};
use crate::text::{Lang, texts};

pub(super) fn to_candidate(lang: Lang) -> Content {
    let t = Text(lang);
    Content {
        subject: t.candidate_subject(),
        before: vec![t.candidate_what(), t.candidate_next()],
        action: candidate::Text(lang).see_application(),
        after: None,
        why: candidate::Text(lang).why(),
    }
}

pub(super) fn to_reviewer(lang: Lang) -> Content {
    let t = Text(lang);
    Content {
        subject: t.reviewer_subject(),
        before: vec![t.reviewer_what(), t.reviewer_next()],
        action: t.reviewer_action(),
        after: None,
        why: t.reviewer_why(),
    }
}

texts!(Text {
    candidate_subject: "The time in which you may start ends soon", "La période où vous pouvez commencer se termine bientôt",
        "El plazo en que puede empezar termina pronto";
    candidate_what: "You are in the pool. By the programme’s rules, an internship of yours has to start within the next 30 days or so; after that the rules no longer allow it, as your profile stands.",
        "Vous êtes dans le vivier. Selon les règles du programme, votre stage doit commencer dans les 30 jours environ ; ensuite, les règles ne le permettent plus, en l’état de votre dossier.",
        "Usted está en la bolsa. Según las normas del programa, su pasantía tiene que empezar dentro de unos 30 días; después, las normas ya no lo permiten con su perfil actual.";
    candidate_next: "Human Resources knows and goes on looking. If your studies or your dates have changed, change your profile and release a new version. Otherwise you do not need to do anything.",
        "Les Ressources humaines le savent et continuent de chercher. Si vos études ou vos dates ont changé, modifiez votre dossier et transmettez une nouvelle version. Sinon, vous n’avez rien à faire.",
        "Recursos Humanos lo sabe y sigue buscando. Si sus estudios o sus fechas han cambiado, cambie su perfil y envíe una nueva versión. Si no, no tiene que hacer nada.";
    reviewer_subject: "People in the pool can soon start no more", "Des personnes du vivier ne pourront bientôt plus commencer",
        "Hay personas en la bolsa que pronto no podrán empezar";
    reviewer_what: "For people whom you put into the pool, the rules allow a start for 30 more days at most.",
        "Pour des personnes que vous avez mises dans le vivier, les règles ne permettent plus un début que pendant 30 jours au plus.",
        "Para personas que usted incluyó en la bolsa, las normas permiten empezar solo durante 30 días más como máximo.";
    reviewer_next: "The list shows them with their last day, the next to go first. If a place can be found for them, propose it now. They have been told.",
        "La liste les indique avec leur dernier jour, les plus proches d’abord. Si une place peut leur être trouvée, proposez-la maintenant. Ces personnes sont averties.",
        "La lista las muestra con su último día, primero las más próximas. Si se les puede encontrar una plaza, propóngala ahora. Se les ha avisado.";
    reviewer_action: "See who they are", "Voir qui elles sont", "Ver quiénes son";
    reviewer_why: "You receive this because you put them into the pool. There is one such letter a day at most.",
        "Vous recevez ce courriel parce que vous les avez mises dans le vivier. Il y en a au plus un par jour.",
        "Recibe este mensaje porque las incluyó en la bolsa. Se envía como máximo uno al día.";
});
