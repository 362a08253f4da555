// Lights up every part of one attribution while the pointer, the keyboard or the address is on any of them.
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
