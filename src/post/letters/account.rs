//! Letters about accounts: to prove an address, to get in, to be warned.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang) -> Content {
    let t = Text(lang);
    match letter {
        Letter::AlreadyRegistered => Content {
            subject: t.already_subject(),
            before: vec![t.already_what(), t.already_how()],
            action: t.sign_in(),
            after: Some(t.already_not_you()),
            why: t.already_why(),
        },
        Letter::ResetPassword => Content {
            subject: t.reset_subject(),
            before: vec![t.reset_what(), t.reset_lasts()],
            action: t.reset_action(),
            after: Some(t.reset_not_you()),
            why: t.reset_why(),
        },
        Letter::PasswordChanged => Content {
            subject: t.changed_subject(),
            before: vec![t.changed_what(), t.changed_not_you()],
            action: t.changed_action(),
            after: None,
            why: t.changed_why(),
        },
        Letter::Invitation => Content {
            subject: t.invitation_subject(),
            before: vec![t.invitation_what(), t.invitation_lasts()],
            action: t.invitation_action(),
            after: Some(t.invitation_not_you()),
            why: t.invitation_why(),
        },
        _ => Content {
            subject: t.confirm_subject(),
            before: vec![t.confirm_what(), t.confirm_lasts()],
            action: t.confirm_action(),
            after: Some(t.confirm_not_you()),
            why: t.confirm_why(),
        },
    }
}

