// @ts-check
// The command palette: one text field over a list of commands and of conversations found by name.

const WAIT_MS = 120;

/** @type {{ajax(verb: string, path: string, options: object): Promise<void>}} */
const htmx = /** @type {any} */ (window).htmx;
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("palette"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("palette-text"));
const list = /** @type {HTMLElement} */ (document.getElementById("palette-list"));
const found = /** @type {HTMLElement} */ (document.getElementById("palette-found"));
const none = /** @type {HTMLElement} */ (document.getElementById("palette-none"));

/** @type {number | undefined} */
let asking;
let asked = "";

/** @returns {HTMLElement[]} */
const options = () => [.../** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[role=option]"))].filter((option) => !option.hidden);

const folded = (/** @type {string} */ text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLocaleLowerCase();

/** Makes the opened palette ready, whatever was typed into it before. */
export function fill() {
  asked = "";
  found.replaceChildren();
  list.hidden = false;
  filter();
  void ask();
}

/** Whether a command can be given on this page now. @param {HTMLElement} option */
function isPossible(option) {
  const { submit, focus } = option.dataset;
  return (!submit || submit === "keys" || document.getElementById(submit) !== null) && (!focus || document.getElementById(focus) !== null);
}

const wordsOf = (/** @type {HTMLElement} */ option) => folded(option.querySelector(".option-name")?.textContent ?? "").split(/\s+/);

function filter() {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  for (const option of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[role=option]"))) {
    const text = folded(option.querySelector(".option-name")?.textContent ?? "");
    option.hidden = !(found.contains(option) || (isPossible(option) && words.every((word) => text.includes(word))));
  }
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[role=group]"))) {
    group.hidden = ![.../** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll("[role=option]"))].some((option) => !option.hidden);
  }
  none.hidden = options().length > 0;
  none.textContent = none.hidden ? "" : dialog.dataset.none ?? "";
  const beginsSo = options().findIndex((option) => words.every((word) => wordsOf(option).some((own) => own.startsWith(word))));
  choose(Math.max(0, beginsSo));
}

/** @param {number} index */
function choose(index) {
  const shown = options();
  const chosen = shown.length > 0 ? shown[(index + shown.length) % shown.length] : undefined;
  for (const option of dialog.querySelectorAll("[role=option][aria-selected=true]")) option.setAttribute("aria-selected", "false");
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
}

const chosenIndex = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

async function ask() {
  const sought = field.value.trim();
  if (sought === asked) return;
  asked = sought;
  if (sought === "") {
    found.replaceChildren();
    filter();
    return;
  }
  await htmx.ajax("GET", `/find?q=${encodeURIComponent(sought)}`, { source: found, target: found, swap: "innerHTML" });
  if (asked === sought) filter();
}

/** @param {HTMLElement | undefined} option */
function run(option) {
  if (!option) return;
  dialog.close();
  const { go, submit, focus, press } = option.dataset;
  if (go) location.assign(go);
  else if (submit === "keys") document.getElementById("keys-open")?.click();
  else if (submit) /** @type {HTMLFormElement | null} */ (document.getElementById(submit))?.requestSubmit();
  else if (focus) document.getElementById(focus)?.focus();
  else if (press) {
    const [name, value] = press.split("=");
    /** @type {HTMLElement | null} */ (document.querySelector(`#preferences button[name="${name}"][value="${value}"]`))?.click();
  }
}

field.addEventListener("input", () => {
  filter();
  window.clearTimeout(asking);
  asking = window.setTimeout(() => void ask(), WAIT_MS);
});

field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown") choose(chosenIndex() + 1);
  else if (event.key === "ArrowUp") choose(chosenIndex() - 1);
  else if (event.key === "Enter") run(options()[chosenIndex()]);
  else return;
  event.preventDefault();
});

dialog.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target === dialog || target.closest("#palette-close")) dialog.close(); // the backdrop is the dialog itself
  else run(/** @type {HTMLElement | undefined} */ (target.closest("[role=option]") ?? undefined));
});
