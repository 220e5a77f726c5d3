// @ts-check
// The reply box. A draft is kept per person and conversation together with its idempotency key, so that a text
// that was perhaps sent is sent again under the same key and reaches the customer once.

/** @typedef {{text: string, key: string}} Draft */

const PREFIX = "munshi-draft:";

/** The reply on its way. @type {{ctx: object, conversation: string, draft: Draft, bubble: Element | null} | null} */
let sending = null;

/** @param {string} conversation */
const nameOf = (conversation) => `${PREFIX}${document.body.dataset.user}:${conversation}`;

/** @param {string} conversation @returns {Draft | null} */
function load(conversation) {
  try {
    const draft = JSON.parse(localStorage.getItem(nameOf(conversation)) ?? "null");
    return typeof draft?.text === "string" && typeof draft.key === "string" ? draft : null;
  } catch {
    return null;
  }
}

/** @param {string} conversation @param {Draft} draft */
function save(conversation, draft) {
  try {
    if (draft.text.trim() === "") localStorage.removeItem(nameOf(conversation));
    else localStorage.setItem(nameOf(conversation), JSON.stringify(draft));
  } catch {
    // A full or forbidden store costs the draft, not the page.
  }
  markDrafts();
}

function parts() {
  const form = document.getElementById("reply-form");
  const text = document.getElementById("reply-text");
  const key = document.getElementById("reply-key");
  return form instanceof HTMLFormElement && text instanceof HTMLTextAreaElement && key instanceof HTMLInputElement
    ? { form, text, key, conversation: form.dataset.draft ?? "" }
    : null;
}

/** Puts the draft into the box, or takes up what the server put there. */
function restore() {
  const box = parts();
  if (box && sending?.conversation === box.conversation) {
    box.text.readOnly = true; // a refresh came while the reply is on its way: what is being sent does not come back
  } else if (box) {
    const draft = load(box.conversation);
    if (draft) {
      box.key.value = draft.key;
      if (box.text.value === "") box.text.value = draft.text;
    } else if (box.text.value !== "") {
      save(box.conversation, { text: box.text.value, key: box.key.value });
    }
  }
  markDrafts();
}

function markDrafts() {
  for (const row of document.querySelectorAll("[data-conversation].row")) {
    const mark = row.querySelector(".draft-mark");
    if (mark instanceof HTMLElement) mark.hidden = !load(/** @type {HTMLElement} */ (row).dataset.conversation ?? "");
  }
}

document.addEventListener("input", (event) => {
  const box = parts();
  if (box && event.target === box.text) save(box.conversation, { text: box.text.value, key: box.key.value });
});

document.addEventListener("keydown", (event) => {
  const box = parts();
  if (box && event.target === box.text && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

// Sending

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const box = parts();
  if (!box || ctx.sourceElement !== box.form) return;
  const draft = { text: box.text.value, key: box.key.value };
  save(box.conversation, draft);
  sending = { ctx, conversation: box.conversation, draft, bubble: showPending(draft.text) };
  box.text.value = "";
  box.text.readOnly = true;
  document.getElementById("reply-failed")?.setAttribute("hidden", "");
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (sending !== null && sending.ctx === ctx && ctx.response.status < 400) localStorage.removeItem(nameOf(sending.conversation));
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const sent = sending;
  if (sent !== null && sent.ctx === ctx) {
    sending = null;
    sent.bubble?.remove();
    const box = parts();
    const status = ctx.status === "swapped" ? ctx.response.status : 0;
    const arrived = status > 0 && status < 400;
    if (box?.conversation === sent.conversation) {
      box.text.readOnly = false;
      if (!arrived) {
        box.text.value = sent.draft.text;
        box.key.value = sent.draft.key;
        if (status !== 409 && status !== 422) tellFailure(); // these two bring their own explanation
      }
      box.text.focus();
    }
    markDrafts();
  } else if (ctx.status === "swapped" && ctx.response.status < 400 && ctx.request.action.includes("/owner")) {
    parts()?.text.focus();
  }
});

function tellFailure() {
  const problem = document.getElementById("reply-failed");
  const live = document.getElementById("live-assertive");
  if (problem) problem.hidden = false;
  if (problem && live) live.textContent = problem.textContent;
}

/** @param {string} text */
function showPending(text) {
  const template = document.getElementById("pending-message");
  const run = document.getElementById("run");
  if (!(template instanceof HTMLTemplateElement) || !run) return null;
  const bubble = /** @type {Element} */ (template.content.cloneNode(true)).children[0];
  const place = bubble.querySelector(".text");
  if (place) place.textContent = text;
  run.append(bubble);
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
  return bubble;
}

document.addEventListener("submit", (event) => {
  if (/** @type {Element} */ (event.target).id !== "sign-out") return;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  }
});

document.addEventListener("htmx:after:swap", restore);
restore();
