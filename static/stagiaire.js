// What a script makes easier. No page needs it.
"use strict";
const words = document.currentScript.dataset;
const on = (target, event, react) => target.addEventListener(event, react);
const style = (element, rules) => Object.assign(element.style, rules);

// 1. A form[data-autosave] is saved while it is typed in, to its own address.
const PAUSE = 1500, PATIENCE = 15e3, LONGEST_WAIT = 6e4;

const autosave = form => {
  const notice = form.querySelector("[role=status]"), seen = form.elements.seen;
  const answers = () => {
    const all = new URLSearchParams(new FormData(form));
    all.delete("seen");
    return String(all);
  };
  let saved = answers(), sending = null, timer, since, wait = 0, over = false, overtaken = false;
  style(notice, { position: "sticky", insetBlockEnd: 0, paddingBlock: ".5rem", background: "var(--paper)" });

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
  const send = async (body, ahead) => {
    try {
      const reply = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(`seen=${+seen.value + ahead}&${body}`),
        headers: { Accept: "application/json" },
        keepalive: body.length < 6e4,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const told = await reply.json().catch(() => ({}));
      if (told.revision) {
        seen.value = told.revision;
        saved = body;
        wait = since = 0;
        say(told.message);
        if (answers() !== saved) soon(PAUSE);
      } else if (reply.status === 409) {
        over = overtaken = true; // the button's page compares
        say(told.message, true);
      } else failed(told.message || words.unsaved);
    } catch {
      failed(words.unsaved);
    }
  };
  const save = gone => {
    clearTimeout(timer);
    const body = answers(), ahead = sending ? 1 : 0; // what is under way makes the next revision
    if (body === saved) wait = since = 0;
    else if (!over && (!ahead || gone === 1)) sending = send(body, ahead).finally(() => (sending = null));
  };
  on(form, "input", () => {
    since ||= Date.now();
    soon(Date.now() - since > 5 * PAUSE ? 0 : PAUSE);
  });
  on(form, "change", () => soon(100));
  on(window, "online", save);
  on(window, "pagehide", () => save(1));
  on(document, "visibilitychange", () => document.hidden && save());
  on(window, "pageshow", () => { over = overtaken; });
  on(window, "beforeunload", event => { if (wait && !over) event.preventDefault(); });
  on(form, "submit", event => {
    if (sending) { // the button sends the revision that this makes
      event.preventDefault();
      sending.finally(() => form.requestSubmit(event.submitter));
    } else {
      clearTimeout(timer);
      over = true;
    }
  });
};
document.querySelectorAll("form[data-autosave]").forEach(autosave);

// 2. A select[data-typeahead] becomes an editable combobox with list autocomplete (WAI-ARIA APG);
//    unseen, it stays what is sent.
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const make = (tag, properties, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), properties);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};

