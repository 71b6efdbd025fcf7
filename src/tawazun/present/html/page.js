"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const roles = ["t", "s", "g", "w", "p", "h", "c", "n"].map((role) => "role-" + role);
  const pieces = Array.from(document.querySelectorAll("article [data-e], article [data-a]"));
  let last = null;

  const clear = () => {
    for (const piece of pieces) piece.classList.remove("chosen", ...roles);
    for (const button of document.querySelectorAll(".mentions")) button.setAttribute("aria-pressed", "false");
  };
  const mark = (number) => {
    clear();
    for (const piece of pieces)
      for (const word of (piece.dataset.e || "").split(" "))
        if (word.slice(0, -1) === number) piece.classList.add("chosen", "role-" + word.slice(-1));
  };
  const notice = document.querySelector(".all-filtered");
  const count = () => {
    const events = Array.from(document.querySelectorAll("details.event"));
    notice.hidden = !events.length || events.some((event) => getComputedStyle(event).display !== "none");
  };
  const follow = (number) => {
    const word = document.getElementById("t" + number);
    if (word && getComputedStyle(document.querySelector("main")).position === "sticky") word.scrollIntoView({ block: "nearest" });
  };
  const reveal = (number, focus) => {
    const event = document.getElementById("e" + number);
    if (!event) return;
    for (const box of document.querySelectorAll(".filters input:not(:checked)"))
      if (event.classList.contains(box.id.slice(5))) box.checked = true;
    for (const other of document.querySelectorAll("details.event[open]")) if (other !== event) other.open = false;
    event.open = true;
    count();
    mark(number);
    event.scrollIntoView({ block: "nearest" });
    follow(number);
    if (focus) event.querySelector("summary").focus({ preventScroll: true });
  };

  document.addEventListener("click", (press) => {
    const trigger = press.target.closest("a.trigger");
    const part = press.target.closest("span.part");
    const reference = press.target.closest('a[href^="#e"]');
    const button = press.target.closest(".mentions");
    const back = press.target.closest(".to-text");
    const summary = press.target.closest("details.event > summary");
    if (trigger) {
      press.preventDefault();
      const numbers = trigger.dataset.e.split(" ").filter((word) => word.endsWith("t")).map((word) => word.slice(0, -1));
      const open = numbers.findIndex((number) => document.getElementById("e" + number).open);
      last = trigger;
      reveal(numbers[(open + 1) % numbers.length], true);
    } else if (reference && reference.hash !== "#events") {
      press.preventDefault();
      reveal(reference.hash.slice(2), true);
    } else if (summary) {
      if (summary.parentElement.open) clear();
      else { mark(summary.parentElement.dataset.n); follow(summary.parentElement.dataset.n); }
    } else if (back) {
      mark(back.hash.slice(2));
      const word = document.getElementById(back.hash.slice(1));
      if (word) { press.preventDefault(); word.scrollIntoView({ block: "center" }); word.focus({ preventScroll: true }); }
    } else if (part && !String(getSelection())) {
      last = null;
      reveal(part.dataset.e.split(" ")[0].slice(0, -1), true);
    } else if (button) {
      const pressed = button.getAttribute("aria-pressed") === "true";
      clear();
      if (pressed) return;
      button.setAttribute("aria-pressed", "true");
      const found = pieces.filter((piece) => (piece.dataset.a || "").split(" ").includes(button.dataset.actor));
      for (const piece of found) piece.classList.add("chosen");
      if (found.length) found[0].scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("keydown", (key) => {
    if (key.key !== "Escape") return;
    clear();
    if (last) { last.scrollIntoView({ block: "center" }); last.focus({ preventScroll: true }); last = null; }
  });
  document.addEventListener("change", count);
  window.addEventListener("beforeprint", () => { for (const event of document.querySelectorAll("details.event")) event.open = true; });
  if (/^#e[0-9]+$/.test(location.hash)) reveal(location.hash.slice(2), false);
})();
