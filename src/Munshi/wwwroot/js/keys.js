// @ts-check
// Single-key shortcuts. Each has a control on the page; all can be switched off in the dialog behind "?".

const SWITCH = "munshi-keys";

const help = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("keys-help"));
const onOff = () => /** @type {HTMLInputElement | null} */ (document.getElementById("keys-on"));

function enabled() {
  return localStorage.getItem(SWITCH) !== "off";
}

/** @param {string} id */
function press(id) {
  const control = document.getElementById(id);
  control?.click();
  return control !== null;
}

/** @param {1 | -1} step */
function move(step) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".row > a")]);
  const here = links.findIndex((link) => link === document.activeElement);
  const open = links.findIndex((link) => link.hasAttribute("aria-current"));
  const from = here >= 0 ? here : open;
  const next = links[from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + step))];
  next?.focus();
  return next !== undefined;
}

function reply() {
  const box = document.getElementById("reply-text");
  box?.focus();
  return box !== null;
}

function takeOver() {
  const form = document.getElementById("take-form");
  if (form instanceof HTMLFormElement) form.requestSubmit();
  return form !== null;
}

function back() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu[open]"));
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    return true;
  }
  const link = document.getElementById("back");
  if (link?.checkVisibility()) return press("back");
  const row = /** @type {HTMLElement | null} */ (document.querySelector(".row > a[aria-current]"));
  row?.focus();
  return row !== null;
}

function showHelp() {
  const box = onOff();
  if (box) box.checked = enabled();
  help()?.showModal();
  return true;
}

/** @type {Record<string, () => boolean>} */
const actions = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), r: reply, a: takeOver, "?": showHelp };

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || help()?.open) return;
  const typing = target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    if (typing) target.blur();
    if (back()) event.preventDefault();
  } else if (!typing && enabled() && (!event.key.startsWith("Arrow") || target.closest(".row"))) {
    if (actions[event.key]?.()) event.preventDefault();
  }
});

document.addEventListener("change", (event) => {
  const box = onOff();
  if (box && event.target === box) localStorage.setItem(SWITCH, box.checked ? "on" : "off");
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("#keys-open")) showHelp();
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu[open]"));
  if (menu && !menu.contains(target)) menu.open = false; // the reader went elsewhere
});

/** The way to the dialog without a keyboard; a page without scripts does not show it. */
function showOpener() {
  document.getElementById("keys-open")?.removeAttribute("hidden");
}

document.addEventListener("htmx:after:swap", showOpener);
showOpener();
