// The index: a list of any number of documents, filtered and sorted by columns of numbers, with the names of those that are
// shown. The data are scripts in data/ that call `listing`, since pages from a folder may not read files.
"use strict";

const PAGE = 50;
const form = document.getElementById("filters");
const table = document.querySelector("table.documents");
const count = Number(form?.dataset.documents ?? 0);
const columns = {};
const shares = {};
const rows = [];
const rules = [];

/** What the files in data/ call. */
const listing = {
  columns({ first, labels, ...numbers }) {
    for (const [into, from] of [[columns, numbers], [shares, labels]])
      for (const [name, values] of Object.entries(from)) (into[name] ??= new Int32Array(count)).set(values, first);
  },
  rows(file, names) {
    rows[file] = names;
  },
  rule(number, steps) {
    let place = 0;
    rules[number] = new Set(steps.map((step) => (place += step)));
  },
};

const loaded = new Map();
/** Run a file of data/, once. */
function load(name) {
  if (!loaded.has(name))
    loaded.set(name, new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `data/${name}.js`;
      script.onload = done;
      script.onerror = () => failed(new Error(`data/${name}.js cannot be read`));
      document.head.append(script);
    }));
  return loaded.get(name);
}
const files = (prefix, numbers) => Promise.all([...numbers].map((number) => load(`${prefix}-${number}`)));
const chunk = Number(form?.dataset.chunk);
const fileOf = (place) => Math.floor(place / chunk);
const rowOf = (place) => rows[fileOf(place)][place % chunk];

// The filters are the fragment of the address, so that they can be kept, sent and gone back to.
const state = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
const chosen = (name) => Number([...(form.elements[name]?.options ?? [])].find(({ value }) => value && value === state().get(name))?.dataset.number ?? 0);

/** The tests that a document has to pass, by its place. */
async function tests() {
  const wanted = state(), found = [];
  const labels = wanted.getAll("label").filter((label) => label in shares);
  const [language, site, flag, rule] = ["language", "site", "flag", "rule"].map(chosen);
  const score = wanted.get("score") && Math.round(Number(wanted.get("score")) * 1000);
  const text = wanted.get("find")?.toLowerCase();
  if (labels.length) found.push((place) => labels.some((label) => shares[label][place]));
  if (language) found.push((place) => columns.language[place] === language);
  if (site) found.push((place) => columns.site[place] === site);
  if (flag) found.push((place) => columns.flags[place] & (1 << (flag - 1)));
  if (score) found.push((place) => columns.score[place] >= 0 && columns.score[place] < score);
  if (rule) {
    await load(`rule-${rule}`);
    found.push((place) => rules[rule].has(place));
  }
  if (text) {
    await files("rows", Array(Math.ceil(count / chunk)).keys());
    found.push((place) => rowOf(place).slice(0, 4).some((name) => name.toLowerCase().includes(text)));
  }
  return found;
}

/** What documents are sorted by, the least first; where labels are chosen, by the share of those that was removed. */
function order() {
  const labels = state().getAll("label").filter((label) => label in shares);
  const removed = labels.length ? (place) => labels.reduce((sum, label) => sum + shares[label][place], 0) : (place) => columns.removed[place];
  return {
    removed: (place) => -removed(place),
    kept: removed,
    unsure: (place) => (columns.score[place] < 0 ? Infinity : columns.score[place]),
    undecided: (place) => -columns.undecided[place],
    long: (place) => -columns.chars[place],
    short: (place) => columns.chars[place],
    // Knuth's multiplicative hash: without pattern to the eye, and the same every time.
    chance: (place) => Math.imul(place + 1, 2654435761) >>> 0,
  }[state().get("sort")];
}

function sorted(places) {
  const key = order();
  if (!key) return places;
  const keys = new Float64Array(count);
  for (const place of places) keys[place] = key(place);
  return places.sort((a, b) => keys[a] - keys[b] || a - b);
}

const ready = () => files("columns", Array(Number(form.dataset.columns)).keys());
let latest = 0;
/** Show the page of the list that the address asks for. */
async function show() {
  const turn = ++latest;
  // The first page of the whole list need not wait for the columns of all.
  await (state().size ? ready() : load("columns-0"));
  const wanted = await tests();
  const passed = [];
  for (let place = 0; place < count; place++) if (wanted.every((test) => test(place))) passed.push(place);
  const places = sorted(passed);
  const pages = Math.max(Math.ceil(places.length / PAGE), 1);
  const page = Math.min(Math.max(Number(state().get("page")) || 1, 1), pages);
  const visible = places.slice((page - 1) * PAGE, page * PAGE);
  await files("rows", new Set(visible.map(fileOf)));
  if (turn !== latest) return;
  table.tBodies[0].replaceChildren(...visible.map(line));
  performance.mark("listed"); // what a test of the time looks for
  tell(places.length, page, pages);
  remember(places);
}

