// Keys, and a button to copy. The pages can be read in full without this file.
"use strict";

const all = (selector) => [...document.querySelectorAll(selector)];
const box = (name) => document.getElementById(name);
const ticked = (row) => box(`show-${row.dataset.stop}`)?.checked ?? true;
const wanted = (row) => row.matches(".doubt") || !box("only-undecided")?.checked;

/** What j and k go through: removed and undecided lines that are shown, or the documents of the index. */
const stops = () => all("[data-stop]").filter((stop) => ticked(stop) && wanted(stop));

const startsRun = (stop) => stop.matches("a") || !stop.previousElementSibling?.matches("[data-stop], .fold, summary");

function visit(stop) {
  const fold = stop.closest("details");
  if (fold) fold.open = true;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}

/** Focus the next stop after the focused one, or after the top of the window; -1 goes back. */
function move(step, among = () => true) {
  const list = stops().filter(among);
  const here = document.activeElement?.closest("[data-stop]");
  const after = (stop) =>
    here
      ? here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING
      : stop.getBoundingClientRect().top > 0;
  const others = list.filter((stop) => stop !== here);
  const next = step > 0 ? others.find(after) : others.filter((stop) => !after(stop)).pop();
  if (next) visit(next);
}

function follow(relation) {
  const link = document.querySelector(`link[rel=${relation}], a[rel=${relation}]`);
  if (link) location.href = link.href;
}

function unfold() {
  const folds = all(".fold");
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
}

async function copy() {
  const text = document.getElementById("clean-text");
  getSelection().selectAllChildren(text);
  await navigator.clipboard?.writeText(text.textContent);
}

const help = document.querySelector(".keys");
const actions = { help: () => help.showModal(), close: () => help.close(), copy };
const keys = {
  j: () => move(1),
  k: () => move(-1),
  J: () => move(1, startsRun),
  K: () => move(-1, startsRun),
  n: () => follow("next"),
  p: () => follow("prev"),
  i: () => follow("up"),
  o: unfold,
  "?": actions.help,
  Escape: () => document.activeElement?.blur(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  keys[event.key]?.();
});
for (const button of all("[data-do]")) {
  button.hidden = false;
  button.addEventListener("click", () => actions[button.dataset.do]());
}
// Not every browser opens a fold around the target of a link.
addEventListener("hashchange", reveal);
reveal();

function reveal() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView({ block: "center" });
}
