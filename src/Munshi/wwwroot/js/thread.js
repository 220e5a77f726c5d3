// @ts-check
// The messages' place on the screen: at the end while the reader is at the end, unmoved while the reader reads above.

const END_TOLERANCE_PX = 48;
const ABOVE_LINE_PX = 24;
const NEAR_TOP_PX = 160;

let conversation = current();
let atEnd = true;
let fromBottom = 0;
let lastMessage = newest();

/** How many messages came in while the reader read above. */
let fresh = 0;

function current() {
  return document.getElementById("conversation")?.dataset.conversation;
}

function newest() {
  const messages = document.querySelectorAll("#run > [data-message]");
  return messages[messages.length - 1]?.id;
}

function open() {
  const thread = document.getElementById("thread");
  const line = document.getElementById("unread-line");
  toEnd();
  if (thread && line && line.offsetTop < thread.scrollTop) thread.scrollTop = line.offsetTop - ABOVE_LINE_PX;
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

/** How many messages stand after the given one. @param {string | undefined} last */
function countAfter(last) {
  const ids = [...document.querySelectorAll("#run > [data-message]")].map((message) => message.id);
  return ids.length - 1 - (last ? ids.lastIndexOf(last) : -1);
}

/** @param {Element} thread */
function isAtEnd(thread) {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < END_TOLERANCE_PX;
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
  fromBottom = thread.scrollHeight - thread.scrollTop;
  for (const task of tasks) {
    const incoming = task.fragment?.querySelector?.("#conversation[data-conversation]");
    if (incoming?.dataset.conversation === conversation) keepOverflow(task.fragment);
  }
});

document.addEventListener("htmx:after:swap", () => {
  const thread = document.getElementById("thread");
  mergeDays();
  if (!thread || current() !== conversation) {
    conversation = current();
    lastMessage = newest();
    if (thread) open();
    return;
  }
  const grown = newest() !== lastMessage;
  if (grown) fresh += countAfter(lastMessage);
  lastMessage = newest();
  if (atEnd) toEnd();
  else {
    if (!grown) thread.scrollTop = thread.scrollHeight - fromBottom;
    setJump(grown || !(document.getElementById("jump")?.hidden ?? true));
  }
});

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("#jump")) toEnd();
});

document.addEventListener("scroll", (event) => {
  const thread = event.target;
  if (!(thread instanceof Element) || thread.id !== "thread") return;
  setJump(!isAtEnd(thread));
  const older = /** @type {HTMLElement | null} */ (document.querySelector("#older a:not(.htmx-request)"));
  if (thread.scrollTop < NEAR_TOP_PX) older?.click();
}, { capture: true, passive: true });

if (conversation) open();
