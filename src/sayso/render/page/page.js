// What a hand can do with the page; everything on it can be read without. Nothing is fetched and nothing is kept.
const reading = document.querySelector(".sayso");
const text = reading.querySelector(".text");
const numbered = number => ["source", "cue", "content", "n"].map(role => `[data-${role}~="${number}"]`).join();
const all = (selector, inside = reading) => [...inside.querySelectorAll(selector)];

// One attribution: lit while the pointer, the keyboard or the address is on any part of it.

let lit = { number: undefined, parts: [] };

function light(number) {
  if (number === lit.number) return;
  for (const part of lit.parts) part.classList.remove("lit");
  lit = { number, parts: number ? all(numbered(number)) : [] };
  for (const part of lit.parts) part.classList.add("lit");
}

// The attribution an element belongs to; of several that are nested there, the innermost, which is named last.
function numberOf(element) {
  const own = element.closest("[data-n]");
  if (own) return own.dataset.n;
  const { source, cue, content } = element.closest("[data-source], [data-cue], [data-content]")?.dataset ?? {};
  return (source ?? cue ?? content)?.split(" ").at(-1);
}

// The one that was gone to: its entry is open, and can be copied.

const entries = all(".entry");
const copy = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy as quotation" });
let current;
let opened = [];

function go(number, { focus = true } = {}) {
  current?.classList.remove("current");
  for (const part of opened) part.open = false;
  opened = [];
  current = document.getElementById(`a${number}`) ?? undefined;
  light(current ? number : undefined);
  if (!current) return copy.remove();
  view("who");
  current.classList.add("current");
  current.append(copy);
  opened = all("details:not([open])", current);
  for (const part of opened) part.open = true;
  into(current);
  into(document.getElementById(`t${number}`));
  history.replaceState(null, "", `#t${number}`);
  if (focus) {
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
  }
}

// Brings an element to the middle of what scrolls it, unless it is in sight: the list where that scrolls by itself.
function into(element) {
  if (!element?.getClientRects().length) return;
  const { top, bottom } = element.getBoundingClientRect();
  const pane = element.closest(".found");
  const own = pane && getComputedStyle(pane).overflowY === "auto";
  const around = own ? pane.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const seen = { top: Math.max(around.top, 0), bottom: Math.min(around.bottom, innerHeight) };
  if (top >= seen.top + 40 && bottom <= seen.bottom - 20) return;
  const by = (top + bottom - seen.top - seen.bottom) / 2;
  if (own) pane.scrollBy({ top: by });
  else element.scrollIntoView({ block: "center", inline: "nearest" });
}

function step(by) {
  const open = entries.filter(entry => !chosen || entry.classList.contains("picked"));
  const at = current ? open.indexOf(current) : by > 0 ? -1 : open.length;
  const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
  if (next) go(next.dataset.n);
}

const words = (number, role) => {
  const parts = all(`.text [data-${role}~="${number}"]`);
  return parts.map((part, index) => {
    const before = parts[index - 1];
    const follows = !before || before.nextSibling === part;
    const apart = before && before.closest("p") !== part.closest("p") ? "\n" : follows ? "" : " […] ";
    return apart + part.textContent;
  }).join("").trim();
};

async function copied() {
  if (!current) return;
  const number = current.dataset.n;
  const chain = all(".chain li:not(.reader)", current).map(node => node.textContent);
  const who = chain.length ? chain.reverse().join(", via ") : words(number, "source");
  const from = all(".head .name, .head .facts bdi").map(part => part.textContent).join(", ");
  const quotation = `${words(number, "content")}\n— ${who} (${words(number, "cue")})\n${from}`;
  try {
    await navigator.clipboard.writeText(quotation);
    tell("Copied.");
  } catch {
    tell("This browser lets nothing be copied from here.");
  }
}
copy.addEventListener("click", copied);

const told = reading.querySelector(".told");
function tell(words) {
  told.textContent = words;
  setTimeout(() => told.textContent === words && (told.textContent = ""), 4000);
}

// One voice alone.

const picks = all(".pick");
let chosen;

