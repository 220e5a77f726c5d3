// @ts-check
// The reply box. What is typed is kept per person and conversation until it is sent. A reply is shown at once and goes
// out under a key of its own, one after the other; what does not arrive stays in the thread with the reason, and is
// sent again under the same key, so that it reaches the customer once.

/** @typedef {{text: string, key: string}} Draft */
/** @typedef {Draft & {state: "sending" | "offline" | "refused", reference?: string}} Unsent */

const ENTER_SENDS = "munshi-enter";

const own = document.body.dataset.user;

const ARRIVES_WITHIN_MS = 5000;
/** WhatsApp shows "typing…" for 25 seconds. */
const TYPING_EVERY_MS = 20_000;

/** Keys of what this page itself is sending. @type {Set<string>} */
const underWay = new Set();
/** Keys of what the server has, and the thread soon shows. @type {Set<string>} */
const arriving = new Set();
/** How often a reply's text stood in the thread before it was sent, by key. @type {Map<string, number>} */
const before = new Map();
/** What a draft begins with because it came back, by conversation. @type {Map<string, string>} */
const returned = new Map();
/** When the customer was last told that somebody writes, by conversation. @type {Map<string, number>} */
const typingTold = new Map();
let queue = Promise.resolve();

/** @template T @param {"draft" | "unsent"} kind @param {string} conversation @returns {T | null} */
function load(kind, conversation) {
  try {
    return JSON.parse(localStorage.getItem(`munshi-${kind}:${own}:${conversation}`) ?? "null");
  } catch {
    return null;
  }
}

/** @param {"draft" | "unsent"} kind @param {string} conversation @param {Draft | Unsent[] | null} value */
function save(kind, conversation, value) {
  const name = `munshi-${kind}:${own}:${conversation}`;
  try {
    if (value === null || (Array.isArray(value) ? value.length === 0 : value.text.trim() === "")) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden store costs the draft, not the page.
  }
  document.dispatchEvent(new CustomEvent("munshi:drafts"));
}

/** @param {string} conversation @returns {Unsent[]} */
const unsent = (conversation) => load("unsent", conversation) ?? [];

