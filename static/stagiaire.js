// What pages do more comfortably with a script, and could do without it. No page needs this file.
"use strict";
const words = document.currentScript.dataset;

// 1. Forms with data-autosave are saved while they are typed in, to their own address.
const PAUSE = 1500, PATIENCE = 15000, LONGEST_WAIT = 60000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const notice = form.querySelector("[role=status]"), seen = form.elements.seen;
  const answers = () => {
    const all = new URLSearchParams(new FormData(form));
    all.delete("seen");
    return String(all);
  };
  let saved = answers(); // what the server has
  let timer, since, wait = 0, sending = null, over = false, overtaken = false;

  const say = (sentence, trouble) => {
    notice.className = trouble ? "error" : "hint";
    if (notice.textContent !== sentence) notice.textContent = sentence;
  };
  const soon = ms => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };
  const failed = sentence => {
    say(sentence, true);
    wait = Math.min(wait * 2 || 2000, LONGEST_WAIT);
    soon(wait);
  };
  const send = async (body, leaving) => {
    try {
      const reply = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(`seen=${seen.value}&${body}`),
        headers: { Accept: "application/json" },
        // the browser finishes what a page that is left began, if it is not large
        keepalive: leaving,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const told = await reply.json().catch(() => ({}));
      if (reply.ok) {
        seen.value = told.revision;
        saved = body;
        wait = since = 0;
        say(told.message);
        if (answers() !== saved) soon(PAUSE);
      } else if (reply.status === 409) {
        over = overtaken = true; // only the button goes on, and its page compares
        say(told.message, true);
      } else failed(told.message || words.unsaved);
    } catch {
      failed(words.unsaved);
    }
  };
  const save = leaving => {
    clearTimeout(timer);
    const body = answers();
    if (over || sending || body === saved) return;
    sending = send(body, leaving === true).finally(() => { sending = null; });
  };
  const typed = () => {
    if (over || answers() === saved) return;
    since ||= Date.now();
    // whoever never pauses is saved all the same
    soon(Date.now() - since > 5 * PAUSE ? 0 : PAUSE);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", () => soon(100));
  addEventListener("online", () => save());
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  addEventListener("pageshow", () => { over = overtaken; }); // and back again
  addEventListener("beforeunload", event => { if (wait && !over) event.preventDefault(); });
  form.addEventListener("submit", event => {
    if (sending) {
      // the button's own save must know the revision that this one makes
      event.preventDefault();
      sending.finally(() => form.requestSubmit(event.submitter));
    } else {
      clearTimeout(timer);
      over = true;
    }
  });
}

// 2. Long lists, select[data-typeahead], become a combobox to type in (WAI-ARIA Authoring Practices, "Editable
//    combobox with list autocomplete"). The list itself stays in the form, unseen, and is what is sent.
const letters = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const combobox = select => {
  const make = (tag, properties, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const id = select.id;
  const label = document.querySelector(`label[for="${id}"]`);
  const listId = `${id}-list`;
  const input = make("input", { type: "text", className: select.className, autocomplete: "off", spellcheck: false }, {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
  });
  for (const name of ["aria-describedby", "aria-invalid"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const list = make("ul", { id: listId, className: `panel lift ${select.className}`, hidden: true }, {
    role: "listbox", "aria-label": label.textContent,
  });
  const count = make("p", { className: "vh" }, { role: "status" });
  const box = make("div");
  box.style.position = "relative";
  Object.assign(list.style, {
    position: "absolute", zIndex: 5, insetInline: 0, maxInlineSize: "var(--w, 34rem)", maxBlockSize: "18rem",
    overflowY: "auto", padding: ".25rem", marginBlockStart: ".25rem",
  });
  const choices = [...select.options].filter(option => option.value).map((option, nth) => {
    const group = option.parentElement.label;
    const element = make("li", { id: `${listId}-${nth}`, className: "choice", textContent: option.text }, {
      role: "option", "aria-selected": "false",
    });
    if (group) element.append(" ", make("span", { className: "hint", textContent: group }));
    return { option, element, key: ` ${letters(option.text)}` };
  });
  let found = [], active = null;

  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const go = choice => {
    for (const [one, on] of [[active, false], [choice, true]]) {
      if (!one) continue;
      one.element.setAttribute("aria-selected", on);
      one.element.style.outline = on ? "2px solid var(--focus)" : "";
      one.element.style.background = on ? "var(--wash)" : "";
    }
    active = choice;
    if (choice) {
      input.setAttribute("aria-activedescendant", choice.element.id);
      choice.element.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    go(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    count.className = "vh";
    count.textContent = "";
  };
  const open = text => {
    const key = letters(text), begins = ` ${key}`;
    go(null);
    found = choices.filter(choice => choice.key.includes(begins));
    if (key) found.sort((a, b) => b.key.startsWith(begins) - a.key.startsWith(begins));
    list.replaceChildren(...found.map(choice => choice.element));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    count.className = found.length ? "vh" : "hint";
    count.textContent = found.length ? `${words.found} ${found.length}` : words.none;
  };
  const choose = option => {
    const before = select.value;
    select.value = option ? option.value : "";
    input.value = chosen();
    close();
    if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // what is left standing is what is saved: an unfinished word becomes the only thing it can mean, or goes
  const settle = () => {
    if (input.value === chosen()) return close();
    const key = letters(input.value);
    if (!key) return choose(null);
    const meant = choices.filter(choice => choice.key.includes(` ${key}`));
    const whole = meant.find(choice => choice.key === ` ${key}`) || (meant.length === 1 && meant[0]);
    if (whole) return choose(whole.option);
    input.value = chosen();
    close();
  };
  const step = by => {
    if (list.hidden) open(input.value === chosen() ? "" : input.value);
    if (!found.length) return;
    const at = active ? found.indexOf(active) + by : by > 0 ? 0 : -1;
    go(found.at(at % found.length));
  };

  input.addEventListener("input", event => {
    event.stopPropagation(); // nothing is chosen yet
    open(input.value);
  });
  input.addEventListener("change", event => event.stopPropagation());
  input.addEventListener("click", () => list.hidden && open(input.value === chosen() ? "" : input.value));
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const key = event.altKey ? `Alt${event.key}` : event.key;
    if (key === "ArrowDown") step(1);
    else if (key === "ArrowUp") step(-1);
    else if (key === "AltArrowDown") open("");
    else if (key === "Enter" && !list.hidden) active ? choose(active.option) : settle();
    else if ((key === "Escape" || key === "AltArrowUp") && !list.hidden) {
      input.value = chosen();
      close();
    } else {
      if (key === "Home" || key === "End") go(null); // the cursor moves in the word
      return;
    }
    event.preventDefault();
  });
  // a press on the list must not take the cursor out of the box
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const choice = found.find(one => one.element.contains(event.target));
    if (choice) choose(choice.option);
  });

  select.removeAttribute("id");
  select.hidden = true;
  input.id = id;
  input.value = chosen();
  select.before(box);
  box.append(input, list, count);
};
document.querySelectorAll("select[data-typeahead]").forEach(combobox);