function choose(voice) {
  chosen = voice;
  const numbers = new Set((voice ? all(`.entry[data-voice~="${voice}"]`) : []).map(entry => entry.dataset.n));
  for (const part of all("[data-n], [data-source], [data-cue], [data-content]")) {
    const { n = "", source = "", cue = "", content = "" } = part.dataset;
    part.classList.toggle("picked", `${n} ${source} ${cue} ${content}`.split(" ").some(number => numbers.has(number)));
  }
  reading.classList.toggle("choosing", Boolean(voice));
  for (const pick of picks) pick.setAttribute("aria-pressed", pick.dataset.voice === voice);
}

// Brings the first words of the chosen voice into view, unless some are.
function show() {
  const parts = all(".text span.picked");
  const seen = parts.some(part => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  if (!seen) parts[0]?.scrollIntoView({ block: "center" });
}

function voice(by) {
  const at = picks.findIndex(pick => pick.dataset.voice === chosen);
  const next = picks[(at < 0 && by < 0 ? picks.length : at) + by];
  choose(next?.dataset.voice);
  view("who");
  show();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

for (const pick of picks) {
  pick.setAttribute("role", "button");
  pick.setAttribute("aria-pressed", false);
  pick.title = "Show only this voice, or everything again";
  pick.addEventListener("click", event => {
    event.preventDefault();
    choose(pick.dataset.voice === chosen ? undefined : pick.dataset.voice);
    show();
  });
  pick.addEventListener("keydown", event => event.key === " " && (event.preventDefault(), pick.click()));
}

// The views, as tabs.

const tabs = all(".tabs a");
const panes = tabs.map(tab => document.getElementById(tab.hash.slice(1)));

function view(name) {
  if (!panes.some(pane => pane.id === name)) return;
  panes.forEach((pane, index) => {
    pane.hidden = pane.id !== name;
    tabs[index].setAttribute("aria-selected", !pane.hidden);
    tabs[index].tabIndex = pane.hidden ? -1 : 0;
  });
}

if (tabs.length) {
  reading.classList.add("tabbed");
  tabs[0].parentElement.setAttribute("role", "tablist");
  tabs.forEach((tab, index) => {
    tab.setAttribute("role", "tab");
    tab.id = `tab-${panes[index].id}`;
    tab.setAttribute("aria-controls", panes[index].id);
    panes[index].setAttribute("role", "tabpanel");
    tab.addEventListener("click", event => (event.preventDefault(), view(panes[index].id)));
    tab.addEventListener("keydown", ({ key }) => {
      const next = tabs[(index + ({ ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0) + tabs.length) % tabs.length];
      if (next !== tab) (next.click(), next.focus());
      else if (key === " ") tab.click();
    });
  });
  view("who");
}

// Words that are not marked in the text: those a view or a search points at, by code points or by place.

const paragraphs = all(".text p[data-start]");
const starts = paragraphs.map(paragraph => Number(paragraph.dataset.start));
const mark = (name, ranges) => globalThis.Highlight && CSS.highlights.set(name, new Highlight(...ranges));

function rangeIn(paragraph, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let at = 0;
  let open = false;
  for (let node; (node = walker.nextNode()); at += node.data.length) {
    if (!open && from < at + node.data.length) (range.setStart(node, from - at), (open = true));
    if (open && to <= at + node.data.length) return range.setEnd(node, to - at), range;
  }
}

// Code points [start, end) of the text → ranges; a string counts in halves of those beyond the first 65,536.
function ranges(start, end) {
  const found = [];
  paragraphs.forEach((paragraph, index) => {
    if (starts[index] >= end || (starts[index + 1] ?? Infinity) <= start) return;
    const points = [...paragraph.textContent];
    const units = count => points.slice(0, Math.max(0, count)).join("").length;
    const range = rangeIn(paragraph, units(start - starts[index]), units(end - starts[index]));
    if (range) found.push(range);
  });
  return found;
}

function point(element, scroll) {
  const found = (element?.dataset.at ?? "").split(" ").filter(Boolean).flatMap(at => ranges(...at.split("-").map(Number)));
  mark("pointed", found);
  if (scroll) into(found[0]?.startContainer.parentElement);
  for (const part of all("[data-spot]")) part.classList.toggle("pointed", Boolean(element?.dataset.spot) && part.dataset.spot === element.dataset.spot);
}

const tools = reading.querySelector(".tools");
const field = tools.querySelector("input");
const count = tools.querySelector("output");
const most = 2000;
let hits = [];
let hit = -1;

function search() {
  const wanted = field.value.trim().toLowerCase();
  hits = [];
  hit = -1;
  for (const paragraph of wanted ? paragraphs : []) {
    const here = paragraph.textContent.toLowerCase();
    for (let at = here.indexOf(wanted); at >= 0 && hits.length < most; at = here.indexOf(wanted, at + wanted.length)) {
      const range = rangeIn(paragraph, at, at + wanted.length);
      if (range) hits.push(range);
    }
  }
  mark("found", hits);
  count.textContent = wanted ? `${hits.length}${hits.length === most ? " and more" : ""} ${hits.length === 1 ? "place" : "places"}` : "";
}

function next(by) {
  if (!hits.length) return;
  hit = (hit + by + hits.length) % hits.length;
  mark("pointed", [hits[hit]]);
  into(hits[hit].startContainer.parentElement);
  count.textContent = `${hit + 1} of ${hits.length}`;
}

field.addEventListener("input", search);
field.addEventListener("keydown", event => event.key === "Enter" && (event.preventDefault(), next(event.shiftKey ? -1 : 1)));
tools.hidden = false;

const keys = reading.querySelector(".keys");
tools.querySelector(".ask").addEventListener("click", () => keys.showModal());
keys.querySelector(".close").addEventListener("click", () => keys.close());

function everything() {
  choose();
  go();
  mark("pointed", []);
  if (field.value) ((field.value = ""), search());
  history.replaceState(null, "", location.pathname + location.search);
}

// Keys, where no field takes them.

const does = {
  j: () => step(1),
  k: () => step(-1),
  v: () => voice(1),
  V: () => voice(-1),
  c: copied,
  "/": () => (field.focus(), field.select()),
  "?": () => keys.showModal(),
};

addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.key === "Escape") return everything(), field.blur();
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const pane = panes[event.key - 1];
  const done = does[event.key] ?? (pane && (() => view(pane.id)));
  if (done) (event.preventDefault(), done());
});

