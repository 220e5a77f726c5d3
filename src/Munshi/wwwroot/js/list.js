// @ts-check
// The list of conversations: which one is open, how long ago, and no row that moves under the pointer.

const MAX_ROWS = 200;
const CLOCK_MS = 30_000;
const canHover = window.matchMedia("(hover: hover)");

const list = () => document.getElementById("inbox-list");
const rows = () => document.getElementById("rows");
const news = () => document.getElementById("inbox-news");

/** @type {string | undefined} */
let opened = document.getElementById("conversation")?.dataset.conversation;

function mark() {
  const pane = document.getElementById("conversation");
  const open = pane?.dataset.conversation;
  for (const row of document.querySelectorAll(".row[data-conversation]")) {
    const link = row.querySelector("a");
    if (/** @type {HTMLElement} */ (row).dataset.conversation === open) {
      link?.setAttribute("aria-current", "true");
      row.removeAttribute("data-unread"); // it is on the screen
      row.querySelector(".unread")?.remove();
    } else link?.removeAttribute("aria-current");
  }
  if (open && open !== opened) announce();
  opened = open;
}

function nameThePage() {
  const waiting = Number(list()?.dataset.waiting ?? 0);
  const name = document.title.replace(/^\(\d+\) /, "");
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  const heading = document.querySelector("#page-title bdi");
  const title = document.getElementById("conversation-title") ?? document.getElementById("inbox-title");
  if (heading && title) heading.textContent = title.textContent;
}

function announce() {
  const live = document.getElementById("live-polite");
  const name = document.getElementById("conversation-title")?.textContent ?? "";
  if (live) live.textContent = (live.dataset.opened ?? "{0}").replace("{0}", name);
}

function isPointedAt() {
  return (rows()?.scrollTop ?? 0) > 8 || (canHover.matches && (list()?.matches(":hover") ?? false));
}

/** Whether the reader asked for the new rows. */
let wanted = false;

function pull() {
  wanted = true;
  list()?.dispatchEvent(new CustomEvent("munshi:pull", { bubbles: true }));
}

/** @param {ParentNode} place */
const order = (place) => [...place.querySelectorAll(".row")].map((row) => row.id).join();

// New rows wait while the list is pointed at; what moves no row is shown at once.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = /** @type {CustomEvent} */ (event).detail;
  const pane = list();
  const button = news();
  if (!pane || !button || ctx.sourceElement !== pane) return;
  const held = !wanted && isPointedAt() && tasks.some((/** @type {{fragment?: DocumentFragment}} */ task) => task.fragment && order(task.fragment) !== order(pane));
  wanted = false;
  if (!held) return;
  event.preventDefault();
  button.hidden = false;
});

document.addEventListener("pointerout", (event) => {
  const pane = list();
  const left = pane?.contains(/** @type {Node} */ (event.target)) && !pane.contains(/** @type {Node | null} */ (event.relatedTarget));
  if (left && !news()?.hidden && (rows()?.scrollTop ?? 0) <= 8) pull();
});

document.addEventListener("click", (event) => {
  if (!/** @type {Element} */ (event.target).closest("#inbox-news")) return;
  rows()?.scrollTo({ top: 0 });
  pull();
});

// Past 200 rows the next page takes the place of this one.
document.addEventListener("htmx:config:request", (event) => {
  const source = /** @type {CustomEvent} */ (event).detail.ctx.sourceElement;
  if (!source.closest("#more") || (rows()?.querySelectorAll(".row").length ?? 0) < MAX_ROWS) return;
  event.preventDefault();
  location.assign(source.href);
});

function tick() {
  const { now = "", minutesAgo = "", hoursAgo = "" } = document.body.dataset;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.getAttribute("datetime") ?? "")) / 60_000);
    if (minutes < 1) time.textContent = now;
    else if (minutes < 60) time.textContent = minutesAgo.replace("{0}", String(minutes));
    else if (minutes < 24 * 60) time.textContent = hoursAgo.replace("{0}", String(Math.floor(minutes / 60)));
  }
}

document.addEventListener("htmx:after:swap", mark);
document.addEventListener("htmx:finally:swap", nameThePage); // by then the fragment's title is the document's
window.setInterval(tick, CLOCK_MS);
mark();
nameThePage();
