//! Letters about what somebody does with their own account: another address, the end of it.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let t = Text(lang);
    match letter {
        Letter::NewEmail => Content {
            subject: t.new_subject(),
            before: vec![t.new_what(), t.new_lasts()],
            action: t.new_action(),
            after: Some(t.new_not_you()),
            why: t.new_why(),
        },
        Letter::EmailChanging => Content {
            subject: t.changing_subject(),
            before: vec![t.changing_what(), t.changing_not_you()],
            action: t.changing_action(),
            after: Some(t.changing_lasts()),
            why: t.changing_why(),
        },
        Letter::AddressInUse => Content {
            subject: t.in_use_subject(),
            before: vec![t.in_use_what(), t.in_use_you()],
            action: t.in_use_action(),
            after: None,
            why: t.in_use_why(),
        },
        Letter::AccountUnused => Content {
            subject: t.unused_subject(),
            before: vec![t.unused_what(), t.unused_how(), t.unused_else()],
            action: t.unused_action(),
            after: None,
            why: t.unused_why(),
        },
        Letter::AccountErased => Content {
            subject: t.erased_subject(),
            before: vec![t.erased_what(), t.erased_stays()],
            action: t.erased_action(),
            after: None,
            why: t.erased_why(),
        },
        _ => Content {
            subject: t.gone_subject(reference),
            before: vec![t.gone_what(), t.gone_next()],
            action: t.gone_action(),
            after: None,
            why: t.gone_why(),
        },
    }
}

