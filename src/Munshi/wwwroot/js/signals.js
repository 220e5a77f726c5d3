// @ts-check
// Live updates. The server sends names of things that changed ("inbox", "conv:<id>", "resync"), never their content.
// Every element with that name in data-signal pulls its own fragment from data-pull.
// One tab of a browser holds the stream and tells the others.

const COALESCE_MS = 100;
const LOST_AFTER_MS = 3000;
const RETRY_MS = 5000;
const UPDATED_SHOWN_MS = 2500;
const MAX_HEARD = 500;

/** @type {{ajax(verb: string, path: string, options: object): Promise<void>}} */
const htmx = /** @type {any} */ (window).htmx;
const body = document.body;
const channel = new BroadcastChannel(`munshi-events-${body.dataset.user}`);

/** @type {Set<string>} */
const dirty = new Set();
/** @type {WeakSet<Element>} */
const pulling = new WeakSet();
/** @type {WeakSet<Element>} */
const pullAgain = new WeakSet();
/** When each name was heard last, by performance.now(). @type {Map<string, number>} */
const heard = new Map();
/** When each request went out. @type {WeakMap<object, number>} */
const sent = new WeakMap();
/** @type {number | undefined} */
let flushing;
let flushedAt = -COALESCE_MS;

/** @param {string} signal */
function receive(signal) {
  remember(signal);
  for (const element of elements()) {
    const name = element.dataset.signal ?? "";
    if (signal === "resync" || signal === name) dirty.add(name);
  }
  if (dirty.size > 0 && !document.hidden) {
    flushing ??= window.setTimeout(flush, Math.max(0, flushedAt + COALESCE_MS - performance.now()));
  }
}

/** @param {string} signal */
function remember(signal) {
  heard.delete(signal);
  heard.set(signal, performance.now());
  if (heard.size > MAX_HEARD) heard.delete(heard.keys().next().value ?? "");
}

/** At most once in COALESCE_MS; the first signal after a pause waits for nothing. */
function flush() {
  flushing = undefined;
  flushedAt = performance.now();
  const names = new Set(dirty);
  dirty.clear();
  for (const element of elements()) {
    if (names.has(element.dataset.signal ?? "")) void pull(element);
  }
}

/** @returns {NodeListOf<HTMLElement>} */
function elements() {
  return document.querySelectorAll("[data-signal][data-pull]");
}

/** @param {HTMLElement} element */
async function pull(element) {
  if (pulling.has(element)) {
    pullAgain.add(element);
    return;
  }
  pulling.add(element);
  try {
    await htmx.ajax("GET", element.dataset.pull ?? "", { source: element, target: element, swap: element.dataset.swap });
  } finally {
    pulling.delete(element);
    if (pullAgain.delete(element) && element.isConnected) void pull(element);
  }
}

// What an answer brings may be older than a signal that came while it was on its way, for an element that was not shown yet or was pulled meanwhile.

document.addEventListener("htmx:before:request", (event) => sent.set(/** @type {CustomEvent} */ (event).detail.ctx, performance.now()));

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const since = sent.get(ctx);
  const element = [...elements()].find((one) => one.id === ctx.target?.id);
  if (since === undefined || !element || pulling.has(element)) return; // a pull looks itself whether there was more
  const last = Math.max(heard.get(element.dataset.signal ?? "") ?? 0, heard.get("resync") ?? 0);
  if (last >= since) void pull(element);
});

document.addEventListener("munshi:pull", (event) => void pull(/** @type {HTMLElement} */ (event.target)));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && dirty.size > 0) flush();
});

// The stream

/** @type {number | undefined} */
let lost;
let wasLost = false;

/** @param {boolean} connected */
function say(connected) {
  const banner = document.getElementById("connection");
  if (!banner) return;
  if (connected) {
    window.clearTimeout(lost);
    lost = undefined;
    if (!wasLost) return;
    wasLost = false;
    show(banner, banner.dataset.back ?? "");
    window.setTimeout(() => { if (!wasLost) banner.hidden = true; }, UPDATED_SHOWN_MS);
    receive("resync");
  } else {
    lost ??= window.setTimeout(() => {
      wasLost = true;
      show(banner, banner.dataset.lost ?? "");
    }, LOST_AFTER_MS);
  }
}

/** @param {HTMLElement} banner @param {string} text */
function show(banner, text) {
  banner.textContent = text;
  banner.hidden = false;
  const live = document.getElementById("live-polite");
  if (live) live.textContent = text;
}

/** @param {{signal: string} | {connected: boolean}} news */
function tell(news) {
  channel.postMessage(news);
  hear(news);
}

/** @param {{signal: string} | {connected: boolean}} news */
function hear(news) {
  if ("signal" in news) receive(news.signal);
  else say(news.connected);
}

channel.addEventListener("message", (event) => hear(event.data));

/** What changed between the page's making and the stream's opening was told to nobody, so the first opening pulls too.
 * The browser sends Last-Event-ID when it reconnects by itself; after a refusal it does not, so everything is pulled anew. */
function connect() {
  const stream = new EventSource(body.dataset.events ?? "/events");
  stream.addEventListener("open", () => tell({ signal: "resync" }), { once: true });
  stream.addEventListener("open", () => tell({ connected: true }));
  stream.addEventListener("message", (event) => tell({ signal: event.data }));
  stream.addEventListener("error", () => {
    tell({ connected: false });
    if (stream.readyState !== EventSource.CLOSED) return;
    window.setTimeout(connect, RETRY_MS);
  });
  window.addEventListener("pagehide", () => stream.close(), { once: true });
}

const lockName = `munshi-events-${body.dataset.user}`;

/** Holds the stream until the tab closes. @returns {Promise<never>} */
function lead() {
  connect();
  return new Promise(() => {});
}

if (navigator.locks) {
  void navigator.locks
    .request(lockName, { ifAvailable: true }, (lock) => (lock ? lead() : null))
    .then(() => navigator.locks.request(lockName, () => lead()));
} else {
  void lead();
}

// Answers that are not a fragment of this page

document.addEventListener("htmx:before:swap", (event) => {
  const { response } = /** @type {CustomEvent} */ (event).detail.ctx;
  if (!response) return;
  const at = new URL(response.raw.url || location.href);
  if (response.raw.redirected && at.pathname.startsWith("/sign-in")) {
    event.preventDefault();
    location.assign(at.href);
  } else if (response.status >= 400 && response.status !== 409 && response.status !== 422) {
    event.preventDefault();
    fail(response.headers.get("Munshi-Reference") ?? "");
  }
});

document.addEventListener("htmx:error", (event) => {
  const source = /** @type {CustomEvent} */ (event).detail.ctx?.sourceElement;
  if (!source?.dataset?.signal) fail("");
});

/** @param {string} reference what a person tells whoever looks after Munshi */
function fail(reference) {
  const banner = document.getElementById("request-failed");
  if (!banner) return;
  banner.hidden = false;
  const place = banner.querySelector("code");
  if (place) place.textContent = reference && `${banner.dataset.reference} ${reference}`;
  banner.querySelector("button")?.addEventListener("click", () => location.reload(), { once: true });
  const live = document.getElementById("live-assertive");
  if (live) live.textContent = banner.querySelector("span")?.textContent ?? "";
}
