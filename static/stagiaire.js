// What pages do more comfortably with a script. No page needs it.
"use strict";
const words = document.currentScript.dataset;

// 1. A form[data-autosave] is saved while somebody types in it, to its own address.
const PAUSE = 1500, PATIENCE = 15000, LONGEST_WAIT = 60000;

const autosave = form => {
  const notice = form.querySelector("[role=status]"), seen = form.elements.seen;
  const answers = () => {
    const all = new URLSearchParams(new FormData(form));
    all.delete("seen");
    return String(all);
  };
  let saved = answers(), sending = null, timer, since, wait = 0, over = false, overtaken = false;
  Object.assign(notice.style, { position: "sticky", insetBlockEnd: 0, paddingBlock: ".5rem", background: "var(--paper)" });

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
  const send = async (body, keepalive) => {
    try {
      const reply = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(`seen=${seen.value}&${body}`),
        headers: { Accept: "application/json" },
        keepalive, // the browser finishes what a page that is left began
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
        over = overtaken = true; // only the button goes on: its page compares
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
  form.addEventListener("input", () => {
    since ||= Date.now(); // whoever never pauses is saved all the same
    soon(Date.now() - since > 5 * PAUSE ? 0 : PAUSE);
  });
  form.addEventListener("change", () => soon(100));
  addEventListener("online", save);
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  addEventListener("pageshow", () => { over = overtaken; });
  addEventListener("beforeunload", event => { if (wait && !over) event.preventDefault(); });
  form.addEventListener("submit", event => {
    if (sending) { // the button must send the revision that this makes
      event.preventDefault();
      sending.finally(() => form.requestSubmit(event.submitter));
    } else {
      clearTimeout(timer);
      over = true;
    }
  });
};
document.querySelectorAll("form[data-autosave]").forEach(autosave);

// 2. A select[data-typeahead] becomes an editable combobox with list autocomplete (WAI-ARIA Authoring Practices).
//    The list stays in the form, unseen: it is what is sent.
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const make = (tag, properties, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), properties);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};

const combobox = select => {
  const { id, className, options } = select, listId = `${id}-list`;
  const input = make("input", { type: "text", className, autocomplete: "off", spellcheck: false }, {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": listId,
  });
  for (const name of ["aria-describedby", "aria-invalid"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  if (!options[0].value) input.placeholder = options[0].text;
  const list = make("ul", { id: listId, className: `panel lift ${className}`, hidden: true }, {
    role: "listbox", "aria-label": select.labels[0].textContent,
  });
  Object.assign(list.style, {
    position: "absolute", zIndex: 5, insetInline: 0, maxInlineSize: "var(--w, 34rem)", maxBlockSize: "18rem",
    overflowY: "auto", padding: ".25rem",
  });
  const count = make("p", { className: "vh" }, { role: "status" }), box = make("div");
  box.style.position = "relative";
  const choices = [...options].filter(option => option.value).map((option, nth) => {
    const element = make("li", { id: `${listId}-${nth}`, className: "choice", textContent: option.text }, { role: "option" });
    const group = option.parentElement.label;
    if (group) element.append(" ", make("span", { className: "hint", textContent: group }));
    return { option, element, key: ` ${plain(option.text)}` };
  });
  let found = [], active = null;

  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const matching = text => choices.filter(choice => choice.key.includes(` ${plain(text)}`));
  const mark = (choice, on) => {
    choice.element.setAttribute("aria-selected", on);
    Object.assign(choice.element.style, { outline: on ? "2px solid var(--focus)" : "", background: on ? "var(--wash)" : "" });
  };
  const go = choice => {
    if (active) mark(active, false);
    active = choice;
    input.removeAttribute("aria-activedescendant");
    if (!choice) return;
    mark(choice, true);
    input.setAttribute("aria-activedescendant", choice.element.id);
    choice.element.scrollIntoView({ block: "nearest" });
  };
  const show = (some, sentence) => {
    go(null);
    found = some;
    list.replaceChildren(...found.map(choice => choice.element));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", !list.hidden);
    count.className = found.length || !sentence ? "vh" : "hint";
    count.textContent = sentence;
  };
  const close = () => {
    input.value = chosen();
    show([], "");
  };
  const open = text => {
    const some = matching(text), first = ` ${plain(text)}`;
    some.sort((a, b) => b.key.startsWith(first) - a.key.startsWith(first));
    show(some, some.length ? `${words.found} ${some.length}` : words.none);
  };
  const openAll = () => open(input.value === chosen() ? "" : input.value);
  const choose = option => {
    const before = select.value;
    select.value = option ? option.value : "";
    close();
    if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // an unfinished word becomes the only thing it can mean, or goes: what is read is what is saved
  const settle = () => {
    if (input.value === chosen()) return close();
    if (!plain(input.value)) return choose(null);
    const some = matching(input.value), whole = some.find(choice => choice.key === ` ${plain(input.value)}`);
    if (whole || some.length === 1) choose((whole || some[0]).option);
    else close();
  };
  const step = by => {
    if (list.hidden) openAll();
    if (found.length) go(found.at(active ? (found.indexOf(active) + by) % found.length : Math.min(by, 0)));
  };

  input.addEventListener("input", event => {
    event.stopPropagation(); // nothing is chosen yet
    open(input.value);
  });
  input.addEventListener("change", event => event.stopPropagation());
  input.addEventListener("click", () => list.hidden && openAll());
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const key = event.altKey ? `Alt${event.key}` : event.key;
    if (key === "ArrowDown") step(1);
    else if (key === "ArrowUp") step(-1);
    else if (key === "AltArrowDown") openAll();
    else if (key === "Enter" && !list.hidden) active ? choose(active.option) : settle();
    else if (key === "Escape" || key === "AltArrowUp") close();
    else {
      if (key === "Home" || key === "End") go(null); // the cursor moves in the word
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("mousedown", event => event.preventDefault()); // the cursor stays in the box
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
