// The filter of the overview. Without it the tables are all there.
"use strict";

(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const hits = document.getElementById("hits");
  const names = ["q", "track", "type", "state"];
  const rows = [...document.querySelectorAll("table.overview tbody tr")].map((element) => ({
    element,
    section: element.closest("section"),
    track: element.dataset.track,
    types: element.dataset.type.split(","),
    states: element.dataset.state.split(" "),
    text: `${element.textContent} ${element.dataset.text}`.toLowerCase(),
  }));
  const sections = new Set(rows.map((row) => row.section));
  let announcement;

  const wanted = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));

  const fits = (row, { q, track, type, state }) =>
    (!track || row.track === track) &&
    (!type || row.types.includes(type)) &&
    (!state || row.states.includes(state)) &&
    q.toLowerCase().split(/\s+/).every((word) => row.text.includes(word));

  const apply = () => {
    const asked = wanted();
    let count = 0;
    const filled = new Set();
    for (const row of rows) {
      const shown = fits(row, asked);
      row.element.hidden = !shown;
      if (shown) {
        count += 1;
        filled.add(row.section);
      }
    }
    for (const section of sections) section.hidden = !filled.has(section);
    const text =
      count === rows.length ? (count === 1 ? "1 entry" : `${count} entries`) : count === 0 ? "No entry fits" : `${count} of ${rows.length} entries`;
    // Not with every key: who listens wants the end of it.
    clearTimeout(announcement);
    announcement = setTimeout(() => { if (hits.textContent !== text) hits.textContent = text; }, 150);
  };

  const remember = () => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted())) if (value) parameters.set(name, value);
    const hash = parameters.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  };

  const recall = () => {
    const hash = location.hash.slice(1);
    // Other fragments are places of the page.
    if (hash && !hash.includes("=")) return;
    const parameters = new URLSearchParams(hash);
    for (const name of names) {
      const element = form.elements[name];
      element.value = parameters.get(name) ?? "";
      if (element.selectedIndex === -1) element.value = "";
    }
    apply();
  };

  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); form.elements.q.focus(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
