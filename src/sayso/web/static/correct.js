// Correcting in place: the attribution that was gone to, the words that are selected; each step is kept and can be undone.

const document_ = document.getElementById("main").dataset.document;
const token = document.querySelector("meta[name=sayso-token]").content;
const bar = document.querySelector(".correcting");
const words = bar.querySelector(".of-words");
const said = bar.querySelector("output");
const edit = bar.querySelector(".edit");
const add = bar.querySelector(".new");
const one = document.querySelector(".correct-one");
const many = document.querySelector(".correct-many");
const text = document.querySelector(".sayso .text");

let reading;

async function load() {
  reading ??= await (await fetch(`/api/documents/${document_}`)).json();
  return reading;
}

async function send(path, body) {
  const answer = await fetch(`/api/documents/${document_}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sayso-token": token },
    body: JSON.stringify(body ?? {}),
  });
  if (answer.ok) return location.reload();
  const { detail } = await answer.json().catch(() => ({ detail: "it could not be sent" }));
  said.textContent = typeof detail === "string" ? `${detail}.` : "That cannot be.";
}

// The attribution that is open in the list; its place there is its place in the reading.
const current = () => document.querySelector(".entry.current")?.dataset.n;
const attribution = async () => (await load()).attributions[current() - 1];

// What is selected in the report, in code points of its text; nothing if nothing is.
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const offset = (node, at) => {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".text p[data-start]");
    if (!paragraph) return;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, at);
    return Number(paragraph.dataset.start) + [...before.toString()].length;
  };
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  return start === undefined || end === undefined || start >= end ? undefined : [start, end];
}

// The selected words without the blanks around them.
function trimmed([start, end], whole) {
  const points = [...whole];
  while (start < end && !points[start].trim()) start++;
  while (end > start && !points[end - 1].trim()) end--;
  return [start, end];
}

function show() {
  const number = current();
  const range = selected();
  bar.querySelector(".which").textContent = number ? `Attribution ${number}` : "";
  words.hidden = !(number && range);
  add.hidden = Boolean(number) || !range;
  edit.hidden = !number;
  bar.hidden = false;
}

document.addEventListener("selectionchange", show);
new MutationObserver(show).observe(document.querySelector(".entries"), { subtree: true, attributeFilter: ["class"] });
bar.addEventListener("pointerdown", event => event.target.closest("button") && event.preventDefault()); // keeps the selection

for (const button of words.querySelectorAll("button")) {
  button.addEventListener("click", async () => {
    const range = selected();
    const found = await attribution();
    if (range && found) send("edits", { attribution: found.id, [button.dataset.role]: [trimmed(range, reading.document.text)] });
  });
}

add.addEventListener("click", async () => {
  const range = selected();
  await load();
  if (range) send("edits", { content: [trimmed(range, reading.document.text)] });
});

edit.addEventListener("click", async () => {
  const found = await attribution();
  const { voice, type, stance, kind } = one.querySelector("form").elements;
  const speaker = reading.voices.find(({ id }) => id === found.voice);
  one.querySelector(".number").textContent = current();
  document.getElementById("voices").replaceChildren(
    ...reading.voices.map(({ name }) => Object.assign(document.createElement("option"), { value: name })),
  );
  voice.value = speaker?.name ?? "";
  type.value = speaker?.type ?? "person";
  stance.value = found.stance ?? "asserts";
  kind.value = found.kind;
  one.showModal();
});

one.addEventListener("close", async () => {
  const found = await attribution();
  if (one.returnValue === "gone") return send("edits", { attribution: found.id, gone: true });
  if (one.returnValue === "accept") return send("edits", { attribution: found.id, accept: true });
  if (one.returnValue !== "save") return;
  const { voice, type, stance, kind } = one.querySelector("form").elements;
  const known = reading.voices.find(({ name }) => name === voice.value);
  send("edits", {
    attribution: found.id, voice: voice.value, stance: stance.value, kind: kind.value,
    type: known && known.type === type.value ? undefined : type.value,
  });
});

bar.querySelector(".sweep").addEventListener("click", () => many.showModal());
many.addEventListener("close", () => {
  if (many.returnValue === "cancel" || !many.returnValue) return;
  send("sweep", { score: many.querySelector("input").valueAsNumber / 100, what: many.returnValue });
});
bar.querySelector(".undo").addEventListener("click", () => send("undo"));

show();
