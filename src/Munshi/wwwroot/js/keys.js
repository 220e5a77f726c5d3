// @ts-check
// Single-key shortcuts. Each has a control on the page; all can be switched off in the dialog behind "?".

const SWITCH = "munshi-keys";
const ENTER_SENDS = "munshi-enter";
const TOGETHER_MS = 1500;

const help = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("keys-help"));
const palette = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("palette"));
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

/** Resolves or opens again, whichever the form does. */
function resolve() {
  const form = document.getElementById("resolve-form");
  if (form instanceof HTMLFormElement) form.requestSubmit();
  return form !== null;
}

/** Opens a menu or a form behind its summary, with the focus on the first thing to press or fill in. @param {string} id */
function unfold(id) {
  const summary = document.getElementById(id);
  const details = summary?.closest("details");
  if (!summary || !details) return false;
  details.open = true;
  const first = /** @type {HTMLElement | null} */ (details.querySelector("textarea, .menu-panel input:not([type=hidden]), .menu-panel button, .menu-panel a"));
  (first ?? summary).focus();
  return true;
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
  const enter = /** @type {HTMLInputElement | null} */ (document.getElementById("enter-sends"));
  if (box) box.checked = enabled();
  if (enter) enter.checked = localStorage.getItem(ENTER_SENDS) === "on";
  help()?.showModal();
  return true;
}

/** @type {(() => void) | undefined} */
let fillPalette;

/** Opens at once, so that what is typed next lands in it; its script comes when it is wanted for the first time. */
function showPalette() {
  const dialog = palette();
  const address = dialog?.dataset.module;
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("palette-text"));
  if (!dialog || !address || !field) return false;
  if (dialog.open) return true;
  field.value = "";
  dialog.showModal();
  if (fillPalette) fillPalette();
  else import(address).then((module) => { fillPalette = module.fill; module.fill(); }, () => dialog.close());
  return true;
}

function undo() {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#toasts .undo"));
  const last = buttons[buttons.length - 1];
  last?.click();
  return last !== undefined;
}

/** When "g" was pressed; the key after it says where to. */
let going = -TOGETHER_MS;

function go() {
  going = performance.now();
  return true;
}

/** @type {Record<string, () => boolean>} */
const actions = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), r: reply, a: takeOver, e: resolve, s: () => unfold("snooze-open"), l: () => unfold("labels-open"), c: () => unfold("fields-open"), n: () => unfold("note-open"), f: () => unfold("filter-open"), z: undo, g: go, "/": showPalette, "?": showHelp };

/** @type {Record<string, string>} */
const places = { i: "/inbox" };

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    if (!help()?.open && showPalette()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || help()?.open || palette()?.open) return;
  const typing = target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    if (typing) target.blur();
    if (back()) event.preventDefault();
  } else if (!typing && enabled() && (!event.key.startsWith("Arrow") || target.closest(".row"))) {
    const place = performance.now() - going < TOGETHER_MS ? places[event.key] : undefined;
    going = -TOGETHER_MS;
    if (place) location.assign(place);
    else if (!actions[event.key]?.()) return;
    event.preventDefault();
  }
});

document.addEventListener("change", (event) => {
  const box = onOff();
  if (box && event.target === box) localStorage.setItem(SWITCH, box.checked ? "on" : "off");
  const enter = /** @type {HTMLInputElement} */ (event.target);
  if (enter.id === "enter-sends") localStorage.setItem(ENTER_SENDS, enter.checked ? "on" : "off");
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("#keys-open")) showHelp();
  if (target.closest("#palette-open") && !(/** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey) && showPalette()) event.preventDefault();
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu[open]"));
  if (menu && !menu.contains(target)) menu.open = false; // the reader went elsewhere
});

/** The way to the dialog without a keyboard; a page without scripts does not show it. */
function showOpener() {
  document.getElementById("keys-open")?.removeAttribute("hidden");
}

document.addEventListener("htmx:after:swap", showOpener);
showOpener();