// The pointer. Anywhere else shows everything again, unless words were being selected there.

reading.addEventListener("pointerover", event => {
  light(numberOf(event.target) ?? current?.dataset.n);
  const about = event.target.closest("[data-at], [data-spot]");
  if (about || !hits.length) point(about ?? undefined);
});
reading.addEventListener("pointerleave", () => light(current?.dataset.n));
reading.addEventListener("focusin", event => light(numberOf(event.target) ?? current?.dataset.n));
reading.addEventListener("click", event => {
  if (event.target.closest("button, input, dialog, summary, .tabs, .pick") || !getSelection().isCollapsed) return;
  const about = event.target.closest("[data-at], [data-spot]");
  if (about) return point(about.dataset.at ? about : reading.querySelector(`li[data-spot="${about.dataset.spot}"]`), true);
  const number = numberOf(event.target);
  if (number && !event.target.closest(".entry a:not(.number)")) {
    event.preventDefault();
    if (chosen && !document.getElementById(`a${number}`)?.classList.contains("picked")) choose();
    return go(number, { focus: false });
  }
  if (!event.target.closest("a") && (chosen || current)) everything();
});

// The address: #t12 and #a12 are an attribution, #facts a view.

function addressed() {
  const number = location.hash.match(/^#[at](\d+)$/)?.[1];
  if (number) return go(number, { focus: false });
  view(location.hash.slice(1));
  if (panes.some(pane => pane.id === location.hash.slice(1))) reading.querySelector(".found").scrollTop = 0;
}
addEventListener("hashchange", addressed);
addEventListener("load", () => {
  addressed();
  document.documentElement.classList.add("ready");
});
const legend = reading.querySelector(".legend");
if (legend && reading.clientWidth < 768) legend.open = false;
