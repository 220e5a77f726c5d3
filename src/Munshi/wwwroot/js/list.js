// @ts-check
// The list of conversations: at most 200 rows of it at a time, which one is open, how long ago, whose draft waits,
// and no row that moves under the pointer.

const MAX_ROWS = 200;
const EDGE_PX = 600;
const CLOCK_MS = 30_000;
const SLOW_MS = 300;
const canHover = window.matchMedia("(hover: hover)");

/** @type {{ajax(verb: string, path: string, options: object): Promise<void>}} */
const htmx = /** @type {any} */ (window).htmx;
const byId = (/** @type {string} */ id) => document.getElementById(id);
const list = () => byId("inbox-list");
const rows = () => byId("rows");
const news = () => byId("inbox-news");
/** @returns {HTMLElement[]} */
const all = (/** @type {ParentNode | null} */ place = rows()) => [...(place?.querySelectorAll(".row") ?? [])].map((row) => /** @type {HTMLElement} */ (row));

/** @type {string | undefined} */
let opened = byId("conversation")?.dataset.conversation;

function mark() {
  const open = byId("conversation")?.dataset.conversation;
  for (const row of all()) {
    const link = row.querySelector("a");
    known.set(row.id, row.dataset.cursor);
    if (row.dataset.conversation === open) {
      link?.setAttribute("aria-current", "true");
      row.removeAttribute("data-unread"); // it is on the screen
      row.querySelector(".unread")?.remove();
    } else link?.removeAttribute("aria-current");
  }
  if (open && open !== opened) announce();
  if (open) bringModules();
  opened = open;
  markDrafts();
  number();
}

function nameThePage() {
  const unread = list()?.dataset.unread ?? "0";
  const name = document.title.replace(/^\([\d,.+]+\) /, "");
  document.title = unread === "0" ? name : `(${unread}) ${name}`;
  const heading = document.querySelector("#page-title bdi");
  const title = byId("conversation-title") ?? byId("inbox-title");
  if (heading && title) heading.textContent = title.textContent;
}

function announce() {
  const live = byId("live-polite");
  const name = byId("conversation-title")?.textContent ?? "";
  if (live) live.textContent = (live.dataset.opened ?? "{0}").replace("{0}", name);
}

/** What a page without a conversation needs as soon as one is opened. */
function bringModules() {
  const addresses = document.body.dataset.thread;
  delete document.body.dataset.thread;
  for (const address of addresses?.split(" ") ?? []) void import(address);
}

// New rows wait while the list is pointed at; what moves no row is shown at once.

/** Whether the reader asked for the new rows. */
let wanted = false;

/** The conversations that would move. @type {Set<string>} */
const held = new Set();

/** Where each row that was shown stood, by its id. @type {Map<string, string | undefined>} */
const known = new Map();

function pull() {
  wanted = true;
  list()?.dispatchEvent(new CustomEvent("munshi:pull", { bubbles: true }));
}

/** @param {DocumentFragment} incoming */
function mustWait(incoming) {
  if (wanted || all(incoming).map((row) => row.id).join() === all().map((row) => row.id).join()) return false;
  const focused = document.activeElement?.closest(".row");
  return (rows()?.scrollTop ?? 0) > 8
    || (canHover.matches && (list()?.matches(":hover") ?? false))
    || (focused !== null && focused !== undefined && !incoming.getElementById(focused.id));
}

/** Brings the rows that are shown up to date where they stand. @param {DocumentFragment} incoming */
function mend(incoming) {
  for (const fresh of all(incoming)) {
    const row = byId(fresh.id);
    if (known.get(fresh.id) !== fresh.dataset.cursor) held.add(fresh.id);
    if (!row) continue;
    for (const name of ["data-owner", "data-unread"]) row.toggleAttribute(name, fresh.hasAttribute(name));
    row.dataset.owner = fresh.dataset.owner;
    row.querySelector("a")?.replaceChildren(...(fresh.querySelector("a")?.childNodes ?? []));
  }
  const tabs = incoming.querySelector(".tabs");
  if (tabs) document.querySelector(".tabs")?.replaceChildren(...tabs.childNodes);
  const fresh = /** @type {HTMLElement | null} */ (incoming.querySelector("#inbox-list"));
  const pane = list();
  if (pane && fresh) pane.dataset.unread = fresh.dataset.unread;
  const button = news();
  if (button && held.size > 0) {
    button.textContent = ((held.size === 1 ? button.dataset.one : button.dataset.other) ?? "{0}").replace("{0}", String(held.size));
    button.hidden = false;
  }
  mark();
  nameThePage();
}

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = /** @type {CustomEvent} */ (event).detail;
  const pane = list();
  if (!pane || ctx.sourceElement !== pane) return;
  const fragment = tasks.find((/** @type {{fragment?: DocumentFragment}} */ task) => task.fragment?.querySelector("#inbox-list"))?.fragment;
  if (fragment && mustWait(fragment)) {
    event.preventDefault();
    mend(fragment);
  } else {
    held.clear();
    first = 0;
  }
  wanted = false;
});

