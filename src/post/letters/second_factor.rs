//! Letters about the second factor of a sign-in: whoever did not do it themselves learns of it at once.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang) -> Content {
    let t = Text(lang);
    let (subject, what) = match letter {
        Letter::SecondFactorAdded => (t.added_subject(), t.added_what()),
        Letter::PasskeyAdded => (t.passkey_subject(), t.passkey_what()),
        Letter::PasskeyRemoved => (t.no_passkey_subject(), t.no_passkey_what()),
        Letter::SecondFactorReset => (t.reset_subject(), t.reset_what()),
        Letter::RecoveryCodeUsed => (t.used_subject(), t.used_what()),
        _ => (t.removed_subject(), t.removed_what()),
    };
    Content { subject, before: vec![what], action: t.action(), after: Some(t.not_you()), why: t.why() }
}

texts!(Text {
    added_subject: "Your second factor is on", "Votre deuxième facteur est activé", "Su segundo factor está activo";
    added_what: "From now on we ask for a code from your app after your password. Keep your recovery codes safe: they open your account if you lose your phone.",
        "Désormais, nous demandons un code de votre application après votre mot de passe. Gardez vos codes de secours en lieu sûr : ils ouvrent votre compte si vous perdez votre téléphone.",
        "A partir de ahora pedimos un código de su aplicación después de su contraseña. Guarde bien sus códigos de recuperación: abren su cuenta si pierde el teléfono.";
    passkey_subject: "A passkey was added to your account", "Une clé d’accès a été ajoutée à votre compte", "Se ha añadido una llave de acceso a su cuenta";
    passkey_what: "After your password, you can now sign in with this passkey. Keep your recovery codes safe: they open your account if you lose the device.",
        "Après votre mot de passe, vous pouvez désormais vous connecter avec cette clé d’accès. Gardez vos codes de secours en lieu sûr : ils ouvrent votre compte si vous perdez l’appareil.",
        "Después de su contraseña, ya puede iniciar sesión con esta llave de acceso. Guarde bien sus códigos de recuperación: abren su cuenta si pierde el dispositivo.";
    no_passkey_subject: "A passkey was taken away from your account", "Une clé d’accès a été retirée de votre compte", "Se ha quitado una llave de acceso de su cuenta";
    no_passkey_what: "It does not open your account any more. If it was your only second factor, your account is now protected by your password alone.",
        "Elle n’ouvre plus votre compte. Si c’était votre seul deuxième facteur, votre compte n’est plus protégé que par votre mot de passe.",
        "Ya no abre su cuenta. Si era su único segundo factor, su cuenta queda protegida solo por su contraseña.";
    removed_subject: "Your second factor was taken away", "Votre deuxième facteur a été retiré", "Su segundo factor se ha quitado";
    removed_what: "Your account is now protected by your password alone.", "Votre compte n’est plus protégé que par votre mot de passe.",
        "Su cuenta queda protegida solo por su contraseña.";
    reset_subject: "Your second factor was reset", "Votre deuxième facteur a été réinitialisé", "Su segundo factor se ha restablecido";
    reset_what: "An administrator took your second factor away and ended your sessions. Sign in with your password and set up another one.",
        "L’administration a retiré votre deuxième facteur et fermé vos sessions. Connectez-vous avec votre mot de passe et configurez-en un autre.",
        "La administración ha quitado su segundo factor y cerrado sus sesiones. Inicie sesión con su contraseña y configure otro.";
    used_subject: "A recovery code was used", "Un code de secours a été utilisé", "Se ha usado un código de recuperación";
    used_what: "Somebody, probably you, used one of your recovery codes in place of your app or a passkey. It does not work again.",
        "Quelqu’un, probablement vous, a utilisé l’un de vos codes de secours à la place de votre application ou d’une clé d’accès. Ce code ne fonctionne plus.",
        "Alguien, probablemente usted, ha usado uno de sus códigos de recuperación en lugar de su aplicación o de una llave de acceso. Ese código ya no funciona.";
    action: "Look at your second factor", "Voir votre deuxième facteur", "Ver su segundo factor";
    not_you: "If it was not you, choose a new password at once: it ends all other sessions.",
        "Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe : toutes les autres sessions se ferment.",
        "Si no fue usted, elija de inmediato una nueva contraseña: se cierran todas las demás sesiones.";
    why: "You receive this because the way you sign in has changed or a recovery code was used.",
        "Vous recevez ce courriel parce que votre mode de connexion a changé ou qu’un code de secours a servi.",
        "Recibe este mensaje porque ha cambiado su forma de iniciar sesión o se ha usado un código de recuperación.";
});
