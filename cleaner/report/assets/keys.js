// Keys and buttons to events. Which keys there are is read from the list of keys on the page, so that what is told there
// is what holds: <kbd data-key="j" data-act="next-line"> makes j fire "cleaner:next-line", and so does a click on
// <button data-act="next-line">. An event starts at the line that has the focus ([data-stop]), or else at <body>, with the
// element's data as `detail`. What a page does then, it does by `on`; a script that comes later may do something else
// instead: listen in the capture phase, and preventDefault.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const focused = () => document.activeElement?.closest("[data-stop]");

/** Do this at an event, unless another script has taken it over. */
function on(act, action) {
  document.addEventListener(`cleaner:${act}`, (event) => {
    if (!event.defaultPrevented) action(event);
  });
}

function fire(data, from = focused()) {
  const detail = { ...data };
  (from ?? document.body).dispatchEvent(new CustomEvent(`cleaner:${data.act}`, { bubbles: true, cancelable: true, detail }));
}

const help = document.querySelector("dialog.keys");
const typing = (element) => element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const bound = all("kbd[data-act]", help).find((kbd) => kbd.dataset.key === event.key);
  if (!bound) return;
  event.preventDefault();
  fire(bound.dataset);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) fire(button.dataset, button.closest("[data-stop]"));
});
for (const button of all("button[data-act]")) button.hidden = false;

on("help", () => help.showModal());
on("close", () => help.close());
on("leave", () => document.activeElement?.blur());

/** Focus the next of these after the one that has the focus, or after the top of the window; -1 goes back. */
function move(step, stops) {
  const here = focused();
  const after = (stop) =>
    here
      ? here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING
      : stop.getBoundingClientRect().top > 0;
  const others = stops.filter((stop) => stop !== here);
  const next = step > 0 ? others.find(after) : others.filter((stop) => !after(stop)).pop();
  if (next) visit(next);
}

function visit(stop) {
  for (let fold = stop.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}

function follow(relation) {
  const link = document.querySelector(`link[rel=${relation}], a[rel=${relation}]`);
  if (link?.href) location.href = link.href;
}

/** Where the page of a document lies, seen from the index; as page_name in places.py. */
const documentPage = (number) => `documents/${String(Math.floor(number / 1000)).padStart(3, "0")}/${String(number).padStart(5, "0")}.html`;

// The list that the index last showed, in its order, for n and p on the documents' pages. A browser may refuse to keep it.
const REMEMBERED = 10_000;
const listKey = () => `cleaner list ${new URL(document.querySelector("a[rel=up]")?.href ?? location.href).pathname}`;
function keepList(numbers) {
  try {
    sessionStorage.setItem(listKey(), JSON.stringify(numbers));
  } catch {}
}
function keptList() {
  try {
    return JSON.parse(sessionStorage.getItem(listKey())) ?? [];
  } catch {
    return [];
  }
}
