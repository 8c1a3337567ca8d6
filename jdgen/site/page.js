"use strict";
// Everything here is a help and nothing more: without scripts each document, link and download is there.
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const buttons = document.querySelector(".buttons");
  if (buttons) {
    buttons.hidden = false;
    const said = document.querySelector(".said");
    const copy = buttons.querySelector("[data-copy]");
    const pasted = document.getElementById("paste");
    if (copy && pasted) {
      copy.addEventListener("click", () => {
        // The event takes both forms at once and needs no permission, from a disk as from a server.
        let done = false;
        const put = (event) => {
          event.clipboardData.setData("text/html", pasted.innerHTML.trim());
          event.clipboardData.setData("text/plain", document.getElementById("paste-text").content.textContent);
          event.preventDefault();
          done = true;
        };
        document.addEventListener("copy", put, { once: true });
        document.execCommand("copy");
        document.removeEventListener("copy", put);
        said.textContent = done ? copy.dataset.copied : copy.dataset.failed;
      });
    }
    buttons.querySelector("[data-print]").addEventListener("click", () => window.print());
  }

  const form = document.querySelector("form.find");
  if (!form) return;
  const search = form.querySelector("input");
  const selects = [...form.querySelectorAll("select")];
  const count = document.getElementById("count");
  const clear = document.getElementById("clear");
  const cards = [...document.querySelectorAll(".cards > li")].map((item) => ({ item, text: fold(item.dataset.text), shown: true }));
  const plural = new Intl.PluralRules(document.documentElement.lang);

  const told = (number) => {
    const pattern = count.dataset[plural.select(number)] ?? count.dataset.other;
    return number ? pattern.replace("{count}", number.toLocaleString(document.documentElement.lang)) : count.dataset.none;
  };
  const run = () => {
    narrow();
    const state = new URLSearchParams();
    if (search.value) state.set("q", search.value);
    for (const select of selects) if (select.value) state.set(select.name, select.value);
    history.replaceState(null, "", `#${state}`); // so that what was found can be sent on, and is there on the way back
  };
  const narrow = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    let number = 0;
    for (const card of cards) {
      const fits = chosen.every(([name, value]) => JSON.parse(card.item.dataset.filters)[name]?.includes(value));
      const shown = fits && words.every((word) => card.text.includes(word));
      if (shown !== card.shown) card.item.hidden = !shown;
      card.shown = shown;
      number += shown;
    }
    count.textContent = told(number);
    clear.hidden = !words.length && !chosen.length;
  };
  const state = new URLSearchParams(location.hash.slice(1));
  search.value = state.get("q") ?? "";
  for (const select of selects) {
    const asked = state.get(select.name);
    if ([...select.options].some((option) => option.value === asked)) select.value = asked;
  }
  form.hidden = false;
  form.addEventListener("input", run);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    search.value = "";
    for (const select of selects) select.value = "";
    run();
    search.focus();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && document.activeElement === search && search.value) {
      search.value = "";
      run();
    }
  });
  narrow();
})();