texts!(Text {
    new_subject: "Confirm your new email address", "Confirmez votre nouvelle adresse électronique",
        "Confirme su nueva dirección de correo electrónico";
    new_what: "Somebody, probably you, wants to use this address for an account from now on. Open the link below and sign in to confirm it.",
        "Quelqu’un, probablement vous, souhaite utiliser désormais cette adresse pour un compte. Ouvrez le lien ci-dessous et connectez-vous pour la confirmer.",
        "Alguien, probablemente usted, quiere utilizar esta dirección para una cuenta a partir de ahora. Abra el enlace siguiente e inicie sesión para confirmarla.";
    new_lasts: "Until then the account keeps its address. The link works once, for 48 hours.",
        "D’ici là, le compte garde son adresse. Le lien fonctionne une seule fois, pendant 48 heures.",
        "Hasta entonces la cuenta conserva su dirección. El enlace funciona una sola vez, durante 48 horas.";
    new_action: "Confirm my new address", "Confirmer ma nouvelle adresse", "Confirmar mi nueva dirección";
    new_not_you: "If it was not you, ignore this letter: without your confirmation this address is not used.",
        "Si ce n’était pas vous, ignorez ce courriel : sans votre confirmation, cette adresse n’est pas utilisée.",
        "Si no fue usted, ignore este mensaje: sin su confirmación, esta dirección no se utiliza.";
    new_why: "You receive this because this address was entered as the new address of an account.",
        "Vous recevez ce courriel parce que cette adresse a été saisie comme nouvelle adresse d’un compte.",
        "Recibe este mensaje porque se introdujo esta dirección como nueva dirección de una cuenta.";

    changing_subject: "The email address of your account is being changed", "L’adresse électronique de votre compte va changer",
        "La dirección de correo de su cuenta va a cambiar";
    changing_what: "Somebody who knows your password asked to use another email address for your account. It changes as soon as the other address is confirmed.",
        "Quelqu’un qui connaît votre mot de passe a demandé d’utiliser une autre adresse électronique pour votre compte. Elle change dès que l’autre adresse est confirmée.",
        "Alguien que conoce su contraseña pidió utilizar otra dirección de correo para su cuenta. El cambio se hace en cuanto se confirme la otra dirección.";
    changing_not_you: "If it was you, you have nothing to do. If it was not you, open the link below: your address stays or comes back, all sessions end, and you choose a new password.",
        "Si c’était vous, vous n’avez rien à faire. Si ce n’était pas vous, ouvrez le lien ci-dessous : votre adresse est conservée ou rétablie, toutes les sessions se ferment et vous choisissez un nouveau mot de passe.",
        "Si fue usted, no tiene que hacer nada. Si no fue usted, abra el enlace siguiente: su dirección se mantiene o se restablece, se cierran todas las sesiones y usted elige una nueva contraseña.";
    changing_action: "It was not me: undo the change", "Ce n’était pas moi : annuler le changement", "No fui yo: deshacer el cambio";
    changing_lasts: "This link works once, for 7 days.", "Ce lien fonctionne une seule fois, pendant 7 jours.",
        "Este enlace funciona una sola vez, durante 7 días.";
    changing_why: "You receive this because this has been the address of your account.",
        "Vous recevez ce courriel parce que cette adresse était celle de votre compte.",
        "Recibe este mensaje porque esta ha sido la dirección de su cuenta.";

    in_use_subject: "This address already belongs to your account", "Cette adresse est déjà celle de votre compte",
        "Esta dirección ya es la de su cuenta";
    in_use_what: "Somebody tried to use this address for another account. It already belongs to yours, so nothing was changed.",
        "Quelqu’un a essayé d’utiliser cette adresse pour un autre compte. Elle est déjà celle du vôtre : rien n’a donc changé.",
        "Alguien intentó utilizar esta dirección para otra cuenta. Ya es la de la suya, así que nada ha cambiado.";
    in_use_you: "If it was you and you have two accounts, sign in with this address and delete the account you do not need.",
        "Si c’était vous et que vous avez deux comptes, connectez-vous avec cette adresse et supprimez le compte dont vous n’avez pas besoin.",
        "Si fue usted y tiene dos cuentas, inicie sesión con esta dirección y elimine la cuenta que no necesite.";
    in_use_action: "Sign in with this address", "Se connecter avec cette adresse", "Iniciar sesión con esta dirección";
    in_use_why: "You receive this because this address was entered for another account.",
        "Vous recevez ce courriel parce que cette adresse a été saisie pour un autre compte.",
        "Recibe este mensaje porque se introdujo esta dirección para otra cuenta.";

    erased_subject: "Your account has been deleted", "Votre compte a été supprimé", "Su cuenta se ha eliminado";
    erased_what: "Your account is deleted, with your profile, your documents and what you wrote. Anything still open has been called off.",
        "Votre compte est supprimé, avec votre dossier, vos documents et ce que vous avez écrit. Tout ce qui était en cours est annulé.",
        "Su cuenta se ha eliminado, junto con su perfil, sus documentos y lo que escribió. Todo lo que seguía abierto se ha cancelado.";
    erased_stays: "Only counts and dates without your name remain. This is the last letter to this address.",
        "Il ne reste que des chiffres et des dates sans votre nom. C’est le dernier courriel envoyé à cette adresse.",
        "Solo quedan cifras y fechas sin su nombre. Este es el último mensaje a esta dirección.";
    erased_action: "Go to the start page", "Aller à la page d’accueil", "Ir a la página de inicio";
    erased_why: "You receive this because this was the address of the account, and you had asked for its deletion or not used it for long.",
        "Vous recevez ce courriel parce que cette adresse était celle du compte, et que vous aviez demandé sa suppression ou ne l’utilisiez plus.",
        "Recibe este mensaje porque esta era la dirección de la cuenta, y usted había pedido que se eliminara o llevaba mucho tiempo sin usarla.";

    unused_subject: "Your account will be deleted soon unless you sign in", "Votre compte sera bientôt supprimé, sauf si vous vous connectez",
        "Su cuenta se eliminará pronto si no inicia sesión";
    unused_what: "You have an account with us, no application of yours is open, and you have not signed in for some time. We keep what people give us only as long as it is needed, so the account will be deleted with all it holds: your profile, your documents and earlier applications.",
        "Vous avez un compte chez nous, aucune candidature en cours, et personne ne s’y est connecté depuis un certain temps. Nous ne gardons ce qui nous est confié qu’aussi longtemps que nécessaire : le compte sera donc supprimé avec tout ce qu’il contient, votre dossier, vos documents et vos anciennes candidatures.",
        "Tiene una cuenta con nosotros, ninguna candidatura abierta, y no ha iniciado sesión desde hace tiempo. Guardamos lo que se nos confía solo mientras hace falta, así que la cuenta se eliminará con todo lo que contiene: su perfil, sus documentos y sus candidaturas anteriores.";
    unused_how: "To keep it, sign in once: the time then begins anew. There you can also take a copy of everything.",
        "Pour le garder, il suffit de vous connecter une fois : le délai repart alors de zéro. Vous pouvez aussi y prendre une copie de tout.",
        "Para conservarla, basta con que inicie sesión una vez: el plazo vuelve entonces a empezar. Allí también puede llevarse una copia de todo.";
    unused_else: "If you no longer need it, you do not have to do anything. It goes two weeks after our first letter about it at the earliest.",
        "Si vous n’en avez plus besoin, vous n’avez rien à faire. Il sera supprimé au plus tôt deux semaines après notre premier courriel à ce sujet.",
        "Si ya no la necesita, no tiene que hacer nada. Se eliminará como pronto dos semanas después de nuestro primer mensaje al respecto.";
    unused_action: "Sign in and keep the account", "Se connecter et garder le compte", "Iniciar sesión y conservar la cuenta";
    unused_why: "You receive this because this is the address of an account that is not used. We send two such letters before it goes.",
        "Vous recevez ce courriel parce que cette adresse est celle d’un compte inutilisé. Nous en envoyons deux avant la suppression.",
        "Recibe este mensaje porque esta es la dirección de una cuenta sin uso. Enviamos dos antes de eliminarla.";

    gone_subject(reference): "{reference}: the candidate has deleted the account", "{reference} : la personne candidate a supprimé son compte",
        "{reference}: la persona candidata ha eliminado su cuenta";
    gone_what: "The candidate has deleted the account. The application is withdrawn, its placements are called off, and the profile and its documents no longer exist.",
        "La personne candidate a supprimé son compte. La candidature est retirée, ses affectations sont annulées, et le dossier et ses documents n’existent plus.",
        "La persona candidata ha eliminado su cuenta. La candidatura se ha retirado, sus plazas se han cancelado y el perfil y sus documentos ya no existen.";
    gone_next: "You have nothing to do but to delete copies you may have made.", "Il ne vous reste qu’à supprimer les copies que vous auriez faites.",
        "Solo le queda eliminar las copias que haya hecho.";
    gone_action: "Go to the released profiles", "Aller aux dossiers transmis", "Ir a los perfiles enviados";
    gone_why: "You receive this because you worked on this application.", "Vous recevez ce courriel parce que vous avez traité cette candidature.",
        "Recibe este mensaje porque usted trabajó en esta candidatura.";
});
