//! What is said of codes and passkeys wherever one is asked for.

use crate::text::texts;

texts!(pub Words {
    code: "Code", "Code", "Código";
    only_recovery: "One of your recovery codes", "L’un de vos codes de secours", "Uno de sus códigos de recuperación";
    wrong_code: "This code does not fit, or was used before. Wait for the next one", "Ce code ne convient pas ou a déjà servi. Attendez le suivant",
        "Este código no es correcto o ya se usó. Espere al siguiente";
    wrong_passkey: "This passkey was not accepted, or its answer came too late. Try once more",
        "Cette clé d’accès n’a pas été acceptée, ou sa réponse est arrivée trop tard. Réessayez",
        "Esta llave de acceso no se ha aceptado, o su respuesta llegó demasiado tarde. Inténtelo otra vez";
});

texts!(pub Passkeys {
    prove: "Use a passkey", "Utiliser une clé d’accès", "Usar una llave de acceso";
    waiting: "Your browser asks for your passkey now.", "Votre navigateur vous demande maintenant votre clé d’accès.", "Su navegador le pide ahora la llave de acceso.";
    cancelled: "Nothing came of it: it was cancelled, or took too long. Try again when you like.",
        "Rien ne s’est produit : l’opération a été annulée ou a pris trop de temps. Réessayez quand vous voulez.",
        "No ha pasado nada: se canceló o tardó demasiado. Vuelva a intentarlo cuando quiera.";
    unsupported: "This browser cannot use passkeys.", "Ce navigateur ne sait pas utiliser les clés d’accès.", "Este navegador no puede usar llaves de acceso.";
    known: "This device already has a passkey for your account.", "Cet appareil a déjà une clé d’accès pour votre compte.", "Este dispositivo ya tiene una llave de acceso para su cuenta.";
    failed: "Your browser could not do it. Try another passkey or another browser.", "Votre navigateur n’y est pas parvenu. Essayez une autre clé d’accès ou un autre navigateur.",
        "Su navegador no ha podido hacerlo. Pruebe con otra llave de acceso u otro navegador.";
    needs_scripts: "Passkeys need JavaScript, which is off in this browser.", "Les clés d’accès nécessitent JavaScript, désactivé dans ce navigateur.",
        "Las llaves de acceso necesitan JavaScript, que está desactivado en este navegador.";
    without_scripts: "A passkey needs JavaScript, which is off in this browser. You can type a recovery code instead.",
        "Une clé d’accès nécessite JavaScript, désactivé dans ce navigateur. Vous pouvez saisir un code de secours à la place.",
        "Una llave de acceso necesita JavaScript, que está desactivado en este navegador. Puede escribir en su lugar un código de recuperación.";
});
