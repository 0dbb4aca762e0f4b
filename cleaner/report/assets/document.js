// A document's page: walk through removed lines, views, folds, labels. It can be read in full without this file.
"use strict";

const box = (name) => document.getElementById(name);
const ticked = (row) => box(`show-${row.dataset.stop}`)?.checked ?? true;
const wanted = (row) => row.matches(".doubt") || !box("only-undecided")?.checked;

/** What j and k go through: removed and undecided lines that are shown. */
const stops = () => all(".row[data-stop]").filter((stop) => ticked(stop) && wanted(stop));
/** Whether a line is the first of its run: the lines of a long run are in one <details>. */
function startsRun(stop) {
  const run = stop.closest(".run");
  if (run) return run.querySelector(".row") === stop;
  return !stop.previousElementSibling?.matches("[data-stop]");
}

on("next-line", () => move(1, stops()));
on("previous-line", () => move(-1, stops()));
on("next-run", () => move(1, stops().filter(startsRun)));
on("previous-run", () => move(-1, stops().filter(startsRun)));
on("next-page", () => follow("next"));
on("previous-page", () => follow("prev"));

// Where the index showed a list with this document in it, the ways on lead through that list.
const list = keptList();
const here = list.indexOf(Number(document.body.dataset.number));
if (here >= 0) {
  lead("prev", list[here - 1]);
  lead("next", list[here + 1]);
  document.querySelector(".place").textContent = `${(here + 1).toLocaleString("en")} of ${list.length.toLocaleString("en")} listed`;
}

function lead(relation, number) {
  for (const link of all(`[rel=${relation}]`)) {
    if (number) link.href = new URL(documentPage(number), document.querySelector("a[rel=up]").href).href;
    else link.removeAttribute("href");
  }
}
on("up", () => follow("up"));
on("folds", () => {
  const folds = all(".run, .fold");
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
});
on("label", ({ detail }) => box(`show-${detail.label}`)?.click());
on("copy", async () => {
  show("clean");
  getSelection().selectAllChildren(box("clean-text"));
  await navigator.clipboard?.writeText(box("clean-text").textContent);
});

const views = all("[name=view]");
on("view", () => show(views[(views.findIndex((view) => view.checked) + 1) % views.length].value));
for (const view of views) view.addEventListener("change", () => show(view.value));
for (const element of all(".scripted")) element.hidden = false;

function show(view) {
  box(`view-${view}`).checked = true;
  if (view === "side") for (const row of all(".row:not(:has(> .twin))")) row.append(twin(row));
}

/** The other side of a line: its text where it was kept, nothing where it was removed. */
function twin(row) {
  const side = document.createElement("div");
  side.className = "twin";
  side.ariaHidden = "true"; // read once is enough
  if (row.matches(".kept")) side.append(row.querySelector(".text").cloneNode(true));
  return side;
}

// Reasons beside a line near the bottom of the window move up until all of them can be read.
for (const event of ["focusin", "pointerover"])
  document.addEventListener(event, ({ target }) => requestAnimationFrame(() => settle(target.closest?.(".row"))));

function settle(row) {
  const card = row?.querySelector(":scope > .why");
  if (!card) return;
  card.style.translate = "none";
  const { left, top, bottom } = card.getBoundingClientRect();
  const isBeside = left >= row.getBoundingClientRect().right;
  const free = innerHeight - parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd);
  if (isBeside) card.style.translate = `0 ${-Math.max(0, Math.min(bottom - free, top - 16))}px`;
}

// Not every browser opens a fold around the target of a link; a long document has its lines on several pages.
addEventListener("hashchange", reveal);
reveal();

function reveal() {
  const target = location.hash && box(location.hash.slice(1));
  if (target) return target.matches(".row") && !target.checkVisibility() && visit(target);
  const line = Number(location.hash.match(/^#L(\d+)/)?.[1]);
  const page = all(".parts a").find(({ dataset }) => dataset.first <= line && line <= dataset.last);
  if (page) location.replace(page.href + location.hash);
}
