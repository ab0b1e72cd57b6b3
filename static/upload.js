// Shows how far an upload is, and keeps what was chosen when the line breaks. Without it forms are sent as forms are.
(() => {
  const words = document.currentScript.dataset;

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const input = form.querySelector("input[type=file]");
    if (!input || !input.files.length) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const { bar, status } = signs(form);
    bar.hidden = false;
    bar.value = 0;

    const request = new XMLHttpRequest();
    let said = -1;
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = Math.floor((100 * loaded) / total);
      // a screen reader hears every fifth of the way, not every piece
      const fifth = Math.floor(bar.value / 20);
      if (fifth !== said) status.textContent = words.sending.replace("0", bar.value);
      said = fifth;
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      status.textContent = words.checking;
    };
    request.onerror = request.onabort = () => {
      form.removeAttribute("aria-busy");
      bar.hidden = true;
      status.textContent = words.broken;
    };
    request.onload = () => follow(request, form.dataset.then);
    request.open("POST", form.action);
    request.send(new FormData(form));
  });

  // A bar, and a sentence that is read out when it changes; made once for each form.
  function signs(form) {
    let status = form.querySelector("[role=status]");
    if (!status) {
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.setAttribute("aria-label", form.querySelector("input[type=file]").labels[0].textContent);
      status = document.createElement("p");
      status.className = "hint";
      status.setAttribute("role", "status");
      form.append(bar, status);
    }
    return { bar: form.querySelector("progress"), status };
  }

  // The answer is a page: its main part takes the place of ours, as if the browser had gone there.
  function follow(request, then) {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = answer.querySelector("main");
    const elsewhere = new URL(request.responseURL || location.href).pathname !== new URL(location.href).pathname;
    if (!main || (request.status === 200 && elsewhere)) {
      location.assign(request.responseURL);
      return;
    }
    document.title = answer.title;
    document.querySelector("main").replaceWith(main);
    const place = document.getElementById("errors") || document.getElementById(then) || main;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus();
  }
})();
