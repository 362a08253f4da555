// Lights up every part of one attribution while the pointer, the keyboard or the address is on any of them, and all
// parts of one voice once it is chosen.
const reading = document.querySelector(".sayso");
let lit = [];

function light(number) {
  for (const part of lit) part.classList.remove("lit");
  const roles = ["source", "cue", "content", "n"].map(role => `[data-${role}~="${number}"]`);
  lit = number ? [...reading.querySelectorAll(roles.join())] : [];
  for (const part of lit) part.classList.add("lit");
}

// The attribution an element belongs to; of several that are nested there, the innermost, which is named last.
function numberOf(element) {
  const own = element.closest("[data-n]");
  if (own) return own.dataset.n;
  const { source, cue, content } = element.closest("[data-source], [data-cue], [data-content]")?.dataset ?? {};
  return (source ?? cue ?? content)?.split(" ").at(-1);
}

const addressed = () => location.hash.match(/^#[at](\d+)$/)?.[1];

reading.addEventListener("pointerover", event => light(numberOf(event.target) ?? addressed()));
reading.addEventListener("pointerleave", () => light(addressed()));
reading.addEventListener("focusin", event => light(numberOf(event.target) ?? addressed()));
addEventListener("hashchange", () => light(addressed()));
light(addressed());

const picks = [...reading.querySelectorAll(".pick")];
let chosen;

function choose(voice) {
  chosen = voice;
  const entries = voice ? reading.querySelectorAll(`.entry[data-voice~="${voice}"]`) : [];
  const numbers = new Set([...entries].map(entry => entry.dataset.n));
  for (const part of reading.querySelectorAll("[data-n], [data-source], [data-cue], [data-content]")) {
    const { n = "", source = "", cue = "", content = "" } = part.dataset;
    part.classList.toggle("picked", `${n} ${source} ${cue} ${content}`.split(" ").some(number => numbers.has(number)));
  }
  reading.classList.toggle("choosing", Boolean(voice));
  for (const pick of picks) pick.setAttribute("aria-pressed", pick.dataset.voice === voice);
}

// Brings the first words of the chosen voice into view, unless some are.
function show() {
  const parts = [...reading.querySelectorAll(".text span.picked")];
  const seen = parts.some(part => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  if (!seen) parts[0]?.scrollIntoView({ block: "center" });
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
addEventListener("keydown", event => event.key === "Escape" && choose());

// Anywhere else shows everything again, unless words were being selected there.
reading.addEventListener("click", event => {
  if (chosen && !event.target.closest("a, summary") && getSelection().isCollapsed) choose();
});