function line(place) {
  const [id, title, language, site, lines] = rowOf(place);
  const row = document.getElementById("document-row").content.cloneNode(true);
  const is = (name) => row.querySelector(`[data-is=${name}]`);
  const score = columns.score[place];
  row.querySelector("a").href = documentPage(columns.number[place]);
  is("name").textContent = title || id || "(no id)";
  is("id").textContent = title ? id : "";
  is("site").textContent = site;
  is("language").textContent = language || "–";
  is("lines").textContent = columns.lines[place].toLocaleString("en");
  is("score").textContent = score < 0 ? "–" : (score / 1000).toFixed(2);
  if (is("undecided")) is("undecided").textContent = columns.undecided[place].toLocaleString("en");
  is("removed").textContent = `${(columns.removed[place] / 10).toFixed(1)}%`;
  is("flags").replaceChildren(...flagsOf(place));
  const parts = Object.keys(lines).map((label) => [label, shares[label][place], lines[label]]);
  row.querySelector("svg").replaceChildren(...stack(parts));
  is("shares").replaceChildren(...parts.sort((a, b) => b[1] - a[1]).map(told));
  return row;
}

const named = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
function flagsOf(place) {
  const options = all("[name=flag] option[data-number]").filter(({ dataset }) => columns.flags[place] & (1 << (dataset.number - 1)));
  return options.map(({ value }) => named("span", "flag", value.replaceAll("_", " ")));
}
/** A stacked bar of [label, thousandths, lines]. */
function stack(parts) {
  let start = 0;
  return parts.map(([label, share]) => {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ class: label, x: start, width: share, height: 1 })) rect.setAttribute(name, value);
    start += share;
    return rect;
  });
}
function told([label, share, lines]) {
  const text = named("span", label, `${label} ${share < 10 ? "<1" : Math.round(share / 10)}%`);
  text.title = `${lines.toLocaleString("en")} line${lines === 1 ? "" : "s"} removed as ${label}`;
  return text;
}

function tell(found, page, pages) {
  const number = (value) => value.toLocaleString("en");
  document.getElementById("count").textContent = found === count ? `${number(count)} documents` : `${number(found)} of ${number(count)} documents`;
  const pager = document.querySelector(".pager");
  pager.hidden = pages === 1;
  pager.dataset.page = page;
  pager.dataset.pages = pages;
  pager.querySelector("[data-is=page]").textContent = `page ${number(page)} of ${number(pages)}`;
  const [back, forth] = pager.querySelectorAll("button");
  back.disabled = page === 1;
  forth.disabled = page === pages;
}

/** Keep the list for the documents' pages, whose n and p then go through it. */
function remember(places) {
  const numbers = state().size ? Array.from(places.slice(0, REMEMBERED), (place) => columns.number[place]) : [];
  keepList(numbers);
}

function turn(step) {
  const { page, pages } = document.querySelector(".pager").dataset;
  const wanted = Math.min(Math.max(Number(page) + step, 1), Number(pages));
  if (wanted !== Number(page)) go({ page: wanted > 1 ? String(wanted) : "" });
  table.scrollIntoView({ block: "start" });
}

/** Change the address; what is empty is left out of it. */
function go(changes) {
  const wanted = state();
  for (const [name, value] of Object.entries(changes)) {
    wanted.delete(name);
    for (const each of [value].flat()) if (each) wanted.append(name, each);
  }
  history.pushState(null, "", wanted.size ? `#${wanted}` : location.pathname + location.search);
  fill();
  return show().catch(complain);
}

/** Set the fields by the address. */
function fill() {
  const wanted = state();
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = wanted.getAll(field.name).includes(field.value);
    else if (field.name && field !== document.activeElement) field.value = wanted.get(field.name) ?? "";
  }
}

function complain(error) {
  document.getElementById("count").textContent = `The list cannot be shown: ${error.message}.`;
}

function changed() {
  const fields = Object.fromEntries([...form.elements].filter((field) => field.name && field.type !== "checkbox").map((field) => [field.name, field.value.trim()]));
  go({ ...fields, label: all("[name=label]:checked").map((field) => field.value), page: "" });
}

async function start() {
  for (const element of [form, table, document.getElementById("count")]) element.hidden = false;
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 150);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    document.activeElement?.blur();
    clear();
  });
  addEventListener("popstate", () => arrive().catch(complain));
  await arrive();
  await ready();
}

const clear = () => go(Object.fromEntries([...state().keys()].map((name) => [name, ""])));
async function arrive() {
  fill();
  await show();
  // A link to the documents of a rule.
  if (state().has("rule")) document.getElementById("documents").scrollIntoView();
}

if (form) {
  on("next-line", () => move(1, all("[data-stop]", table)));
  on("previous-line", () => move(-1, all("[data-stop]", table)));
  on("next-page", () => turn(1));
  on("previous-page", () => turn(-1));
  on("find", () => form.elements.find.focus());
  on("clear", clear);
  on("label", ({ detail }) => document.querySelector(`[name=label][value=${detail.label}]`)?.click());
  start().catch(complain);
}
