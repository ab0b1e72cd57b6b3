// Asks the browser for a passkey, and sends its answer with the form around it. Without it, and without the buttons that
// it shows, forms are sent as forms are.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = buffer => {
    const letters = Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join("");
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = list => (list || []).map(one => ({ ...one, id: bytes(one.id) }));

  async function make(asked) {
    const it = await navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    } });
    return whole(it, { attestationObject: text(it.response.attestationObject) });
  }

  async function prove(asked) {
    const it = await navigator.credentials.get({ publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: known(asked.allowCredentials),
    } });
    const { authenticatorData, signature, userHandle } = it.response;
    return whole(it, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    });
  }

  function whole(it, response) {
    const clientDataJSON = text(it.response.clientDataJSON);
    return JSON.stringify({ id: it.id, rawId: text(it.rawId), type: it.type, response: { ...response, clientDataJSON } });
  }

  for (const place of document.querySelectorAll("[data-passkey]")) {
    const button = place.querySelector("button"), status = place.querySelector("[role=status]"), words = place.dataset;
    const form = place.closest("form");
    place.hidden = false;
    if (!window.PublicKeyCredential) {
      button.hidden = true;
      status.textContent = words.unsupported;
      continue;
    }
    let busy = false;
    button.addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      status.textContent = words.waiting;
      try {
        const asked = JSON.parse(words.asked).publicKey;
        form.querySelector("input[name=passkey]").value = await (words.passkey === "make" ? make(asked) : prove(asked));
        form.submit();
      } catch (error) {
        busy = false;
        const cancelled = error.name === "NotAllowedError" || error.name === "AbortError";
        status.textContent = error.name === "InvalidStateError" ? words.known : cancelled ? words.cancelled : words.failed;
      }
    });
  }
})();