texts!(Text {
    confirm_subject: "Confirm your email address", "Confirmez votre adresse électronique",
        "Confirme su dirección de correo electrónico";
    confirm_what: "Somebody, probably you, created an account with this address. Open the link below to confirm that the address is yours.",
        "Quelqu’un, probablement vous, a créé un compte avec cette adresse. Ouvrez le lien ci-dessous pour confirmer qu’elle est bien la vôtre.",
        "Alguien, probablemente usted, creó una cuenta con esta dirección. Abra el enlace siguiente para confirmar que la dirección es suya.";
    confirm_lasts: "The link works once, for 48 hours.", "Le lien fonctionne une seule fois, pendant 48 heures.",
        "El enlace funciona una sola vez, durante 48 horas.";
    confirm_action: "Confirm my address", "Confirmer mon adresse", "Confirmar mi dirección";
    confirm_not_you: "If it was not you, ignore this letter and do not open the link.",
        "Si ce n’était pas vous, ignorez ce courriel et n’ouvrez pas le lien.",
        "Si no fue usted, ignore este mensaje y no abra el enlace.";
    confirm_why: "You receive this because an account was created with this address.",
        "Vous recevez ce courriel parce qu’un compte a été créé avec cette adresse.",
        "Recibe este mensaje porque se creó una cuenta con esta dirección.";

    already_subject: "You already have an account", "Vous avez déjà un compte", "Usted ya tiene una cuenta";
    already_what: "Somebody, probably you, tried to create an account with this address. You already have one, so nothing was changed.",
        "Quelqu’un, probablement vous, a essayé de créer un compte avec cette adresse. Vous en avez déjà un : rien n’a donc changé.",
        "Alguien, probablemente usted, intentó crear una cuenta con esta dirección. Usted ya tiene una, así que nada ha cambiado.";
    already_how: "Sign in with the password you chose. If you have forgotten it, you can ask for a new one on the same page.",
        "Connectez-vous avec le mot de passe que vous avez choisi. Si vous l’avez oublié, vous pouvez en demander un nouveau sur la même page.",
        "Inicie sesión con la contraseña que eligió. Si la ha olvidado, puede pedir otra en la misma página.";
    sign_in: "Sign in", "Se connecter", "Iniciar sesión";
    already_not_you: "If it was not you, you have nothing to do: your account is as safe as before.",
        "Si ce n’était pas vous, vous n’avez rien à faire : votre compte est aussi sûr qu’avant.",
        "Si no fue usted, no tiene que hacer nada: su cuenta sigue tan segura como antes.";
    already_why: "You receive this because this address was entered to create an account.",
        "Vous recevez ce courriel parce que cette adresse a été saisie pour créer un compte.",
        "Recibe este mensaje porque se introdujo esta dirección para crear una cuenta.";

    reset_subject: "Choose a new password", "Choisissez un nouveau mot de passe", "Elija una nueva contraseña";
    reset_what: "Somebody, probably you, asked for a new password for your account. Open the link below to choose it.",
        "Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour votre compte. Ouvrez le lien ci-dessous pour le choisir.",
        "Alguien, probablemente usted, pidió una nueva contraseña para su cuenta. Abra el enlace siguiente para elegirla.";
    reset_lasts: "The link works once, for one hour.", "Le lien fonctionne une seule fois, pendant une heure.",
        "El enlace funciona una sola vez, durante una hora.";
    reset_action: "Choose my new password", "Choisir mon nouveau mot de passe", "Elegir mi nueva contraseña";
    reset_not_you: "If it was not you, ignore this letter: your password stays as it is.",
        "Si ce n’était pas vous, ignorez ce courriel : votre mot de passe reste le même.",
        "Si no fue usted, ignore este mensaje: su contraseña sigue siendo la misma.";
    reset_why: "You receive this because a new password was requested for this address.",
        "Vous recevez ce courriel parce qu’un nouveau mot de passe a été demandé pour cette adresse.",
        "Recibe este mensaje porque se pidió una nueva contraseña para esta dirección.";

    changed_subject: "Your password was changed", "Votre mot de passe a été modifié", "Su contraseña ha cambiado";
    changed_what: "The password of your account was changed. If you did it, you have nothing more to do.",
        "Le mot de passe de votre compte a été modifié. Si c’était vous, vous n’avez rien d’autre à faire.",
        "La contraseña de su cuenta ha cambiado. Si fue usted, no tiene que hacer nada más.";
    changed_not_you: "If it was not you, go to the sign-in page now, say that you forgot your password and choose another.",
        "Si ce n’était pas vous, allez tout de suite à la page de connexion, indiquez que vous avez oublié votre mot de passe et choisissez-en un autre.",
        "Si no fue usted, vaya ahora a la página de inicio de sesión, indique que olvidó su contraseña y elija otra.";
    changed_action: "Go to the sign-in page", "Aller à la page de connexion", "Ir a la página de inicio de sesión";
    changed_why: "You receive this because it concerns the safety of your account.",
        "Vous recevez ce courriel parce qu’il concerne la sécurité de votre compte.",
        "Recibe este mensaje porque afecta a la seguridad de su cuenta.";

    invitation_subject: "Your invitation to Stagiaire", "Votre invitation à Stagiaire", "Su invitación a Stagiaire";
    invitation_what: "An administrator has opened a staff account for you in Stagiaire, where internship applications are received and reviewed. Open the link below to choose your password.",
        "L’administration vous a ouvert un compte de membre du personnel dans Stagiaire, où sont reçues et examinées les candidatures de stage. Ouvrez le lien ci-dessous pour choisir votre mot de passe.",
        "La administración le ha abierto una cuenta de personal en Stagiaire, donde se reciben y revisan las candidaturas de pasantía. Abra el enlace siguiente para elegir su contraseña.";
    invitation_lasts: "The link works once, for 7 days. After that, ask the administrator for another.",
        "Le lien fonctionne une seule fois, pendant 7 jours. Ensuite, demandez-en un autre à l’administration.",
        "El enlace funciona una sola vez, durante 7 días. Después, pida otro a la administración.";
    invitation_action: "Choose my password", "Choisir mon mot de passe", "Elegir mi contraseña";
    invitation_not_you: "If you do not work with the internship programme, ignore this letter.",
        "Si vous ne travaillez pas avec le programme de stages, ignorez ce courriel.",
        "Si no trabaja con el programa de pasantías, ignore este mensaje.";
    invitation_why: "You receive this because an administrator entered your address.",
        "Vous recevez ce courriel parce que l’administration a saisi votre adresse.",
        "Recibe este mensaje porque la administración introdujo su dirección.";
});
