// What a hand adds to the pages, all of which can be read without.

const form = document.querySelector("form[data-counts]");

// How many there are, while it is being asked.
if (form) {
  const output = document.querySelector(".total output");
  let waiting, asked;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      if (query.has("like") || query.get("inside") === "text" || !output) return;
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`/api/counts?${query}`, { signal: asked.signal });
        if (answer.ok) {
          const { statements } = await answer.json();
          output.textContent = `${statements.toLocaleString("en")} ${statements === 1 ? "statement" : "statements"}`;
        }
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }, 150);
  });
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("input, select")) field.disabled = !field.value && field.type !== "checkbox";
  });
}

// An add that is going on: ask how far it is.
const going = document.querySelector("[data-job]");
if (going) {
  const again = async () => {
    const answer = await fetch(`/api/jobs/${going.dataset.job}`);
    if (!answer.ok) return;
    const job = await answer.json();
    const bar = going.querySelector("progress");
    if (job.sources) { bar.max = job.sources; bar.value = job.finished; }
    if (job.done) location.reload();
    else setTimeout(again, 400);
  };
  setTimeout(again, 400);
}
