// Follows all phones by one waiting call, and brings the page up to date by what changed.
const app = document.getElementById('app');
const problem = document.getElementById('problem');
const nearEnd = 120;
let typing;

const pause = (time) => new Promise((resume) => setTimeout(resume, time));

function whenVisible() {
  return document.visibilityState === 'visible'
    ? Promise.resolve()
    : new Promise((resume) => document.addEventListener('visibilitychange', resume, { once: true })).then(whenVisible);
}

export function tell(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

export function toEnd(pane) {
  const thread = pane.querySelector('.thread');
  thread.scrollTop = thread.scrollHeight;
}

/** Makes the keyed children those of `fresh`; one that looks the same stays, with its focus and whatever is open in it. */
function patch(list, fresh) {
  const known = new Map([...list.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  let next = list.firstElementChild;
  for (const wanted of [...fresh.children]) {
    const current = known.get(wanted.dataset.key);
    known.delete(wanted.dataset.key);
    const stays = current && current.dataset.version === wanted.dataset.version;
    const child = stays ? current : wanted;
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(child, next);
    }
    if (current && !stays) {
      next = next === current ? next.nextElementSibling : next;
      current.remove();
    }
  }
  for (const gone of known.values()) {
    gone.remove();
  }
}

function patchPane(pane, fresh) {
  if (Number(fresh.dataset.version) < Number(pane.dataset.version)) {
    return;
  }
  const thread = pane.querySelector('.thread');
  const follows = thread.scrollHeight - thread.scrollTop - thread.clientHeight < nearEnd;
  pane.dataset.version = fresh.dataset.version;
  patch(thread, fresh.querySelector('.thread'));
  const presence = fresh.querySelector('.presence').textContent;
  if (pane.querySelector('.presence').textContent !== presence) {
    pane.querySelector('.presence').textContent = presence;
  }
  if (follows) {
    toEnd(pane);
  }
}

/** Takes over what a page of the server says about the phones shown here. */
export function show(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  let typingFor = 0;
  for (const pane of document.querySelectorAll('.pane')) {
    const fresh = page.getElementById(pane.id);
    if (fresh) {
      patchPane(pane, fresh);
      typingFor = Math.max(typingFor, Number(fresh.dataset.typing));
    }
  }
  const customers = page.getElementById('customers');
  if (customers) {
    patch(document.getElementById('customers'), customers);
  }
  app.dataset.version = page.body.dataset.version ?? app.dataset.version;
  tell(page.getElementById('problem')?.textContent ?? '');
  clearTimeout(typing);
  if (typingFor > 0) {
    typing = setTimeout(refresh, typingFor + 50);
  }
}

/** Asks for the page anew; the phones in sight count as looked at. */
async function refresh() {
  const query = new URLSearchParams(location.search);
  for (const pane of document.querySelectorAll('.pane')) {
    if (pane.offsetParent !== null) {
      query.append('seen', pane.dataset.phone);
    }
  }
  show(await (await fetch(`/?${query}`)).text());
}

export async function follow() {
  document.querySelectorAll('.pane').forEach(toEnd);
  for (let first = true; ; first = false) {
    try {
      await whenVisible();
      if (!first) {
        const known = Number(app.dataset.version);
        const response = await fetch(`/phones?changedAfter=${known}&wait=25`);
        if (!response.ok) {
          throw new Error(response.statusText);
        }
        const { version } = await response.json();
        if (version === known) {
          continue;
        }
        if (version < known) { // another sandbox has begun
          document.querySelectorAll('.pane').forEach((pane) => { pane.dataset.version = 0; });
        }
        await whenVisible();
      }
      await refresh();
    } catch {
      await pause(2000);
    }
  }
}