const combobox = select => {
  const { id, className, options } = select, listId = `${id}-list`;
  const input = make("input", { className, autocomplete: "off", placeholder: options[0].text }, {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": listId,
  });
  for (const { name, value } of select.attributes) if (name.startsWith("aria-")) input.setAttribute(name, value);
  const list = make("ul", { id: listId, className: `panel lift ${className}`, hidden: true }, {
    role: "listbox", "aria-label": select.labels[0].textContent,
  });
  style(list, {
    position: "absolute", zIndex: 5, insetInline: 0, maxInlineSize: "var(--w, 34rem)", maxBlockSize: "18rem",
    overflowY: "auto", padding: ".25rem",
  });
  const count = make("p", { className: "vh" }, { role: "status" }), box = make("div");
  style(box, { position: "relative" });
  const choices = [...options].filter(option => option.value).map((option, nth) => {
    const { text, parentElement: { label } } = option;
    const element = make("li", { id: `${listId}-${nth}`, className: "choice", textContent: text }, { role: "option" });
    if (label) element.append(" ", make("span", { className: "hint", textContent: label }));
    return { option, element, key: ` ${plain(text)}` };
  });
  let found = [], active = null;

  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const matching = key => choices.filter(choice => choice.key.includes(key));
  const mark = (choice, on) => {
    choice.element.setAttribute("aria-selected", on);
    style(choice.element, { outline: on ? "2px solid var(--focus)" : "", background: on ? "var(--wash)" : "" });
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
    count.className = sentence === words.none ? "hint" : "vh";
    count.textContent = sentence;
  };
  const close = () => {
    input.value = chosen();
    show([], "");
  };
  const open = text => {
    const key = ` ${plain(text)}`, some = matching(key);
    some.sort((a, b) => b.key.startsWith(key) - a.key.startsWith(key));
    show(some, some.length ? `${words.found} ${some.length}` : words.none);
  };
  const unfold = () => list.hidden && open(input.value === chosen() ? "" : input.value);
  const choose = option => {
    option.selected = true;
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // an unfinished word becomes the only thing it can mean, or goes
  const settle = () => {
    const key = ` ${plain(input.value)}`, some = matching(key);
    if (input.value === chosen()) close();
    else if (key === " ") choose(options[0]);
    else choose((some.find(one => one.key === key) || some.length === 1 && some[0] || { option: select.selectedOptions[0] }).option);
  };
  const step = by => {
    unfold();
    if (found.length) go(found.at(active ? (found.indexOf(active) + by) % found.length : Math.min(by, 0)));
  };

  on(input, "input", event => {
    event.stopPropagation(); // nothing is chosen yet
    open(input.value);
  });
  on(input, "change", event => event.stopPropagation());
  on(input, "click", unfold);
  on(input, "blur", settle);
  on(input, "keydown", event => {
    const { key, isComposing } = event;
    if (isComposing) return;
    if (key === "Home" || key === "End") return go(null); // the cursor moves in the word
    if (key === "ArrowDown") step(1);
    else if (key === "ArrowUp") step(-1);
    else if (key === "Enter" && !list.hidden) active ? choose(active.option) : settle();
    else if (key === "Escape") close();
    else return;
    event.preventDefault();
  });
  on(list, "mousedown", event => event.preventDefault()); // the cursor stays in the box
  on(list, "click", event => {
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

// 3. Single keys move among the rows of the queue. Whoever does not want them turns them off (WCAG 2.1.4).
const rows = document.querySelectorAll("table.queue tbody tr"), help = document.querySelector("dialog[data-keys]");
if (help) {
  const toggle = help.querySelector("[type=checkbox]"), hint = document.querySelector("p.keys");
  const link = row => row.querySelector("th a");
  const here = () => [...rows].findIndex(row => row.contains(document.activeElement));
  const go = by => rows.length && link(rows[Math.max(0, Math.min(here() + by, rows.length - 1))]).focus();
  const box = row => row?.querySelector(".pick input");
  const react = {
    j: () => go(1),
    k: () => go(-1),
    o: () => rows[here()] && link(rows[here()]).click(),
    x: () => box(rows[here()])?.click(),
    c: () => {
      const one = box(rows[here()]);
      if (!one) return;
      one.checked = true;
      one.form.elements.do.value = "claim";
      one.form.requestSubmit();
    },
    "/": () => document.getElementById("q").focus(),
    "?": () => help.showModal(),
  };
  toggle.checked = localStorage.getItem("keys") !== "off";
  on(toggle, "change", () => localStorage.setItem("keys", toggle.checked ? "on" : "off"));
  on(hint.querySelector("button"), "click", react["?"]);
  hint.hidden = false;
  on(document, "keydown", event => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !toggle.checked || !react[event.key]) return;
    event.preventDefault();
    react[event.key]();
  });
}

// 4. The box above the rows stands for all of them.
const all = document.querySelector("table.queue thead [type=checkbox]");
if (all) on(all.form, "change", ({ target }) => {
  const each = [...rows].map(row => row.querySelector(".pick input"));
  if (target === all) each.forEach(one => { one.checked = all.checked; });
  else all.checked = each.every(one => one.checked);
});

// 5. A page[data-open] says that it is still open, so that colleagues see it.
const opened = document.querySelector("[data-open]");
if (opened) setInterval(() => document.hidden || fetch(opened.dataset.open, { method: "POST" }).catch(() => {}), 9e4);