document.addEventListener("pointerout", (event) => {
  const pane = list();
  const left = pane?.contains(/** @type {Node} */ (event.target)) && !pane.contains(/** @type {Node | null} */ (event.relatedTarget));
  if (left && !news()?.hidden && (rows()?.scrollTop ?? 0) <= 8) pull();
});

// A window of rows over a long list

/** How many rows of the list stand above the first one here. */
let first = 0;
let loading = false;

function number() {
  if (first === 0 && byId("newer")) return; // a page from the middle, without script behind it
  all().forEach((row, index) => {
    row.ariaPosInSet = String(first + index + 1);
    row.ariaSetSize = "-1";
  });
}

/** @param {"more" | "newer"} end */
async function load(end) {
  const item = byId(end);
  const link = item?.querySelector("a");
  const pane = rows();
  if (loading || !item || !link || !pane) return;
  loading = true;
  const focused = link === document.activeElement;
  const before = new Set(all());
  const below = pane.scrollHeight - pane.scrollTop;
  try {
    await htmx.ajax("GET", link.getAttribute("href") ?? "", { source: link, target: item, swap: "outerHTML" });
  } finally {
    loading = false;
  }
  const added = all().filter((row) => !before.has(row));
  if (end === "newer") {
    first = byId("newer") ? Math.max(0, first - added.length) : 0;
    pane.scrollTop = pane.scrollHeight - below;
  }
  if (focused) added[end === "more" ? 0 : added.length - 1]?.querySelector("a")?.focus({ preventScroll: true });
  trim(end === "more");
  number();
}

/** Takes away the far end above MAX_ROWS; the row with the focus stays. @param {boolean} fromTop */
function trim(fromTop) {
  const pane = rows();
  const shown = all();
  let spare = shown.length - MAX_ROWS;
  if (!pane || spare <= 0) return;
  if (!fromTop) shown.reverse();
  const focused = shown.findIndex((row) => row.contains(document.activeElement));
  if (focused >= 0) spare = Math.min(spare, focused);
  if (spare === 0) return;
  const below = pane.scrollHeight - pane.scrollTop;
  byId(fromTop ? "newer" : "more")?.remove();
  for (const row of shown.slice(0, spare)) row.remove();
  const rest = all();
  const cursor = (fromTop ? rest[0] : rest[rest.length - 1]).dataset.cursor ?? "";
  const link = document.createElement("a");
  link.className = "button quiet";
  link.textContent = (fromTop ? pane.dataset.newer : pane.dataset.more) ?? "";
  const address = new URL(list()?.dataset.pull ?? "", location.href);
  address.searchParams.set(fromTop ? "after" : "before", cursor);
  link.href = address.pathname + address.search;
  const item = document.createElement("li");
  item.id = fromTop ? "newer" : "more";
  item.className = "more";
  item.append(link);
  if (fromTop) {
    first += spare;
    pane.prepend(item);
    pane.scrollTop = pane.scrollHeight - below;
  } else pane.append(item);
}

document.addEventListener("scroll", (event) => {
  const pane = rows();
  if (!pane || event.target !== pane) return;
  if (pane.scrollHeight - pane.scrollTop - pane.clientHeight < EDGE_PX) void load("more");
  else if (pane.scrollTop < EDGE_PX) void load("newer");
}, { capture: true, passive: true });

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const end = target.closest("#more, #newer");
  if (end && !event.defaultPrevented && !(/** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey)) {
    event.preventDefault();
    void load(/** @type {"more" | "newer"} */ (end.id));
  } else if (target.closest("#inbox-news")) {
    rows()?.scrollTo({ top: 0 });
    pull();
  }
});

// A conversation that takes long to open

/** @type {number | undefined} */
let slow;

document.addEventListener("htmx:before:request", (event) => {
  if (!/** @type {CustomEvent} */ (event).detail.ctx.sourceElement?.closest?.(".row")) return;
  bringModules();
  window.clearTimeout(slow);
  slow = window.setTimeout(() => {
    const template = byId("pane-skeleton");
    if (template instanceof HTMLTemplateElement) byId("conversation")?.append(template.content.cloneNode(true));
  }, SLOW_MS);
});

document.addEventListener("htmx:finally:request", (event) => {
  if (!/** @type {CustomEvent} */ (event).detail.ctx.sourceElement?.closest?.(".row")) return;
  window.clearTimeout(slow);
  document.querySelector(".skeleton")?.remove();
});

// Drafts, as composer.js keeps them

function markDrafts() {
  for (const row of all()) {
    const badge = row.querySelector(".draft-mark");
    const name = `${document.body.dataset.user}:${row.dataset.conversation}`;
    if (badge instanceof HTMLElement) badge.hidden = !localStorage.getItem(`munshi-draft:${name}`) && !localStorage.getItem(`munshi-unsent:${name}`);
  }
}

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
document.addEventListener("munshi:drafts", markDrafts);
window.addEventListener("storage", markDrafts);
window.setInterval(tick, CLOCK_MS);
mark();
nameThePage();
