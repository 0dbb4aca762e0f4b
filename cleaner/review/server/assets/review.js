// Verdicts: keys and buttons to requests, and the server's answers to marks beside the lines. keys.js fires the events.
"use strict";

{
  // Names of our own: the pages' scripts have theirs.
  const bar = document.querySelector(".judge");
  const field = (name) => bar.querySelector(`[name=${name}]`);
  const root = new URL(document.querySelector("link[href$='review.css']").href.replace(/review\.css$/, ""));
  const lines = all("[data-span]");
  let chosen = null;
  let token = "";
  /** What stands when the page opens, and the token with it: keys that come sooner wait for it. */
  let known = Promise.resolve();

  /** Do this at an event before the page's own script does anything, and instead of it. */
  function instead(act, action) {
    document.addEventListener(`cleaner:${act}`, (event) => {
      if (action(event) === false) return;
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
  }

  const numberOf = (line) => Number(line.dataset.document ?? document.body.dataset.number);
  const startOf = (line) => Number(line.dataset.span.split("-")[0]);
  const textOf = (line) => line.querySelector(".text").textContent;

  // Kept lines can be judged, too: what j and k pass over, Tab, a click and the keys . and , reach.
  for (const line of lines) {
    if (!line.hasAttribute("tabindex")) {
      line.tabIndex = 0;
      line.role = "group";
      line.ariaLabel = `line ${line.id.slice(1)}, kept`;
    }
  }

  function choose(line) {
    chosen?.classList.remove("chosen");
    chosen = line;
    chosen?.classList.add("chosen");
    if (!bar) return;
    for (const control of all("[data-act=accept], [data-act=reject], [name=relabel]", bar)) control.disabled = !chosen;
    bar.querySelector(".line-told").textContent = chosen ? textOf(chosen) : "Choose a line";
  }
  document.addEventListener("focusin", ({ target }) => {
    const line = target.closest("[data-span]");
    if (line) choose(line);
  });

  function tell(text, alarm = false) {
    const told = bar.querySelector(".told");
    told.textContent = text;
    told.classList.toggle("alarm", alarm);
  }

  const UNKNOWN = "this page is of an earlier start of the server: open the address that `cleaner review` printed";
  /** The answer to a request as JSON; the reason why there is none is thrown. */
  async function ask(path, body) {
    if (body !== undefined) await known;
    const options = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json", "x-cleaner-form": token }, body: JSON.stringify(body) };
    const answer = await fetch(new URL(path, root), options).catch(() => {
      throw new Error("the server does not answer: start `cleaner review` again");
    });
    if (answer.status === 403) throw new Error(UNKNOWN);
    const told = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(told.error ?? "the server cannot take it");
    return told;
  }

  const SAYS = { accept: () => "right", reject: () => "was content", relabel: (label) => `is ${label}` };
  /** Mark what stands, as the server has it. */
  async function refresh() {
    const numbers = new Set(lines.map(numberOf));
    const told = await ask(`state?${new URLSearchParams([...numbers].map((number) => ["document", number]))}`);
    token = told.form;
    for (const who of all(".who")) who.textContent = `Reviewer: ${told.reviewer}`;
    if (!bar) return;
    bar.querySelector(".progress").textContent = `${told.asked.toLocaleString("en")} of ${told.of.toLocaleString("en")} judged`;
    for (const mark of all(".said")) mark.remove();
    const places = new Map(lines.map((line) => [`${numberOf(line)} ${startOf(line)}`, line]));
    const labels = new Map();
    for (const { document, start, label } of told.verdicts) {
      const place = `${document} ${start}`;
      labels.set(place, (labels.get(place) ?? new Set()).add(label));
    }
    for (const line of lines) line.classList.remove("done");
    for (const { document: number, start, kind, label, reviewer, own, note } of told.verdicts) {
      const place = `${number} ${start}`, line = places.get(place);
      if (!line) continue;
      const mark = document.createElement("span");
      mark.className = `said${own ? "" : " other"}${labels.get(place).size > 1 ? " disputed" : ""}`;
      mark.textContent = `${own ? "" : `${reviewer}: `}${SAYS[kind](label)}${note ? ` · ${note}` : ""}`;
      mark.title = `${reviewer}: ${SAYS[kind](label)}${note ? `: ${note}` : ""}`;
      line.querySelector(".cell, .where").append(mark);
      line.classList.toggle("done", own || line.matches(".done"));
    }
  }

  const counted = (count) => (count === 1 ? "1 line" : `${count.toLocaleString("en")} lines`);
  /** Send a verdict on the chosen line; it stands when this says so. */
  async function judge(kind, label) {
    if (!bar) return;
    if (!chosen) return tell("Choose a line first", true);
    const line = chosen;
    try {
      const { lines: count } = await ask("verdicts", { document: numberOf(line), start: startOf(line), kind, label, scope: field("scope").value, note: field("note").value });
      tell(`Saved: ${counted(count)}, ${SAYS[kind](label)}`);
      field("scope").value = "line";
      field("note").value = "";
      await refresh();
      if (document.body.matches(".asking")) nextQuestion(line);
      else line.focus({ preventScroll: true });
    } catch ({ message }) {
      tell(`Not saved: ${message}`, true);
    }
  }

  /** Go to the next line that is not judged; where there is none, to the way to more. */
  function nextQuestion(line) {
    const next = lines.slice(lines.indexOf(line) + 1).find((other) => !other.matches(".done"));
    if (next) visit(next);
    else document.querySelector(".reload")?.focus();
  }

  instead("accept", () => void judge("accept"));
  instead("reject", () => void judge("reject"));
  instead("label", ({ detail }) => (chosen ? void judge("relabel", detail.label) : false));
  instead("undo", async () => {
    if (!bar) return;
    try {
      const { lines: count } = await ask("undo", {});
      tell(`Taken back: ${counted(count)}`);
      await refresh();
    } catch ({ message }) {
      tell(`Not taken back: ${message}`, true);
    }
  });
  instead("scope", () => {
    if (!bar) return;
    const scope = field("scope");
    scope.selectedIndex = (scope.selectedIndex + 1) % scope.length;
    tell(`For ${scope.selectedOptions[0].textContent}`);
  });
  instead("note", () => bar && field("note").focus());
  instead("answer", () => bar?.querySelector("button")?.focus());
  instead("queue", () => (location.href = new URL("queue.html", root)));
  instead("leave", () => {
    choose(null);
    document.activeElement?.blur();
  });
  const step = (by) => {
    const shown = lines.filter((line) => line.checkVisibility() || line === chosen);
    const next = shown[chosen ? shown.indexOf(chosen) + by : 0];
    if (next) visit(next);
  };
  instead("line-below", () => step(1));
  instead("line-above", () => step(-1));
  if (document.body.matches(".own")) {
    on("next-line", () => move(1, lines));
    on("previous-line", () => move(-1, lines));
    on("up", () => follow("up"));
    on("open", () => chosen?.querySelector(".where a")?.click());
  }

  if (bar) {
    field("relabel").addEventListener("change", ({ target }) => {
      const label = target.value;
      target.value = "";
      if (label) judge("relabel", label);
    });
    field("note").addEventListener("keydown", ({ key }) => key === "Enter" && chosen?.focus());
  }

  document.querySelector("form.name")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { elements } = event.target;
    try {
      await ask("reviewer", { name: elements.name.value });
      location.reload();
    } catch ({ message }) {
      elements.name.setCustomValidity(message);
      elements.name.reportValidity();
      elements.name.setCustomValidity("");
    }
  });

  const entry = document.querySelector(".go");
  if (entry) location.replace(entry.href);
  else known = refresh().catch(({ message }) => bar && tell(message, true));
}
