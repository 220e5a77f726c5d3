// @ts-check
// The messages' place on the screen: at the end while the reader is at the end, unmoved while the reader reads above.

const END_TOLERANCE_PX = 48;
const NEAR_TOP_PX = 160;

// A file's link lives five minutes: one that ran out on an open page is fetched anew, once, and goes on where it was.
document.addEventListener(
  "error",
  (event) => {
    const media = event.target;
    if (!(media instanceof HTMLImageElement || media instanceof HTMLMediaElement) || !media.dataset.media) return;
    const place = media instanceof HTMLMediaElement ? { at: media.currentTime, played: !media.paused } : undefined;
    media.src = media.dataset.media;
    delete media.dataset.media;
    if (!place || !(media instanceof HTMLMediaElement)) return;
    media.currentTime = place.at;
    if (place.played) media.play().catch(() => {}); // where the browser wants another click, the button is there
  },
  true,
);

let conversation = current();
let atEnd = true;
/** The uppermost message on the screen, and where it stands. @type {{id: string, top: number} | undefined} */
let anchor;
let fromTop = 0;

/** Whether the reader last came to rest at the end; a box that grows or shrinks keeps it so. */
let following = true;

/** How many messages came in while the reader read above. */
let fresh = 0;

function current() {
  return document.getElementById("conversation")?.dataset.conversation;
}

function toEnd() {
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
  setJump(false);
}

/** @param {boolean} shown */
function setJump(shown) {
  const button = document.getElementById("jump");
  if (!shown) fresh = 0;
  if (!button) return;
  button.hidden = !shown;
  const count = /** @type {HTMLElement | null} */ (button.querySelector(".count"));
  if (count) {
    count.textContent = `(${fresh})`;
    count.hidden = fresh === 0;
  }
}

/** The messages that were shown. @type {Set<string>} */
let known = new Set(shown());

function shown() {
  return [...document.querySelectorAll("#run > [data-message]")].map((message) => message.id);
}

/** @param {Element} thread */
function isAtEnd(thread) {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < END_TOLERANCE_PX;
}

/** @param {Element} thread */
function uppermost(thread) {
  const edge = thread.getBoundingClientRect().top;
  for (const message of thread.querySelectorAll("[data-message]")) {
    const { top, bottom } = message.getBoundingClientRect();
    if (bottom > edge) return { id: message.id, top };
  }
  return undefined;
}

/** Messages that fall off the newest page join the earlier ones, so that a refresh takes nothing away.
 * @param {DocumentFragment} incoming */
function keepOverflow(incoming) {
  const arriving = new Set([...incoming.querySelectorAll("#run > [data-message]")].map((message) => message.id));
  const shown = [...document.querySelectorAll("#run > li")];
  const cut = shown.findIndex((item) => arriving.has(item.id));
  const earlier = document.getElementById("earlier");
  if (cut <= 0 || !earlier || !shown.slice(0, cut).some((item) => item.hasAttribute("data-message"))) return;
  let run = earlier.querySelector("ol:last-of-type");
  if (!run) {
    run = document.createElement("ol");
    run.className = "run";
    earlier.append(run);
  }
  run.append(...shown.slice(0, cut));
}

/** The line above what was unread at opening stays there for as long as the conversation is open. @param {DocumentFragment} incoming */
function keepLine(incoming) {
  const line = document.querySelector("#run > #unread-line");
  const below = line?.nextElementSibling && incoming.getElementById(line.nextElementSibling.id);
  if (!line || !below) return;
  incoming.getElementById("unread-line")?.remove();
  below.before(line.cloneNode(true));
}

/** A file that is loaded keeps its link through a refresh: a new one would begin it anew. @param {DocumentFragment} incoming */
function keepFiles(incoming) {
  for (const media of /** @type {NodeListOf<HTMLImageElement | HTMLMediaElement>} */ (document.querySelectorAll("#run :is(img, audio, video)[src]"))) {
    const message = incoming.getElementById(media.closest("[data-message]")?.id ?? "");
    const fresh = message?.querySelector(`${media.localName}[src]`);
    const link = media.getAttribute("src") ?? "";
    if (fresh && isLoaded(media) && file(link) === file(fresh.getAttribute("src") ?? "")) fresh.setAttribute("src", link);
  }
}

/** @param {HTMLImageElement | HTMLMediaElement} media */
function isLoaded(media) {
  return media instanceof HTMLImageElement
    ? media.complete && media.naturalWidth > 0
    : media.readyState > 0 || media.networkState === HTMLMediaElement.NETWORK_LOADING;
}

/** Which file a link is to: /media/{id}, whatever follows. @param {string} link */
function file(link) {
  return new URL(link, location.href).pathname.split("/")[2];
}

/** A day named at the end of one page is not named again at the start of the next. */
function mergeDays() {
  let day = "";
  for (const item of document.querySelectorAll("#thread [data-day]")) {
    const own = /** @type {HTMLElement} */ (item).dataset.day ?? "";
    /** @type {HTMLElement} */ (item).hidden = own === day;
    day = own;
  }
}

document.addEventListener("htmx:before:swap", (event) => {
  const { tasks } = /** @type {CustomEvent} */ (event).detail;
  const thread = document.getElementById("thread");
  if (!thread) return;
  atEnd = isAtEnd(thread);
  fromTop = thread.scrollTop;
  anchor = uppermost(thread);
  for (const task of tasks) {
    const incoming = task.fragment?.querySelector?.("#conversation[data-conversation]");
    if (incoming?.dataset.conversation !== conversation) continue;
    keepOverflow(task.fragment);
    keepLine(task.fragment);
    keepFiles(task.fragment);
  }
});

document.addEventListener("htmx:after:swap", () => {
  const thread = document.getElementById("thread");
  mergeDays();
  if (!thread || current() !== conversation) {
    conversation = current();
    known = new Set(shown());
    if (thread) toEnd();
    return;
  }
  if (thread.scrollTop < fromTop - END_TOLERANCE_PX) atEnd = false; // the reader went up in the meantime
  const now = shown();
  fresh += now.filter((id) => !known.has(id)).length; // late ones may stand above others
  known = new Set([...known, ...now]);
  if (atEnd) toEnd();
  else {
    const held = anchor && document.getElementById(anchor.id);
    if (anchor && held) thread.scrollTop += held.getBoundingClientRect().top - anchor.top;
    setJump(!isAtEnd(thread)); // the refresh brought the button as the server makes it
  }
});

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("#jump")) toEnd();
});

document.addEventListener("scroll", (event) => {
  const thread = event.target;
  if (!(thread instanceof Element) || thread.id !== "thread") return;
  following = isAtEnd(thread);
  setJump(!following);
  const older = /** @type {HTMLElement | null} */ (document.querySelector("#older a:not(.htmx-request)"));
  if (thread.scrollTop < NEAR_TOP_PX) older?.click();
}, { capture: true, passive: true });

window.addEventListener("resize", () => { if (following) toEnd(); });
if (conversation) toEnd();
