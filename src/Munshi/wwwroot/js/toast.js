// @ts-check
// What was done, with the way to take it back: eight seconds, longer while it is pointed at. "z" takes the last one back.

const SHOWN_MS = 8000;
const MOST = 3;

/** @type {{ajax(verb: string, path: string, options: object): Promise<void>}} */
const htmx = /** @type {any} */ (window).htmx;

/** @type {Set<string>} */
const seen = new Set();

function offer() {
  const form = document.getElementById("undo-form");
  if (!(form instanceof HTMLFormElement)) return;
  const values = Object.fromEntries(new FormData(form));
  const action = form.getAttribute("action") ?? "";
  const name = `${action} ${values.epoch}`;
  if (seen.has(name)) return;
  seen.add(name);
  show(form.dataset.said ?? "", () => undo(action, values));
}

/** @param {string} action @param {Record<string, unknown>} values */
function undo(action, values) {
  const here = location.pathname !== "" && action.includes(document.getElementById("conversation")?.dataset.conversation ?? "none");
  void htmx.ajax("POST", action, { source: document.getElementById("toasts"), target: here ? "#conversation" : "#toasts", swap: here ? "outerMorph" : "none", values });
}

/** @param {string} said @param {() => void} takeBack */
function show(said, takeBack) {
  const place = document.getElementById("toasts");
  const template = document.getElementById("toast");
  if (!place || !(template instanceof HTMLTemplateElement)) return;
  const toast = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.cloneNode(true)).children[0]);
  const words = toast.querySelector(".said");
  if (words) words.textContent = said;
  const live = document.getElementById("live-polite");
  if (live) live.textContent = said;
  /** @type {number | undefined} */
  let ending;
  const wait = () => { ending = window.setTimeout(() => toast.remove(), SHOWN_MS); };
  const stay = () => window.clearTimeout(ending);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, () => { stay(); wait(); });
  toast.querySelector(".dismiss")?.addEventListener("click", () => { stay(); toast.remove(); });
  toast.querySelector(".undo")?.addEventListener("click", () => { stay(); toast.remove(); takeBack(); });
  place.append(toast);
  while (place.children.length > MOST) place.firstElementChild?.remove();
  wait();
}

document.addEventListener("htmx:after:swap", offer);
offer();