/** @param {string} conversation @param {string} key @param {Partial<Unsent> | null} change null takes it out */
function update(conversation, key, change) {
  const entries = unsent(conversation);
  save("unsent", conversation, change === null
    ? entries.filter((entry) => entry.key !== key)
    : entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
}

/** A random UUID; crypto.randomUUID is missing where a page comes over plain HTTP from another machine. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function parts() {
  const form = document.getElementById("reply-form");
  const text = document.getElementById("reply-text");
  const key = document.getElementById("reply-key");
  return form instanceof HTMLFormElement && text instanceof HTMLTextAreaElement && key instanceof HTMLInputElement
    ? { form, text, key, conversation: form.dataset.draft ?? "" }
    : null;
}

const current = () => document.getElementById("conversation")?.dataset.conversation;

/** Puts the draft into the box, or takes up what the server put there. */
function restore() {
  const box = parts();
  if (box) {
    const draft = /** @type {Draft | null} */ (load("draft", box.conversation));
    if (draft) {
      box.key.value = draft.key;
      if (box.text.value === "") box.text.value = draft.text;
    } else if (box.text.value !== "") save("draft", box.conversation, { text: box.text.value, key: box.key.value });
    const hint = document.getElementById("reply-hint");
    if (hint?.dataset.enter && localStorage.getItem(ENTER_SENDS) === "on") hint.textContent = hint.dataset.enter;
  }
  const kept = /** @type {HTMLElement | null} */ (document.querySelector(".kept-words"));
  const draft = kept && /** @type {Draft | null} */ (load("draft", kept.dataset.draft ?? ""));
  if (kept && draft) {
    const words = /** @type {HTMLTextAreaElement} */ (kept.querySelector("textarea"));
    words.value = draft.text;
    kept.hidden = false;
  }
  showUnsent();
}

document.addEventListener("input", (event) => {
  const box = parts();
  if (!box || event.target !== box.text) return;
  save("draft", box.conversation, { text: box.text.value, key: box.key.value });
  if (box.text.value.trim() !== "") tellTyping(box);
});

/** Lets the customer see that somebody writes. What comes of it does not matter. @param {{form: HTMLFormElement, conversation: string}} box */
function tellTyping({ form, conversation }) {
  const now = performance.now();
  const token = form.elements.namedItem("form-token");
  if (!form.dataset.typing || !(token instanceof HTMLInputElement) || now - (typingTold.get(conversation) ?? -TYPING_EVERY_MS) < TYPING_EVERY_MS) return;
  typingTold.set(conversation, now);
  fetch(form.dataset.typing, { method: "POST", body: new URLSearchParams({ "form-token": token.value }) }).catch(() => {});
}

document.addEventListener("keydown", (event) => {
  const box = parts();
  if (!box || event.target !== box.text || event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || (localStorage.getItem(ENTER_SENDS) === "on" && !event.shiftKey && !event.altKey)) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

// Sending

document.addEventListener("submit", (event) => {
  const box = parts();
  if (!box || event.target !== box.form) return;
  if (box.form.elements.namedItem("quote")) {
    // A reply with a quote goes the form's own way; its draft is done with.
    save("draft", box.conversation, null);
    return;
  }
  event.preventDefault();
  const entry = /** @type {Unsent} */ ({ text: box.text.value.replaceAll("\r\n", "\n"), key: box.key.value, state: "sending" });
  if (entry.text.trim() === "") {
    box.text.value = "";
    box.form.reportValidity();
    return;
  }
  save("unsent", box.conversation, [...unsent(box.conversation), entry]);
  save("draft", box.conversation, null);
  box.text.value = "";
  box.key.value = newKey();
  box.text.focus();
  send(box.conversation, entry);
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
}, { capture: true });

/** @param {string} conversation @param {Unsent} entry */
function send(conversation, entry) {
  const form = parts()?.form;
  const action = form?.getAttribute("action") ?? `/inbox/${conversation}/messages`;
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=form-token]"))?.value ?? "";
  underWay.add(entry.key);
  showUnsent();
  queue = queue.then(() => post(action, token, conversation, entry)).finally(() => {
    underWay.delete(entry.key);
    if (current() === conversation) showUnsent();
  });
}

/** @param {string} action @param {string} token @param {string} conversation @param {Unsent} entry */
async function post(action, token, conversation, entry) {
  before.set(entry.key, shownTimes(entry.text));
  /** @type {Response} */
  let response;
  try {
    response = await fetch(action, {
      method: "POST",
      headers: { Prefer: "return=minimal" },
      body: new URLSearchParams({ "form-token": token, key: entry.key, text: entry.text }),
    });
  } catch {
    update(conversation, entry.key, { state: "offline" });
    tell("offline", "");
    return;
  }
  if (response.status === 204) {
    arriving.add(entry.key);
    window.setTimeout(() => { arriving.delete(entry.key); showUnsent(); }, ARRIVES_WITHIN_MS);
    update(conversation, entry.key, null);
  } else if (response.redirected) {
    update(conversation, entry.key, { state: "refused" });
    location.assign(response.url); // the session is over; the text waits here
    return;
  } else if (response.status === 409 || response.status === 422) {
    update(conversation, entry.key, null);
    takeBack(conversation, entry.text); // the pane says why
  } else {
    const reference = response.headers.get("Munshi-Reference") ?? "";
    update(conversation, entry.key, { state: "refused", reference });
    tell("refused", reference);
    return;
  }
  if (current() === conversation) document.getElementById("conversation")?.dispatchEvent(new CustomEvent("munshi:pull", { bubbles: true }));
}

/** Puts what did not go out before what is being written, behind what came back earlier. @param {string} conversation @param {string} text */
function takeBack(conversation, text) {
  const draft = /** @type {Draft | null} */ (load("draft", conversation))?.text ?? "";
  const front = returned.get(conversation);
  const joins = front !== undefined && draft.startsWith(front);
  const begins = joins ? `${front}\n${text}` : text;
  const rest = joins ? draft.slice(front.length) : draft && `\n${draft}`;
  returned.set(conversation, begins);
  save("draft", conversation, { text: begins + rest, key: newKey() });
  const box = parts();
  if (box?.conversation === conversation) box.text.value = "";
  restore();
}

/** How often the thread shows a message of ours with this text. @param {string} text */
function shownTimes(text) {
  return [...document.querySelectorAll("#run > .out .text")].filter((place) => place.textContent === text).length;
}

/** @param {"offline" | "refused"} reason @param {string} reference */
function tell(reason, reference) {
  const live = document.getElementById("live-assertive");
  if (live) live.textContent = reasonOf(reason, reference);
}

/** @param {"offline" | "refused" | "unknown"} reason @param {string} reference */
function reasonOf(reason, reference) {
  const template = document.getElementById("pending-message");
  const words = template instanceof HTMLTemplateElement ? /** @type {HTMLElement | null} */ (template.content.querySelector(".reason")) : null;
  return (words?.dataset[reason] ?? "").replace("{0}", reference);
}

/** Makes the end of the thread show what is on its way and what did not arrive. */
function showUnsent() {
  const place = document.getElementById("unsent");
  const conversation = current();
  if (!place || !conversation) return;
  const entries = unsent(conversation);
  const keys = new Set(entries.map((entry) => entry.key));
  for (const bubble of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-key]"))) {
    const key = bubble.dataset.key ?? "";
    bubble.hidden = shownTimes(bubble.querySelector(".text")?.textContent ?? "") > (before.get(key) ?? Infinity); // the message itself is there
    if (bubble.hidden) arriving.delete(key);
    if (!keys.has(key) && !arriving.has(key)) bubble.remove();
  }
  for (const entry of entries) {
    const bubble = /** @type {HTMLElement | null} */ (place.querySelector(`[data-key="${CSS.escape(entry.key)}"]`)) ?? addBubble(place, entry);
    if (!bubble) return;
    const failed = !underWay.has(entry.key);
    bubble.classList.toggle("pending", !failed);
    bubble.classList.toggle("bad", failed);
    const [clock, cross] = /** @type {NodeListOf<HTMLElement>} */ (bubble.querySelectorAll(".ticks"));
    clock.hidden = failed;
    cross.hidden = !failed;
    const problem = /** @type {HTMLElement} */ (bubble.querySelector(".not-sent"));
    problem.hidden = !failed;
    const reason = problem.querySelector(".reason");
    if (reason && failed) reason.textContent = reasonOf(entry.state === "sending" ? "unknown" : entry.state, entry.reference ?? "");
  }
}

/** @param {Element} place @param {Unsent} entry */
function addBubble(place, entry) {
  const template = document.getElementById("pending-message");
  if (!(template instanceof HTMLTemplateElement)) return null;
  const bubble = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.cloneNode(true)).children[0]);
  bubble.dataset.key = entry.key;
  const text = bubble.querySelector(".text");
  if (text) text.textContent = entry.text;
  place.append(bubble);
  return bubble;
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const key = /** @type {HTMLElement | null} */ (target.closest("#unsent [data-key]"))?.dataset.key;
  const conversation = current();
  const entry = key && conversation && unsent(conversation).find((candidate) => candidate.key === key);
  if (!entry || !conversation || underWay.has(entry.key)) return;
  if (target.closest(".retry-unsent")) {
    update(conversation, entry.key, { state: "sending" });
    send(conversation, entry);
  } else if (target.closest(".edit-unsent")) {
    update(conversation, entry.key, null);
    takeBack(conversation, entry.text);
    parts()?.text.focus();
  }
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.status === "swapped" && ctx.response.status < 400 && ctx.request.action.includes("/owner")) parts()?.text.focus();
});

document.addEventListener("htmx:after:swap", restore);
window.addEventListener("storage", showUnsent);
restore();
